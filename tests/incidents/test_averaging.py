"""Average linkage on sparse pairs."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.incidents.averaging import average_linkage


def test_a_chain_of_links_is_not_one_group() -> None:
    links = [(0, 1, 0.9), (1, 2, 0.9), (2, 3, 0.9)]
    assert average_linkage(4, links, at_least=0.5) == [0, 0, 2, 2]


def test_pairs_that_were_never_compared_count_as_zero() -> None:
    assert average_linkage(3, [(0, 1, 0.9), (1, 2, 0.7)], at_least=0.4) == [0, 0, 2]
    assert average_linkage(3, [(0, 1, 0.9), (1, 2, 0.7), (0, 2, 0.2)], at_least=0.4) == [0, 0, 0]


def test_what_is_refused_stays_apart_and_what_goes_together_comes_first() -> None:
    links = [(0, 1, 0.9), (1, 2, 0.9)]
    assert average_linkage(3, links, at_least=0.5, allowed=lambda a, b: {a, b} != {0, 1}) == [0, 1, 1]
    assert average_linkage(3, [], at_least=0.5, together=[(2, 0)]) == [0, 1, 0]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([0.2, 0.4, 0.6, 0.8])), max_size=20), st.randoms())
def test_the_order_of_links_does_not_matter(raw: list[tuple[int, int, float]], shuffler: random.Random) -> None:
    links = list({(min(a, b), max(a, b)): (min(a, b), max(a, b), p) for a, b, p in raw if a != b}.values())
    mixed = list(links)
    shuffler.shuffle(mixed)
    assert average_linkage(8, links, at_least=0.4) == average_linkage(8, mixed, at_least=0.4)
