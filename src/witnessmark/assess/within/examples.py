"""Examples that do not show what they are given for: "daily mortar shelling ... For example, 120 missile strikes"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from witnessmark.assess.within.pairs import Clash
from witnessmark.model import SeriesClaim
from witnessmark.statements import Reading

_EXAMPLE = re.compile(r"\W*(?:for example|for instance|as an example|e\.g\.)\b", re.IGNORECASE)
# Words for the weapon families that rates are told of.
_WEAPONS = {
    "mortar": re.compile(r"\bmortars?\b", re.IGNORECASE),
    "missile": re.compile(r"\b(?:missiles?|rockets?)\b", re.IGNORECASE),
    "drone": re.compile(r"\b(?:drones?|uavs?)\b", re.IGNORECASE),
    "artillery": re.compile(r"\b(?:artillery|howitzers?)\b", re.IGNORECASE),
    "air": re.compile(r"\b(?:air ?strikes?|air raids?|glide bombs?|bombs?)\b", re.IGNORECASE),
}


def example_clashes(reading: Reading, series: Sequence[SeriesClaim]) -> Iterator[Clash]:
    """A rate or trend and the figure that the next sentence gives as its example, where their weapons differ."""
    for rate, example in itertools.pairwise(sorted(series, key=lambda s: s.span)):
        one, two = reading.sentence_at(rate.span.start), reading.sentence_at(example.span.start)
        if one is None or two is None or two.index != one.index + 1 or not _EXAMPLE.match(reading.text, two.span.start):
            continue
        mine, theirs = _weapons(rate.quote), _weapons(example.quote)
        if mine and theirs and not mine & theirs:
            note = f"{example.quote} is given as an example of {rate.quote}"
            yield Clash(rate.identifier, "munition", rate.span, example.span, note, "example")


def _weapons(quote: str) -> set[str]:
    return {family for family, words in _WEAPONS.items() if words.search(quote)}
