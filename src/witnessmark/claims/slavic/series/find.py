"""Rates, totals, comparisons and trends in Ukrainian and Russian: "43 населених пункти", "за добу 120 обстрілів", "вдвічі більше"."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence

from witnessmark.claims.numbers import Amount
from witnessmark.claims.series.comparisons import Change
from witnessmark.claims.series.counts import HUGE, MANY_EVENTS, MANY_MUNITIONS, MANY_OBJECTS, MANY_PEOPLE, Count
from witnessmark.claims.slavic.harm import find_harm
from witnessmark.claims.slavic.numbers import numerals, read_amount
from witnessmark.claims.slavic.series.changes import VERB_REACH, find_changes
from witnessmark.claims.slavic.series.clauses import Clause, listed_words, read_clause, table
from witnessmark.claims.slavic.words import adjectival, matcher
from witnessmark.model import HarmValue, Mention, PlaceValue
from witnessmark.model.comparing import coarse
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

MAX_NOUN_GAP = 3
"""Adjectives between a number and its noun."""


BESIDE = 4
"""Tokens between a rate and the attacks that it is of ("обстрілюють місто щодня")."""


FEW_EVENTS = 3


LARGE_NEAR = 8


CARRY = 2
"""Sentences over which a comparison may take its unit from the last count ("це на третину більше")."""


Item = tuple[Sentence, Count | Change, str, str | None]
"""A count or change with its sentence, unit of count and period."""


def find_items(reading: Reading) -> Iterator[Item]:
    """Every count and change of a series, in text order."""
    usual = _usual(reading)
    tolls = functools.cache(lambda: find_harm(reading))
    tally = False
    last: tuple[int, str] | None = None
    for sentence in _telling(reading, usual):
        clause = read_clause(reading, sentence)
        carried = last[1] if last is not None and sentence.index - last[0] <= CARRY else None
        changes: list[Item] = [(sentence, c, unit, clause.period) for c in find_changes(clause) if (unit := c.unit or carried) is not None]
        period = clause.rate or clause.period or (None if clause.aggregated else usual)
        counts: list[Item] = [
            (sentence, c, c.unit, c.period) for c in [*_counts(clause, period), *_ordinals(clause), *_frequencies(clause)]
        ]
        tally = tally or (usual is not None and any(c[2] in {"settlement_affected", "attack", "strike_or_impact"} for c in counts))
        people: list[Item] = [(sentence, c, c.unit, c.period) for c in _people(reading, clause, tolls, usual=usual if tally else None)]
        found = sorted([*counts, *changes, *people], key=lambda item: item[1].first)
        last = (sentence.index, found[-1][2]) if found else last
        yield from found


def _telling(reading: Reading, usual: str | None) -> list[Sentence]:
    """The gate: sentences with a counted noun, a rate, a factor or a trend, and those of a tally with a toll."""
    out: list[Sentence] = []
    for hit in _gate(reading.language).find(reading.tokens):
        if hit.payload == "people" and usual is None and not _large(reading.tokens, hit.first):
            continue
        sentence = reading.sentence_at(reading.tokens[hit.first].start)
        if sentence is not None and not (out and out[-1] is sentence):
            out.append(sentence)
    return out


@functools.cache
def _gate(language: str) -> PhraseMatcher[str]:
    raw = lexicon(language, "series")
    people = [(w, "people") for key in ("verbs", "people") for ws in lexicon(language, "harm")[key].values() for w in ws]
    events = [(w, "series") for key in ("units", "rates", "factors") for ws in raw[key].values() for w in ws]
    verbs = [(w, "series") for w in (*raw["verbs"]["intercepted"], *raw["words"]["times"], *raw["words"]["percent"])]
    return PhraseMatcher([*people, *events, *verbs, *((w, "series") for w in raw["trends"]["exponential"])])


def _large(tokens: Sequence[Token], at: int) -> bool:
    """True when a number of two figures or more stands near: a toll that can be that of a campaign."""
    return any(t.kind == "number" and len(t.text) >= 2 for t in tokens[max(0, at - LARGE_NEAR) : at + LARGE_NEAR])


def _usual(reading: Reading) -> str | None:
    """The period of a tally, told in its headline or first sentence."""
    for sentence in reading.sentences[:2]:
        found = table(reading.language, "periods").find(reading.tokens, sentence.first, sentence.last)
        told = [m.payload for m in found if m.payload != "none"]
        if told:
            return told[0]
    return None


def _counts(clause: Clause, period: str | None) -> list[Count]:
    out: list[Count] = []
    at = clause.sentence.first
    starts = numerals(clause.language).starts
    while at < clause.sentence.last and (clause.nouns or clause.verbs):
        if clause.tokens[at].kind != "number" and clause.tokens[at].lower not in starts:
            at += 1
            continue
        amount = read_amount(clause.tokens, at, clause.sentence.last, clause.language)
        if amount is None:
            at += 1
            continue
        found = _times(clause, amount, period) or _counted(clause, amount, period)
        if found is not None:
            out.append(found)
        at = max(at + 1, amount.last, found.last if found is not None else 0)
    salvo = any(c.unit.startswith("munition") and _size(c) >= MANY_MUNITIONS for c in out)
    return [c for c in out if _is_series(clause, c, salvo=salvo)]


def _counted(clause: Clause, amount: Amount, period: str | None) -> Count | None:
    noun = _noun_after(clause, amount)
    if noun is None or (amount.yearlike and noun.first > amount.last):
        return None
    unit = noun.payload
    if unit == "munition_fired" and _near(clause, "intercepted", amount.first, noun.last):
        unit = "munition_intercepted"
    return Count(amount.first, noun.last, unit, amount, period, "series.count")


def _noun_after(clause: Clause, amount: Amount) -> Match[str] | None:
    here = amount.last
    for _ in range(MAX_NOUN_GAP + 1):
        found = next((n for n in clause.nouns if n.first == here), None)
        if found is not None or here >= clause.sentence.last:
            return found
        if not adjectival(clause.tokens[here]) and clause.tokens[here].text not in "«»":
            return None
        here += 1
    return None


def _near(clause: Clause, kind: str, first: int, last: int) -> bool:
    """True when the nearest verb to the count, before or behind it, is of that kind."""
    behind = [v for v in clause.verbs if v.first >= last and not any(t.text == "," for t in clause.tokens[last : v.first])]
    before = [v for v in clause.verbs if v.last <= first]
    hits = [(min(abs(first - v.last), abs(v.first - last)), v.payload) for v in (*before, *behind)]
    return bool(hits) and min(hits)[1] == kind and min(hits)[0] <= VERB_REACH


def _times(clause: Clause, amount: Amount, period: str | None) -> Count | None:
    """ "обстріляли 15 разів за добу" """
    hit = listed_words(clause.language, "times").match_at(clause.tokens, amount.last, clause.sentence.last)
    if hit is None or (period is None and not clause.aggregated) or not clause.told & {"affected", "fired"}:
        return None
    before = clause.tokens[amount.first - 1].lower if amount.first > clause.sentence.first else ""
    return None if before in {"у", "в"} else Count(amount.first, hit.last, "attack", amount, period, "series.times")


def _size(count: Count) -> int:
    if count.amount.vague in {"hundreds", "thousands", "dozens"}:
        return MANY_PEOPLE
    return count.amount.minimum or count.amount.maximum or 0


def _is_series(clause: Clause, count: Count, *, salvo: bool) -> bool:
    """False for counts that are those of one incident; the thresholds are those of English."""
    size = _size(count)
    if count.rule == "series.times":
        return size >= 2
    if count.unit in {"munition_fired", "shell"}:
        counted = count.amount.vague is None or clause.rate is not None
        return counted and salvo and size >= FEW_EVENTS and bool(clause.told & {"fired", "intercepted"} or clause.rate)
    if count.unit == "munition_intercepted":
        return size >= FEW_EVENTS
    if count.unit == "settlement_affected":
        return size >= FEW_EVENTS and bool(clause.told & {"affected", "fired"})
    if count.unit == "object_damaged":
        return size >= MANY_OBJECTS and "damaged" in clause.told and clause.period not in {None, "night"}
    if count.unit == "incident" and not matcher(clause.language, "objects", "hits", "verbs").find(
        clause.tokens, clause.sentence.first, clause.sentence.last
    ):
        return False  # cases of anything else
    if clause.rate is not None:
        return True
    return size >= MANY_EVENTS or (size >= FEW_EVENTS and (clause.aggregated or clause.period is not None))


def _ordinals(clause: Clause) -> list[Count]:
    """ "це вже дев'ятий вибух від початку весни": the ordinal is the count so far."""
    if not clause.aggregated:
        return []
    out: list[Count] = []
    for noun in clause.nouns:
        at = noun.first - 1
        value = _ordinal(clause, at) if at >= clause.sentence.first else None
        if value is not None and noun.payload in {"attack", "strike_or_impact", "incident"}:
            amount = Amount(at, noun.first, value, value)
            unit = "incident" if noun.payload == "strike_or_impact" else noun.payload
            out.append(Count(at, noun.last, unit, amount, None, "series.ordinal"))
    return out


def _ordinal(clause: Clause, at: int) -> int | None:
    word = clause.tokens[at].lower
    for value, stems in lexicon(clause.language, "series")["ordinals"].items():
        if int(value) > 1 and word.startswith(tuple(stems)):
            return int(value)
    return None


def _frequencies(clause: Clause) -> list[Count]:
    """Rates without a number: "щоденні обстріли", "атакують щодня"."""
    if clause.rate is None or any(t.kind == "number" for t in clause.tokens[clause.sentence.first : clause.sentence.last]):
        return []
    if not (clause.told & {"affected", "fired"} or any(n.payload in {"attack", "strike_or_impact"} for n in clause.nouns)):
        return []
    rate = table(clause.language, "rates").find(clause.tokens, clause.sentence.first, clause.sentence.last)[0]
    beside = [v.first for v in clause.verbs if v.payload in {"affected", "fired"}]
    beside += [n.first for n in clause.nouns if n.payload in {"attack", "strike_or_impact"}]
    if not any(abs(at - rate.first) <= BESIDE for at in beside):
        return []
    noun = next((n for n in clause.nouns if n.first == rate.last and n.payload in {"attack", "strike_or_impact"}), None)
    unit, last = (noun.payload, noun.last) if noun is not None else ("attack", rate.last)
    return [Count(rate.first, last, unit, Amount(rate.first, last, None, None), rate.payload, "series.frequency")]


def _people(reading: Reading, clause: Clause, tolls: Callable[[], Sequence[Mention[HarmValue]]], *, usual: str | None) -> list[Count]:
    """Tolls of a campaign ("від початку року загинули 120 людей"), and of a day where the text is that day's tally."""
    out: list[Count] = []
    words = clause.tokens[clause.sentence.first : clause.sentence.last]
    if not (clause.aggregated or usual is not None or any("000" in t.text or t.lower.startswith(("тис", "тыс")) for t in words)):
        return out
    for toll in tolls():
        if (
            toll.span is None
            or toll.value.harm not in {"killed", "injured"}
            or toll.value.part_of is not None
            or toll.value.quantity.is_zero
        ):
            continue
        if reading.sentence_at(toll.span.start) is not clause.sentence:
            continue
        first, last = reading.token_range(toll.span)
        quantity = toll.value.quantity
        size = quantity.minimum or quantity.maximum or (MANY_PEOPLE if quantity.vague in {"hundreds", "thousands"} else 0)
        campaign = size >= HUGE or (clause.aggregated and clause.period in {None, "week", "month", "year"} and size >= MANY_PEOPLE)
        if campaign or (usual is not None and size >= 2):
            amount = Amount(first, last, quantity.minimum, quantity.maximum, quantity.comparator, quantity.vague)
            out.append(
                Count(
                    first,
                    last,
                    f"person_{toll.value.harm}",
                    amount,
                    clause.period or (None if clause.aggregated else usual),
                    "series.people",
                )
            )
    return out


def party_only(reading: Reading, place: Mention[PlaceValue]) -> bool:
    """True for a country that acts ("Россия выпустила") and is neither behind a preposition of place nor what was attacked ("Україну")."""
    if place.value.precision != "P8" or place.span is None:
        return False
    first, _ = reading.token_range(place.span)
    before = reading.tokens[first - 1].lower if first else ""
    return before not in {"у", "в", "на", "по"} and not reading.tokens[first].lower.endswith(("у", "ю"))


def region_of(reading: Reading, places: Sequence[Mention[PlaceValue]]) -> Mention[PlaceValue] | None:
    """The region that the headline or the first sentence sets a tally in, if any."""
    opening = reading.sentences[:2]
    wide = [p for p in places if p.span is not None and coarse(p.value) and any(s.span.contains(p.span) for s in opening)]
    return wide[0] if wide else None
