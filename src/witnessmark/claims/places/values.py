"""From a resolved name to a mention with its place value: name, point, precision, relation, role."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence

from witnessmark.claims.places.cues import Around, around, in_the_centre, part_word
from witnessmark.claims.places.geometry import KM_PER_DEGREE, moved
from witnessmark.claims.places.index import class_of
from witnessmark.claims.places.pack import Place, default_gazetteer
from witnessmark.claims.places.resolve import Query, Scored
from witnessmark.claims.places.spans import Name
from witnessmark.claims.places.words import context
from witnessmark.model import Candidate, Mention, PlaceValue, Span
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading

_PRECISION = {"country": "P8", "adm1": "P6", "adm2": "P5", "adm3": "P4", "quarter": "P2", "settlement": "P3", "region": "P7"}
_WORDS = {"adm1": "P6", "adm2": "P5", "adm3": "P4"}
"""The finest precision that a type word allows a settlement or a community."""
_POINTS = frozenset({"BDG", "DAM", "PSTR", "INSM", "ST"})
_WATER = frozenset({"SEA", "OCN", "GULF", "STRT", "BAY", "CHN"})
_RADIUS = {"P1": 1.0, "P2": 3.0, "P3": 5.0, "P4": 15.0}
"""Rough uncertainty in kilometres by precision where the words and the gazetteer give none."""
_SOME_KM = 10.0
"""How far off "north of X" is taken to be where no distance is said."""
_TOWN_KM = 5.0
"""From the point of a town to where its edge may be counted from."""
_OFF_BEARING = 0.4
"""A compass word of eight stands for a sector of 22.5 degrees to either side, whose edge lies 0.39 of the distance off its middle."""
_COMMUNITY_KM = 15.0
"""Places of the Ukrainian codifier stand at the middle of their community."""
_FACILITY_WORDS = 3


def mention_of(
    reading: Reading, name: Name, query: Query, ranked: Sequence[Scored], weight: float, *, container: bool = False
) -> Mention[PlaceValue]:
    """The mention of ``name`` whose candidates are ``ranked``; ``weight`` is how sure it is a place."""
    tokens = reading.tokens
    sentence = reading.sentences[name.sentence]
    cues = around(tokens, name.first, sentence.first)
    span = Span(tokens[name.first].start, tokens[name.last - 1].end)
    role = "dateline" if query.dateline else _role(tokens, name, cues, ranked)
    value = _value(tokens, name, query, ranked, cues, role, sentence.first, span.of(reading.text))
    rule = "gazetteer" + (".container" if container else "" if name.sort == "name" else f".{name.sort}")
    return Mention(
        value=value, span=span, quote=span.of(reading.text), rule=rule, score=weight,
        candidates=_candidates(tuple(ranked)),
    )  # fmt: skip


def _role(tokens: Sequence[Token], name: Name, cues: Around, ranked: Sequence[Scored]) -> str:
    if cues.role != "event":
        return cues.role
    after = tokens[name.last].lower if name.last < len(tokens) else ""
    if ranked and ranked[0].entry.place.feature in {"PPLC", "PCLI"} and context().after.get(after) == "said":
        return "speaker_seat"
    return "event"


def _value(
    tokens: Sequence[Token], name: Name, query: Query, ranked: Sequence[Scored], cues: Around, role: str, floor: int, words: str
) -> PlaceValue:
    if not ranked:
        precision = "P1" if _is_street(tokens[name.last - 1].lower) else "P4" if name.sort == "pattern" else "P3"
        return PlaceValue(words, None, None, None, None, precision, relation=cues.relation, role=role)
    place = ranked[0].entry.place
    precision = precision_of(place, query.wanted)
    lat, lon = place.latitude, place.longitude
    radius = _RADIUS.get(precision) or _extent(place)
    part = part_word(tokens, name.first, floor)
    if precision in {"P8", "P6", "P7"} and part is not None:
        lat, lon = _part_of(place, part)
        precision = "P7" if precision == "P8" else precision
    if precision == "P3":
        precision, lat, lon, radius = _refined(tokens, name, cues, floor, lat, lon)
    if place.identifier.startswith("katottg:"):
        radius = max(radius or 0.0, _COMMUNITY_KM)
    return PlaceValue(
        name=place.name, country=place.country or None, adm1=_division_name(place.adm1), latitude=round(lat, 5), longitude=round(lon, 5),
        precision=precision, gazetteer_id=place.identifier, feature=place.feature, relation=cues.relation, role=role, radius_km=radius,
    )  # fmt: skip


def _is_street(word: str) -> bool:
    """True for the last word of a street's name, or of two streets' ("Oak and Mill Streets")."""
    return "street" in (context().generic.get(word), context().generic.get(word.removesuffix("s")))


@functools.cache
def _division_name(code: str) -> str | None:
    division = default_gazetteer().division(code)
    return division.name if division else None


def precision_of(place: Place, wanted: str) -> str:
    """The precision of the words: that of the place, and no finer than a type word says ("Nikopol district" is P5)."""
    if place.feature in _POINTS:
        return "P1"
    if place.feature in _WATER:
        return "P9"
    found = _PRECISION[class_of(place.feature)]
    return max(found, _WORDS.get(wanted, found)) if found in {"P3", "P4"} else found


def _refined(tokens: Sequence[Token], name: Name, cues: Around, floor: int, lat: float, lon: float) -> tuple[str, float, float, float]:
    """Precision, point and radius of a settlement by the words around it."""
    if cues.relation == "distance":
        return "P4", lat, lon, (cues.km if cues.km is not None else _SOME_KM) + _TOWN_KM
    if cues.relation == "direction":
        km = cues.km if cues.km is not None else _SOME_KM
        lat, lon = moved(lat, lon, *cues.towards, km)
        return "P4", lat, lon, _TOWN_KM + km * (_OFF_BEARING if cues.km is not None else 1.0)
    if cues.relation in {"near", "between"}:
        return "P4", lat, lon, 10.0
    after = [t.lower for t in tokens[name.last : name.last + _FACILITY_WORDS]]
    if after and context().after.get(
        after[-1] if after[0] in {"railway", "train", "bus", "power", "maternity", "children"} else after[0]
    ) in {"facility", "street"}:
        return "P1", lat, lon, 3.0
    if in_the_centre(tokens, name.first, floor):
        return "P2", lat, lon, 3.0
    return "P3", lat, lon, 5.0


def _extent(place: Place) -> float | None:
    known: dict[str, float] = default_gazetteer().header["radius_km"]
    if place.name in known and class_of(place.feature) == "region":
        return known[place.name]
    return None


def _part_of(place: Place, part: tuple[int, int]) -> tuple[float, float]:
    """The middle of a part of a country or division ("eastern Ukraine"): a quarter of its width from its point."""
    half = _half_width(place.country) if place.feature.startswith("PCL") else 0.25
    return moved(place.latitude, place.longitude, *part, KM_PER_DEGREE * half / 2)


@functools.cache
def _half_width(country: str) -> float:
    """Half the extent of a country in degrees, over the points of its divisions."""
    gazetteer = default_gazetteer()
    points = [d for d in gazetteer.divisions_of(country)]
    if len(points) < 2:
        return 0.3
    lats, lons = [p.latitude for p in points], [p.longitude for p in points]
    middle = math.cos(math.radians(sum(lats) / len(lats)))
    return min(10.0, max(0.3, math.hypot(max(lats) - min(lats), (max(lons) - min(lons)) * middle) / 2 / math.sqrt(2)))


@functools.lru_cache(maxsize=512)
def _candidates(ranked: tuple[Scored, ...]) -> tuple[Candidate, ...]:
    """The candidates as records; remembered, for all mentions of a sense share them."""
    return tuple(Candidate(_label(s.entry.place), round(s.score, 4), s.reasons, s.entry.place.identifier) for s in ranked)


def _label(place: Place) -> str:
    return ", ".join(p for p in (place.name, place.adm1, place.country) if p) + f" ({place.feature})"
