"""Labels of breakdowns: what is listed twice or stands out of order, and above all what may be."""

from __future__ import annotations

from dataclasses import replace

from validator import checks, languages
from validator.discover import lined
from validator.discover.between import between
from validator.discover.labels import labels
from validator.discover.labels_order import misplaced
from validator.discover.within import tables
from validator.evaluate import evaluate
from validator.extract import grid
from validator.model.extracts import Extract
from validator.model.findings import Severity
from validator.model.pages import Document
from validator.model.settings import DEFAULT
from validator.model.tables import Role
from validator.model.verdicts import Verdict

TOWNS = ["Ashford", "Brinley", "Corvale", "Dunmere", "Elmstead", "Farrow", "Glenholm", "Harwick", "Inver", "Jarrow"]
LANDS = ["Nordia", "Zelland", "Averra", "Morvia", "Brand", "Ostia", "Kuria", "Delmar", "Xanth", "Liria", "Pomar", "Esk"]
COUNTS = [4821, 3377, 2290, 2065, 1208, 913, 754, 446, 311, 208, 99, 41]


def table(names, counts, total=None):
    rows = [["", "Cases"], *([name, str(count)] for name, count in zip(names, counts, strict=True))]
    return grid(
        [*rows, ["Total", str(sum(counts) if total is None else total)]], "a.csv", languages.load("en"), DEFAULT
    )


def nested(blocks, total):
    """A table of blocks: a name with its figure, and rows below it; ``total`` is printed last."""
    rows = [["", "Cases"]]
    levels = []
    for name, parts in blocks:
        rows += [[name, str(sum(count for _, count in parts))], *([part, str(count)] for part, count in parts)]
        levels += [(name, 0), *((part, 1) for part, _ in parts)]
    flat = grid([*rows, ["Total", str(total)]], "a.csv", languages.load("en"), DEFAULT)
    parent, stubs = "", []
    for stub, (name, level) in zip(flat.stubs, [*levels, ("Total", 0)], strict=True):
        parent = name if level == 0 else parent
        path = (name,) if level == 0 else (parent, name)
        stubs.append(replace(stub, label=name, level=level, path=path))
    return replace(flat, stubs=tuple(stubs))


def found(*read):
    extract = Extract(Document("a.csv", "", ()), "en", tables=read)
    inside = tuple(tables(extract, DEFAULT))
    everything = (*inside, *between([extract], lined(extract, 0, DEFAULT), DEFAULT, inside))
    return everything, list(labels([extract], {"en": languages.load("en")}, everything, DEFAULT))


def kinds(*read):
    return [(one.bound.kind, one.bound.severity) for one in found(*read)[1]]


def moved(values, start, to):
    again = list(values)
    again.insert(to, again.pop(start))
    return again


def test_a_category_of_a_breakdown_that_is_listed_twice():
    assert kinds(table([*TOWNS[:8], TOWNS[3]], [5, 81, 17, 40, 66, 9, 23, 31, 12])) == [("unique-labels", None)]


def test_labels_that_are_all_different():
    assert kinds(table(TOWNS, [5, 81, 17, 40, 66, 9, 23, 31, 12, 70])) == []


def test_what_stands_under_several_headings_may_come_back():
    for name in ("Other", "of which women", "July", "Aged 20-29"):
        assert kinds(table([*TOWNS[:4], name, *TOWNS[4:8], name], [5, 81, 17, 40, 66, 9, 23, 31, 12, 70])) == []


def test_rows_that_nothing_adds_up_may_come_back():
    assert kinds(table([*TOWNS[:8], TOWNS[3]], [5, 81, 17, 40, 66, 9, 23, 31, 12], total=9_999)) == []


def test_rows_below_a_heading_in_the_body_may_come_back():
    one = table([*TOWNS[:5], "The north", *TOWNS[5:8], TOWNS[3]], [5, 81, 17, 40, 66, 9, 23, 31, 12, 70])
    stubs = [replace(stub, role=Role.HEADER) if stub.label == "The north" else stub for stub in one.stubs]
    assert kinds(replace(one, stubs=tuple(stubs))) == []


def test_several_labels_that_come_back_are_meant_to():
    assert kinds(table([*TOWNS[:5], *TOWNS[:4]], [5, 81, 17, 40, 66, 9, 23, 31, 12])) == []


def test_a_row_out_of_falling_order_is_a_note():
    assert kinds(table(LANDS, moved(COUNTS, 8, 3))) == [("sorted", Severity.NOTE)]
    assert kinds(table(LANDS, COUNTS)) == []


def test_a_row_that_is_wrong_elsewhere_too_is_a_warning():
    counts = [*COUNTS[:8], 900, *COUNTS[8:]]
    names = [*LANDS[:8], LANDS[2], *LANDS[8:]]
    assert kinds(table(names, counts)) == [("unique-labels", None), ("sorted", Severity.WARNING)]


def test_a_rest_in_the_last_row_is_in_order():
    assert kinds(table(LANDS, [*COUNTS[:-1], 500])) == []
    assert kinds(table([*LANDS[:-2], "Other", LANDS[-1]], [*COUNTS[:-2], 250, 41])) == []


def test_figures_in_no_order_are_not_judged():
    assert misplaced([5, 81, 17, 40, 66, 9, 23, 31, 12, 70], DEFAULT) is None
    assert misplaced([9, 9, 9, 9, 9, 9, 9, 9, 8, 9, 9, 9], DEFAULT) is None
    assert misplaced([*range(30, 15, -1), 99, *range(14, 0, -1)], DEFAULT) == [14]


BLOCKS = [
    (name, [("Women / adults", count), ("Men / adults", count // 2)])
    for name, count in zip(TOWNS, COUNTS[:10], strict=True)
]
ALL = sum(count + count // 2 for count in COUNTS[:10])


def footings(read):
    relations = [
        (one, evaluate(relation))
        for one in found(read)[0]
        if one.bound.kind == "footing"
        for relation in checks.kinds()["footing"].relations(one.bound)
    ]
    return [one for one, outcome in relations if outcome.verdict is Verdict.VIOLATED], relations


def test_the_grand_total_of_a_nested_table():
    broken, relations = footings(nested(BLOCKS, ALL))
    assert broken == []
    assert len(relations) == len(BLOCKS) + 1


def test_a_grand_total_that_leaves_a_block_out():
    broken, _ = footings(nested(BLOCKS, ALL - 208 - 104))
    assert [(len(one.bound.values["parts"].points), one.confidence > 0.5) for one in broken] == [(10, True)]


def test_a_summary_against_the_beginnings_of_detailed_labels():
    women, men = sum(COUNTS[:10]), ALL - sum(COUNTS[:10])
    blocks = [*BLOCKS[:-1], (TOWNS[9], [("Women / girls", COUNTS[9]), ("Men / adults", COUNTS[9] // 2)])]
    blocks[4] = (TOWNS[4], [*blocks[4][1], ("Others / adults", 1)])
    summary = table(["Women", "Men", "Others"], [women, men, 1])
    detail = nested(blocks, ALL + 1)
    ties = [one for one in found(detail, summary)[0] if one.bound.kind == "tie-out"]
    assert ties
    assert all(one.agrees for one in ties)
    detail = nested([*blocks, ("Kelso", [("Women / adults", 40), ("Men / adults", 20)])], ALL + 1)
    ties = [one for one in found(detail, summary)[0] if one.bound.kind == "tie-out" and not one.agrees]
    assert len(ties) == 2
