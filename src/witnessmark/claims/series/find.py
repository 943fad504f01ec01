"""The finder of series: sentences to counts and changes, these to claims with place, date, modality and speaker."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from witnessmark.claims.series.comparisons import Change, find_changes, named_unit_before
from witnessmark.claims.series.counts import Clause, Count, find_counts, read_clause
from witnessmark.claims.series.lexicon import COUNTING_WORDS, change_words, noun_words
from witnessmark.claims.series.totals import find_totals
from witnessmark.claims.series.where import NO_PLACE, place_near, with_day, with_munitions, with_places, with_scope
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import series as slavic
from witnessmark.model import DateValue, Mention, MunitionValue, PlaceValue, Quantity, SeriesClaim, Span, Statement
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

CARRY = 3
"""Sentences over which a comparison may take its unit from the last count ("twice as many"). 1 to 5 give the same on reports dev2."""

_OTHER_COUNTS = frozenset({"displaced", "homeless", "fled", "driven", "evacuated", "price", "prices", "cost", "budget", "exports", "votes"})
SURE = 0.5
"""A model's label of a sentence keeps a series out only from this score on: its words were found, the label was guessed. On
reports dev2, 0 and 0.5 give the same, 0.7 lets a scenario in."""

_UNREAL = frozenset({"prediction", "directive", "hypothetical", "rhetorical", "negated"})
_TOLD = frozenset({"asserted", "attributed", "attributed.chain", "claimed_responsibility", "denied", "corrected", "inferred"})


@dataclass(frozen=True, slots=True)
class _Last:
    """The series told last: its sentence, the token after it, its unit and period."""

    sentence: int
    end: int
    unit: str
    period: str | None


def find_series(
    reading: Reading, dates: Sequence[Mention[DateValue]] = (), places: Sequence[Mention[PlaceValue]] = ()
) -> tuple[SeriesClaim, ...]:
    """Every rate, total, comparison and trend that ``reading`` tells, in text order.

    ``dates`` and ``places`` are the mentions found in the same reading; each claim takes the nearest of its sentence, a place of the same
    paragraph failing that. Counts of one incident are left to the incident. Predictions, calls and opinions make no series.
    """
    if reading.language in SLAVIC:
        return settle(reading, _distinct(_slavic_series(reading)), dates, places)
    usual = _usual_period(reading)
    out: list[SeriesClaim] = []
    last: _Last | None = None
    for sentence, changing in _telling(reading):
        clause = read_clause(reading.tokens, sentence, usual)
        changes = find_changes(clause) if changing else []
        # "Attacks have tripled" tells the change; that attacks went on is nothing besides.
        totals = find_totals(clause)
        counts = [
            c
            for c in find_counts(clause)
            if not (changes and c.rule == "series.uncounted") and not any(c.last > t.first and c.first < t.last for t in totals)
        ]
        found: list[Count | Change] = [*totals, *counts, *changes]
        for item in sorted(found, key=lambda f: f.first):
            statement = reading.statement_at(reading.tokens[item.first].start)
            if statement is not None and _is_unreal(statement):
                continue
            unit, period = _unit(clause, item, last)
            if unit is None:
                continue
            last = _Last(sentence.index, item.last, unit, period)
            out.append(_claim(reading, item, unit, period, statement))
    return settle(reading, _distinct(out), dates, places)


def _slavic_series(reading: Reading) -> list[SeriesClaim]:
    out: list[SeriesClaim] = []
    for _, item, unit, period in slavic.find_items(reading):
        statement = reading.statement_at(reading.tokens[item.first].start)
        if statement is None or not _is_unreal(statement):
            out.append(_claim(reading, item, unit, period if isinstance(item, Count) else None, statement))
    return out


def settle(
    reading: Reading,
    series: Sequence[SeriesClaim],
    dates: Sequence[Mention[DateValue]],
    places: Sequence[Mention[PlaceValue]],
    *,
    munitions: Sequence[Mention[MunitionValue]] = (),
    parties: AbstractSet[str] = frozenset(),
) -> tuple[SeriesClaim, ...]:
    """``series`` with places, date, munitions and scope, as :func:`find_series` gives them: for callers that look for these only when there is a
    series. ``parties`` are the countries that the document names as perpetrators."""
    if reading.language in SLAVIC:
        return _settle_slavic(reading, series, dates, places, munitions)
    return tuple(
        with_munitions(with_day(reading, with_scope(reading, with_places(reading, s, places, parties)), dates), munitions) for s in series
    )


def _settle_slavic(
    reading: Reading,
    series: Sequence[SeriesClaim],
    dates: Sequence[Mention[DateValue]],
    places: Sequence[Mention[PlaceValue]],
    munitions: Sequence[Mention[MunitionValue]],
) -> tuple[SeriesClaim, ...]:
    meant = [p for p in places if p.value.role not in NO_PLACE and not slavic.party_only(reading, p)]
    days = [d for d in dates if d.span is not None and not any(d.span.overlaps(s.span) for s in series)]
    region = slavic.region_of(reading, meant)
    placed = (replace(s, place=region or place_near(reading, s.span, meant)) for s in series)
    return tuple(with_munitions(with_day(reading, s, days), munitions) for s in placed)


def _is_unreal(statement: Statement) -> bool:
    return statement.modality in _UNREAL and (statement.rule != "model" or statement.score >= SURE)


def _telling(reading: Reading) -> list[tuple[Sentence, bool]]:
    """The gate: sentences with a number beside a counted noun or a word of a campaign, or (True) with a word of change."""
    changes, nouns = change_words(), noun_words()
    out: list[tuple[Sentence, bool]] = []
    for sentence in reading.sentences:
        tokens = reading.tokens[sentence.first : sentence.last]
        lowers = {t.lower for t in tokens}
        changing = not lowers.isdisjoint(changes)
        if changing or (not lowers.isdisjoint(nouns) and _may_count(tokens, lowers)):
            out.append((sentence, changing))
    return out


def _may_count(tokens: Sequence[Token], lowers: set[str]) -> bool:
    return not lowers.isdisjoint(COUNTING_WORDS) or any(t.kind == "number" for t in tokens)


def _usual_period(reading: Reading) -> str | None:
    """The period of a daily tally, told in its headline or first sentence."""
    for sentence in reading.sentences[:2]:
        lowers = [t.lower for t in reading.tokens[sentence.first : sentence.last]]
        if "24" in lowers and "hours" in lowers or "daily" in lowers or "day's" in lowers:
            return "day"
        if "overnight" in lowers:
            return "night"
    return None


def _unit(clause: Clause, item: Count | Change, last: _Last | None) -> tuple[str | None, str | None]:
    if isinstance(item, Count):
        return item.unit, item.period
    if item.unit is None or item.rule == "series.factor":
        lowers = {t.lower for t in clause.tokens[clause.sentence.first : clause.sentence.last]}
        if lowers & _OTHER_COUNTS and not lowers & {"killed", "attacks", "strikes"}:
            return None, None
    carried = last if last is not None and clause.sentence.index - last.sentence <= CARRY else None
    if item.factor is None:
        return item.unit or (carried.unit if carried is not None else None), None
    beside = carried is not None and carried.sentence == clause.sentence.index
    subject = named_unit_before(clause, item.first, since=carried.end) if carried is not None and beside else None
    if subject is not None:
        return subject, clause.rate  # "300 people were killed in July, and attacks have doubled": the period is the count's
    if carried is not None and (item.unit is None or beside):
        return carried.unit, carried.period or clause.period
    return item.unit, clause.period


def _quantity(item: Count | Change, words: str, unit: str) -> Quantity | None:
    if isinstance(item, Count):
        amount = item.amount
        if item.rule in {"series.frequency", "series.uncounted"}:
            return None
        return Quantity(amount.minimum, amount.maximum, amount.comparator, words, unit=unit, vague=amount.vague)
    if item.factor is None:
        return None
    whole = int(item.factor) if item.factor == int(item.factor) else None
    return Quantity(whole, whole, "times", words, unit=unit, factor=item.factor)


def _claim(reading: Reading, item: Count | Change, unit: str, period: str | None, statement: Statement | None) -> SeriesClaim:
    span = reading.span_of(item.first, item.last)
    words = span.of(reading.text)
    quantity = _quantity(item, words, unit)
    comparator = "times" if isinstance(item, Change) else _comparator(item)
    speaker = statement.speaker if statement is not None else None
    return SeriesClaim(
        identifier="s-" + hashlib.sha256(f"{reading.document.identifier}:{span.start}:{unit}".encode()).hexdigest()[:12],
        document=reading.document.identifier,
        span=span,
        quote=words,
        unit=unit,
        quantity=quantity,
        rate_period=period,
        comparator=comparator,
        trend=item.trend if isinstance(item, Change) else "none",
        modality=_modality(statement),
        rule=item.rule,
        speaker=Mention(speaker.text, speaker.span, speaker.text, statement.rule)
        if speaker is not None and statement is not None
        else None,
    )


def _comparator(item: Count) -> str:
    return "approx" if item.amount.comparator == "range" or item.amount.vague else item.amount.comparator


def _modality(statement: Statement | None) -> str:
    """That a pattern is told is what a series is; left is whether a speaker is named."""
    if statement is None:
        return "asserted"
    if statement.modality in _TOLD:
        return statement.modality
    return "attributed" if statement.speaker is not None else "asserted"


def _distinct(claims: list[SeriesClaim]) -> tuple[SeriesClaim, ...]:
    seen: dict[tuple[Span, str], SeriesClaim] = {}
    for claim in claims:
        seen.setdefault((claim.span, claim.unit), claim)
    return tuple(sorted(seen.values(), key=lambda c: c.span))
