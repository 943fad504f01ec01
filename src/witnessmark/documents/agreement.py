"""How far two parsers see the same text."""

from __future__ import annotations

from collections import Counter

ENOUGH = 0.99
"""Share of visible characters that two parsers must agree on; below it a document is ``partial`` (WM206)."""


def agreement(first: str, second: str) -> float:
    """Share of the visible characters that stand in both texts, of the longer one: 0 ... 1; 1 when both are empty.

    White space does not count. Texts that differ are compared as bags of words, so that order does not count either.
    """
    one, two = first.split(), second.split()
    if one == two:
        return 1.0
    joined_one, joined_two = "".join(one), "".join(two)
    if joined_one == joined_two:
        return 1.0
    longest = max(len(joined_one), len(joined_two))
    common = Counter(one) & Counter(two)
    return sum(len(word) * count for word, count in common.items()) / longest
