"""The assignment of greatest weight, against every permutation."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.evaluation.metrics.assignment import assign, best_total

matrices = st.integers(1, 5).flatmap(
    lambda columns: st.lists(
        st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, 3.25]), min_size=columns, max_size=columns), min_size=1, max_size=5
    )
)


def best_by_trying(weights: list[list[float]]) -> float:
    rows, columns = len(weights), len(weights[0])
    if rows > columns:
        return best_by_trying([list(c) for c in zip(*weights, strict=True)])
    return max(sum(weights[r][c] for r, c in enumerate(chosen)) for chosen in itertools.permutations(range(columns), rows))


@given(matrices)
@settings(max_examples=150)
def test_no_other_assignment_weighs_more(weights: list[list[float]]) -> None:
    assert best_total(weights) == pytest.approx(best_by_trying(weights))


@given(matrices)
@settings(max_examples=50)
def test_pairs_are_one_to_one_and_weigh_something(weights: list[list[float]]) -> None:
    pairs = assign(weights)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    assert all(weights[r][c] > 0 for r, c in pairs)


@pytest.mark.parametrize("empty", [[], [[]], [[0.0, 0.0]]])
def test_nothing_to_assign(empty: list[list[float]]) -> None:
    assert assign(empty) == []


def test_a_greedy_choice_would_lose() -> None:
    assert assign([[3.0, 2.0], [2.5, 0.0]]) == [(0, 1), (1, 0)]
