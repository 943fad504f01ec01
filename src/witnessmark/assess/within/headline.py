"""The headline's act and place, against what the body tells of the same incident."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from witnessmark.assess.within.pairs import Clash, words_of
from witnessmark.model import ActValue, IncidentClaim, PlaceValue, Span
from witnessmark.model.comparing import coarse, heads_region
from witnessmark.statements import Reading

# Families of acts that reporters do not take for one another: fire from afar, violence at close range, what is done to people in one's power.
_FAR = frozenset({"strike", "shelling", "explosion", "chemical"})
_CLOSE = frozenset({"shooting", "ground", "killing"})
_HELD = frozenset({"abduction", "detention", "torture", "sexual_violence", "deportation", "displacement", "siege"})
_CLASSES = (_FAR, _CLOSE, _HELD)

_AMBUSH = re.compile(r"\bambush", re.IGNORECASE)
"""Laid with mines as well as with rifles: at odds with no act."""


def headline_clashes(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """An act of another class, and a settlement elsewhere."""
    for claim in claims:
        for field, other in claim.alternatives:
            if other.span is None or not reading.document.in_headline(other.span):
                continue
            if (
                field == "act"
                and isinstance(other.value, ActValue)
                and _other_class(other.value.kind, claim.act.value)
                and not _AMBUSH.search(other.quote)
            ):
                yield Clash(claim.identifier, "act", other.span, words_of(claim.act), f"{other.quote} in the headline", "headline_act")
            elif field == "place" and isinstance(other.value, PlaceValue) and not coarse(other.value):
                yield from _elsewhere(claim, other.value, other.span, other.quote)


def _elsewhere(claim: IncidentClaim, headline: PlaceValue, at: Span, words: str) -> Iterator[Clash]:
    place = claim.place
    if place is not None and place.span is not None and not coarse(place.value) and not heads_region(headline, place.value):
        yield Clash(claim.identifier, "place", at, place.span, f"{words} in the headline, {place.quote} in the body", "headline_place")


def _other_class(one: str, two: str) -> bool:
    classes = [next((n for n, c in enumerate(_CLASSES) if act.split(".")[0] in c), None) for act in (one, two)]
    return None not in classes and classes[0] != classes[1]
