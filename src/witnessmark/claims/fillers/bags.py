"""The document as a bag of words: is it about an incident at all, of which kind, and which roles are filled."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

STEM = 6
"""Letters of a word that make its stem feature."""


def bag_of(words: Iterable[str]) -> list[str]:
    """The words that begin with a letter, their stems, and the pairs of words that follow each other, each once; ``words`` are lower-cased."""
    own = [word for word in words if word[0].isalpha()]
    out = dict.fromkeys(own)
    out.update(dict.fromkeys(["~" + word[:STEM] for word in own]))
    out.update(dict.fromkeys([f"{one} {two}" for one, two in itertools.pairwise(own)]))
    return list(out)


def bag_value(known: Sequence[int]) -> float:
    """The value of each of ``known`` features of a bag, so that long documents weigh no more than short ones."""
    return float((len(known) + 1) ** -0.5)
