"""Where and with what: the places, the day, the munitions of a series, and the words that narrow what was counted."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeVar

from witnessmark.model import DateValue, Mention, MunitionValue, PlaceValue, SeriesClaim, Span
from witnessmark.model.comparing import coarse
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.reading import Reading

V = TypeVar("V", PlaceValue, DateValue)

NO_PLACE = frozenset({"dateline", "speaker_seat", "origin"})
"""Roles of places where nothing that is counted happened."""
_LINK = re.compile(r"(?:['’]s)?(?: (?:and|or|as well as) |, (?:and )?)(?:the )?\Z")
_DIVISION = re.compile(r" (?:regions?|oblasts?|provinces?|states?|counties|districts?|governorates?)\b")
_LOCATIVE = re.compile(r"\b(?:in|inside|within|across|throughout|of|over|against|on|from|around|all)\s(?:the |all )?\Z", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s[—–]\s|[;:]")


def with_places(
    reading: Reading, series: SeriesClaim, places: Sequence[Mention[PlaceValue]], parties: AbstractSet[str] = frozenset()
) -> SeriesClaim:
    """``series`` with the places that its words name. A party's country is none of them where it only names the party ("Russia launched"), or where the
    rest of the sentence tells of places in another country; such a clause is left without a place."""
    sentence = reading.sentence_at(series.span.start)
    if sentence is None:
        return series
    meant = [p for p in places if p.value.role not in NO_PLACE and p.span is not None]
    inside = [p for p in meant if p.span is not None and sentence.span.contains(p.span)]
    kept = [p for p in inside if not _only_party(reading, p, inside, parties)]
    clause = _clause(reading, series.span, sentence.span)
    near = [p for p in kept if p.span is not None and clause.contains(p.span)]
    if not near and any(p.span is not None and clause.contains(p.span) for p in inside):
        return series  # "terror in PARTY is growing": the clause names a place, and not that of the fire
    chosen = _nearest(series.span, near or kept) or _before(reading, series.span, meant, sentence.paragraph)
    if chosen is None:
        return series
    listed = _listed(reading, chosen, near or kept)
    first, *others = listed or [chosen]
    return replace(series, place=first, places_also=tuple(others))


def place_near(reading: Reading, span: Span, places: Sequence[Mention[PlaceValue]]) -> Mention[PlaceValue] | None:
    """The place nearest to ``span`` in its sentence; failing that, the last one before it in the paragraph."""
    sentence = reading.sentence_at(span.start)
    if sentence is None:
        return None
    inside = [p for p in places if p.span is not None and sentence.span.contains(p.span)]
    return _nearest(span, inside) or _before(reading, span, places, sentence.paragraph)


def with_day(reading: Reading, series: SeriesClaim, dates: Sequence[Mention[DateValue]]) -> SeriesClaim:
    """``series`` with the date of its sentence that stands nearest."""
    sentence = reading.sentence_at(series.span.start)
    inside = [d for d in dates if sentence is not None and d.span is not None and sentence.span.contains(d.span)]
    return replace(series, date=_nearest(series.span, inside))


def with_munitions(series: SeriesClaim, munitions: Sequence[Mention[MunitionValue]]) -> SeriesClaim:
    """``series`` with the munitions that its own words name ("daily mortar shelling")."""
    return replace(series, munitions=tuple(m for m in munitions if m.span is not None and series.span.overlaps(m.span)))


def with_scope(reading: Reading, series: SeriesClaim) -> SeriesClaim:
    """``series`` with the words that take something out of the count, in its sentence or at the head of the next ("This is without ...")."""
    sentence = reading.sentence_at(series.span.start)
    if sentence is None:
        return series
    found = _scope().search(reading.text, series.span.end, sentence.span.end)
    following = sentence.index + 1
    if found is None and following < len(reading.sentences) and reading.sentences[following].paragraph == sentence.paragraph:
        found = _remark().match(reading.text, reading.sentences[following].span.start, reading.sentences[following].span.end)
    return series if found is None else replace(series, scope_note=Span(*found.span("scope")))


@functools.cache
def _scope(language: str = "en") -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in lexicon(language, "series")["scope"]["words"])
    return re.compile(rf"[,(—–-]\s?(?P<scope>(?:{words})\b[^.;:()\n]*[^.;:()\s,])", re.IGNORECASE)


@functools.cache
def _remark(language: str = "en") -> re.Pattern[str]:
    raw = lexicon(language, "series")["scope"]
    words, heads = ("|".join(re.escape(w) for w in raw[key]) for key in ("words", "heads"))
    return re.compile(rf"(?:{heads})(?: [a-z]+){{0,2}}? (?P<scope>(?:{words})\b[^.;:()\n]*[^.;:()\s,])", re.IGNORECASE)


def _only_party(reading: Reading, place: Mention[PlaceValue], beside: Sequence[Mention[PlaceValue]], parties: AbstractSet[str]) -> bool:
    if place.value.precision != "P8" or place.span is None:
        return False
    elsewhere = any(p.value.country not in (None, place.value.country) for p in beside)
    if not _LOCATIVE.search(reading.text, max(0, place.span.start - 25), place.span.start):
        return True
    return place.value.name in parties and elsewhere


def _clause(reading: Reading, span: Span, sentence: Span) -> Span:
    """The part of the sentence between dashes, semicolons or colons that ``span`` stands in."""
    cuts = [sentence.start, *(m.start() for m in _CLAUSE_END.finditer(reading.text, sentence.start, sentence.end)), sentence.end]
    start = max(c for c in cuts if c <= span.start)
    end = min((c for c in cuts if c >= span.end), default=sentence.end)
    return Span(start, max(end, start + 1))


def _nearest(span: Span, mentions: Sequence[Mention[V]]) -> Mention[V] | None:
    return min(mentions, key=lambda m: m.span.gap(span) if m.span else 0, default=None)


def _before(reading: Reading, span: Span, places: Sequence[Mention[PlaceValue]], paragraph: int) -> Mention[PlaceValue] | None:
    """The last place before ``span`` in its paragraph."""
    named = [p for p in places if p.span is not None and p.span.end <= span.start and _paragraph(reading, p.span) == paragraph]
    return named[-1] if named else None


def _paragraph(reading: Reading, span: Span) -> int | None:
    sentence = reading.sentence_at(span.start)
    return sentence.paragraph if sentence is not None else None


def _listed(reading: Reading, chosen: Mention[PlaceValue], places: Sequence[Mention[PlaceValue]]) -> list[Mention[PlaceValue]]:
    """``chosen`` with the places that a list joins it to ("Chernihiv and Sumy region"), in text order. What is shared at the end of the list, a
    word for a division, belongs to all of it."""
    order = [p for p in places if p.span is not None]
    if chosen not in order:
        return []
    at = order.index(chosen)
    first = last = at
    while first > 0 and _linked(reading, order[first - 1], order[first]):
        first -= 1
    while last + 1 < len(order) and _linked(reading, order[last], order[last + 1]):
        last += 1
    found = order[first : last + 1]
    end = found[-1]
    divided = end.span is not None and end.value.precision == "P6" and _DIVISION.match(reading.text, end.span.end) is not None
    return [_as_division(p) if divided and len(found) > 1 else p for p in found]


def _linked(reading: Reading, one: Mention[PlaceValue], two: Mention[PlaceValue]) -> bool:
    if one.span is None or two.span is None or one.rule.endswith(".container") or two.rule.endswith(".container"):
        return False
    between = reading.text[one.span.end : two.span.start]
    named = _DIVISION.match(between)
    return _LINK.match(between[named.end() :] if named else between) is not None


def _as_division(place: Mention[PlaceValue]) -> Mention[PlaceValue]:
    if coarse(place.value) or place.value.adm1 is None:
        return place
    value = replace(place.value, name=place.value.adm1, precision="P6", feature="ADM1", gazetteer_id=None)
    return replace(place, value=value, rule=f"{place.rule}:shared_division")
