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


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_value_survives_the_way(protocol):
    pair = Pair("a", Pair(1, ("b", None)))
    assert pickle.loads(pickle.dumps(pair, protocol)) == pair == copy.copy(pair) == copy.deepcopy(pair)


def test_values_that_share_a_part_share_it_afterwards():
    shared = Pair(1)
    one, other = pickle.loads(pickle.dumps((Pair(shared), Pair(shared))))
    assert one.left is other.left


def test_it_stays_frozen():
    arrived = pickle.loads(pickle.dumps(Pair(1)))
    with pytest.raises(FrozenInstanceError):
        arrived.left = 2
    assert replace(arrived, right=3) == Pair(1, 3)
