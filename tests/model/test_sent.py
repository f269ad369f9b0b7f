"""What is sent between processes arrives as it was, whichever way it is pickled."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from validator.model.sent import sent


@sent
@dataclass(frozen=True, slots=True)
class Pair:
    left: object
    right: object = None


def arrived(value):
    return pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))  # noqa: S301  our own bytes


def test_a_value_survives_the_way():
    pair = Pair("a", Pair(1, ("b", None)))
    assert arrived(pair) == pair == copy.copy(pair) == copy.deepcopy(pair)


def test_values_that_share_a_part_share_it_afterwards():
    shared = Pair(1)
    one, other = arrived((Pair(shared), Pair(shared)))
    assert one.left is other.left


def test_it_stays_frozen():
    pair = arrived(Pair(1))
    with pytest.raises(FrozenInstanceError):
        pair.left = 2
    assert replace(pair, right=3) == Pair(1, 3)
