"""Aggregates as Ibis expressions: values of one table and an aggregate in, its parts by what they are out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from validator.data.elsewhere.values import counted
from validator.data.meanings import reads_numbers
from validator.model.aggregates import Function

if TYPE_CHECKING:
    from validator.data.elsewhere.values import Values
    from validator.model.aggregates import Aggregate


def reckoned(values: Values, one: Aggregate) -> dict[str, Any]:
    """The parts of an aggregate, as `sql.Dialect.reckoned` has them."""
    chosen = values.where(one.where)
    if not one.column:
        return {"rows": counted(chosen), "size": counted(chosen)}
    there = chosen & values.present(one.column)
    parts = {"rows": counted(chosen), "size": counted(there)}
    if one.function is Function.DISTINCT:
        return parts | {"value": values.table[one.column].nunique(where=there)}
    if not reads_numbers(one):
        return parts
    number = values.number(one.column)
    exact = there.ifelse(number, values.null(number.type()))
    match one.function:
        case Function.MIN:
            parts["value"] = exact.min()
        case Function.MAX:
            parts["value"] = exact.max()
        case _:
            parts["value"] = exact.sum()
    decimals = there.ifelse(values.decimals(one.column), 0).max()
    return parts | {"read": exact.count(), "decimals": decimals}
