"""Counts of events, munitions, settlements, objects and people that the words give for a period or a campaign, not for one incident."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.harm.frames import tolls_of
from witnessmark.claims.harm.triggers import Trigger
from witnessmark.claims.harm.window import Window, read_window
from witnessmark.claims.numbers import Amount, read_amount, starts_amount
from witnessmark.claims.people import People
from witnessmark.claims.series.lexicon import Unit, clause_table, table, units
from witnessmark.claims.words import words
from witnessmark.statements.language.matching import Match
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Sentence

MANY_MUNITIONS = 10
"""From this count on, munitions launched are those of a salvo over many places. 5, 10 and 20 were tried on reports dev2: 5 takes in single
attacks, 20 loses salvoes."""

MANY_EVENTS = 10
MANY_OBJECTS = 10
MANY_PEOPLE = 20
"""A toll with words of a campaign ("since", "this year") is a series from here on; below it is mostly one incident's."""

MAX_NOUN_GAP = 5
HUGE = 1000
"""A toll of this size is never one attack's in the reports read so far."""

_REGISTERS = words(
    "documented recorded verified registered counted logged total violence conflict war campaign brought tally confirmed alone"
)
_CAMPAIGN_SIGNS = _REGISTERS | words("have has thousand thousands hundreds million hours year up down compared")
_HOURS = words("24 hours")
"""A tally of the day, as health ministries give it ("43 people were killed in the past 24 hours")."""
_COMPARED = words("up down compared against")
"""Words that hold a count against that of another time ("were killed in January, up from 38")."""
_OF_ONE_EVENT = words(
    "when after attack attacked bombing bombed strike massacre ambush ambushed raid raided blast shooting explosion exploded crash hit struck storming stormed"
)
"""Words of the event that a toll is of, whatever period the sentence names."""
_OF_A_TOTAL = words("since total average altogether overall")
_MONTHS = words("january february march april may june july august september october november december")
_NOUN_STOPS = words("and or but in on at from to of for with by as were was are is have had has that who which , . ; : who said")


@dataclass(frozen=True, slots=True)
class Count:
    """An amount of ``unit`` at tokens ``first`` .. ``last``. ``period`` is the span that it covers or recurs in, None when open."""

    first: int
    last: int
    unit: str
    amount: Amount
    period: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence with what its words say of periods and verbs. ``usual`` is the period that the whole document is about, if any."""

    tokens: Sequence[Token]
    sentence: Sentence
    aggregate: str | None
    aggregated: bool
    rate: str | None
    verbs: frozenset[str]
    usual: str | None

    @property
    def period(self) -> str | None:
        """Rate, else the span told in the sentence, else the document's."""
        return self.rate or self.aggregate or (None if self.aggregated else self.usual)


def read_clause(tokens: Sequence[Token], sentence: Sentence, usual: str | None) -> Clause:
    """What the words of ``sentence`` say of periods and verbs."""
    hits = clause_table().find(tokens, sentence.first, sentence.last)
    pairs = [_open_ended(pair, begins_since(tokens, sentence.first, m.first)) for m in hits for pair in m.payload]
    spans = [key for name, key in pairs if name == "aggregate"]
    rates = [key for name, key in pairs if name == "rates"]
    verbs = frozenset(key for name, key in pairs if name == "verbs")
    months = _month_alone(tokens, sentence)
    told = [s for s in spans if s != "none"]
    aggregate = "month" if months else (told[0] if told else None)
    if aggregate is None and not spans and _day_named(tokens, sentence):
        aggregate = "day"
    return Clause(tokens, sentence, aggregate, bool(spans) or months, rates[0] if rates else None, verbs, usual)


def _open_ended(pair: tuple[str, str], since: bool) -> tuple[str, str]:
    """ "Since May last year" counts over a time of its own, not over a year."""
    return ("aggregate", "none") if since and pair[0] == "aggregate" else pair


def find_counts(clause: Clause) -> list[Count]:
    """Every count of the sentence that is of a series."""
    out: list[Count] = []
    at = clause.sentence.first
    while at < clause.sentence.last:
        amount = read_amount(clause.tokens, at, clause.sentence.last) if starts_amount(clause.tokens[at]) else None
        if amount is None:
            at += 1
            continue
        found = _times_a_day(clause, amount) or _counted(clause, amount) or _bare_intercepted(clause, amount)
        if found is not None:
            out.append(found)
        at = max(amount.last, found.last if found else 0)
    kept = _total_and_rate(clause, _kept(clause, out))
    return kept + _people(clause, out) + _frequencies(clause, out) + _uncounted(clause, out)


def _total_and_rate(clause: Clause, counts: list[Count]) -> list[Count]:
    """ "62 attacks since May, about seven a day": the rate is that of the count beside it; a larger one of the same unit is the total."""
    lowers = {t.lower for t in clause.tokens[clause.sentence.first : clause.sentence.last]}
    span = clause.aggregate if clause.aggregate != clause.rate else None  # "a day" is listed as both
    if clause.rate is None or len(counts) < 2 or (span is None and not lowers & _OF_A_TOTAL):
        return counts
    rates = table("rates").find(clause.tokens, clause.sentence.first, clause.sentence.last)
    beside = [min(counts, key=lambda c: max(r.first - c.last, c.first - r.last)) for r in rates]
    return [replace(c, period=span) if _is_total(c, beside) else c for c in counts]


def _is_total(count: Count, beside: list[Count]) -> bool:
    return count not in beside and any(count.unit == b.unit and _size(count) > _size(b) for b in beside)


def _month_alone(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """ "in October", "in October alone": a month without a day."""
    for at in range(sentence.first, sentence.last - 1):
        token = tokens[at + 1]
        if tokens[at].lower in {"in", "during", "throughout"} and token.lower in _MONTHS and token.capitalised:
            after = tokens[at + 2] if at + 2 < sentence.last else None
            if begins_since(tokens, sentence.first, at):
                continue
            if after is None or after.kind != "number" or len(after.text) == 4:
                return True
    return False


SINCE_REACH = 8
"""Tokens from "since" to the month of what began then ("since the siege of the city began in May")."""


def begins_since(tokens: Sequence[Token], first: int, at: int) -> bool:
    """True for the month or year in which the time of a total began: "since the siege began in May" is no month's count."""
    for token in reversed(tokens[max(first, at - SINCE_REACH) : at]):
        if token.kind == "mark":
            return False
        if token.lower == "since":
            return True
    return False


def _noun_after(clause: Clause, at: int) -> Match[Unit] | None:
    """The counted noun after an amount that ends before ``at``; words of its phrase may stand between."""
    stop = clause.sentence.last
    best: Match[Unit] | None = None
    for here in range(at, min(at + MAX_NOUN_GAP, stop)):
        hit = units().match_at(clause.tokens, here, stop)
        if hit is not None:
            best = hit
            following = units().match_at(clause.tokens, hit.last, stop)
            return following or best
        if clause.tokens[here].lower in _NOUN_STOPS:
            return None
    return best


def _counted(clause: Clause, amount: Amount) -> Count | None:
    start = amount.last
    if start + 2 < clause.sentence.last and clause.tokens[start].lower == "of":
        the = clause.tokens[start + 1].lower in {"the", "its"}
        whole = start + 1 + the
        inner = read_amount(clause.tokens, whole, clause.sentence.last)  # "31 of the 36 drones", "20 of some 30 rockets"
        part = the or (inner is not None and 1 < (amount.minimum or 0) < (inner.minimum or 0))
        start = (inner.last if inner is not None else whole) if part else start
    hit = _noun_after(clause, start)
    if hit is None or (not hit.payload.many and amount.minimum != 1):
        return None
    if amount.yearlike and amount.comparator == "eq" and hit.first > start + 1:
        return None
    last, unit = hit.last, hit.payload.unit
    if unit == "site":
        if not _tells_of_strikes(clause):
            return None
        unit = "strike_or_impact"
    if unit == "munition_fired":
        last = _with_and(clause, last)
        if "intercepted" in clause.verbs and _near(clause, "intercepted", amount.first, last):
            unit = "munition_intercepted"
        elif "impacted" in clause.verbs:
            unit = "munition_impacted"
    return Count(amount.first, last, unit, amount, clause.period, "series.count")


def _tells_of_strikes(clause: Clause) -> bool:
    lowers = {t.lower for t in clause.tokens[clause.sentence.first : clause.sentence.last]}
    return "impacted" in clause.verbs or bool(lowers & {"strikes", "strike", "hits", "struck", "impacts"})


def _with_and(clause: Clause, last: int) -> int:
    """ "158 missiles and drones" is one count; "810 drones and 13 missiles" are two."""
    if last + 1 < clause.sentence.last and clause.tokens[last].lower == "and":
        hit = units().match_at(clause.tokens, last + 1, clause.sentence.last)
        if hit is not None and hit.payload.unit == "munition_fired" and hit.payload.many:
            return hit.last
    return last


def _near(clause: Clause, verb: str, first: int, last: int) -> bool:
    """True when a verb of that kind stands before the count with no other verb between, or after it in the passive."""
    hits = table("verbs").find(clause.tokens, clause.sentence.first, clause.sentence.last)
    before = [h for h in hits if h.last <= first]
    after = [h for h in hits if h.first >= last]
    if before and before[-1].payload == verb:
        return True
    if not after or after[0].payload != verb or (before and first - before[-1].last <= 2):
        return False
    between = clause.tokens[last : after[0].first]
    return any(t.lower in {"were", "was", "been"} for t in between) and not any(t.kind == "number" for t in between)


def _bare_intercepted(clause: Clause, amount: Amount) -> Count | None:
    """ "and that 114 were shot down": the noun was named before."""
    if (
        amount.yearlike
        or amount.vague
        or amount.last >= clause.sentence.last
        or clause.tokens[amount.last].lower not in {"were", "had", "have"}
    ):
        return None
    window = clause.tokens[amount.last : amount.last + 5]
    hits = table("verbs").find(window)
    if hits and hits[0].payload == "intercepted":
        return Count(amount.first, amount.last, "munition_intercepted", amount, clause.period, "series.bare")
    return None


def _times_a_day(clause: Clause, amount: Amount) -> Count | None:
    """ "shelled two or three times a day", "attacked 120 times in January" """
    at = amount.last
    if at >= clause.sentence.last or clause.tokens[at].lower != "times":
        return None
    if not clause.verbs & {"affected", "fired", "damaged"} or (clause.rate is None and not clause.aggregated):
        return None
    rate = table("rates").match_at(clause.tokens, at + 1, clause.sentence.last)
    period, last = (clause.period, at + 1) if rate is None else (rate.payload, rate.last)
    return Count(amount.first, last, "attack", amount, period, "series.times")


def _kept(clause: Clause, counts: list[Count]) -> list[Count]:
    """Drops counts that are those of one incident."""
    salvo = any(c.unit.startswith("munition") and _size(c) >= MANY_MUNITIONS for c in counts)
    toll = any(t.lower in {"killing", "wounding", "injuring"} for t in clause.tokens[clause.sentence.first : clause.sentence.last])
    return [c for c in counts if _is_series(clause, c, salvo=salvo, toll=toll)]


def _size(count: Count) -> int:
    amount = count.amount
    if amount.vague in {"hundreds", "thousands", "scores", "dozens"}:
        return MANY_PEOPLE
    return amount.minimum or amount.maximum or 0


def _is_series(clause: Clause, count: Count, *, salvo: bool, toll: bool) -> bool:
    size = _size(count)
    if count.rule == "series.times":
        return True
    if count.unit == "munition_fired" or count.unit == "shell":
        counted = count.amount.vague is None or clause.rate is not None
        salvo = salvo or (count.unit == "shell" and clause.aggregate in {"week", "month", "year"})  # no single attack lasts so long
        return counted and size >= 3 and salvo and not toll and bool(clause.verbs & {"fired", "impacted"} or clause.rate)
    if count.unit in {"munition_intercepted", "munition_impacted"}:
        return size >= 3
    if clause.rate is not None and count.unit not in {"settlement_affected", "object_damaged"}:
        return True
    if count.unit.startswith("person_") and _may_be_of_one(clause):
        return False
    if count.unit == "settlement_affected":
        return size >= 3 and "affected" in clause.verbs
    if count.unit == "object_damaged":
        counted_over = (
            clause.usual is not None or clause.rate is not None or clause.aggregate in {"week", "month", "year"} or _in_hours(clause)
        )
        return counted_over and size >= MANY_OBJECTS and "damaged" in clause.verbs and clause.period not in {None, "night"}
    if count.unit == "strike_or_impact" and _tells_of_strikes(clause) and not toll:
        return size >= 5
    return size >= MANY_EVENTS or (size >= 3 and clause.aggregated and not toll)


def _may_be_of_one(clause: Clause) -> bool:
    """True where a count of the dead or wounded can be that of one attack: "as of 12 March, 41 deaths", "the strike caused 14 deaths on Monday"."""
    if not clause.aggregated:
        return _as_of(clause)
    lowers = {t.lower for t in clause.tokens[clause.sentence.first : clause.sentence.last]}
    return clause.aggregate == "day" and bool(lowers & _OF_ONE_EVENT) and not _HOURS <= lowers


def _in_hours(clause: Clause) -> bool:
    """True for "in the past 24 hours"; a day that is only named ("on Sunday") is that of one attack."""
    return any(t.lower == "hours" for t in clause.tokens[clause.sentence.first : clause.sentence.last])


def _as_of(clause: Clause) -> bool:
    lowers = [t.lower for t in clause.tokens[clause.sentence.first : clause.sentence.last]]
    return any(pair == ("as", "of") for pair in itertools.pairwise(lowers))


def _frequencies(clause: Clause, counts: list[Count]) -> list[Count]:
    """Rates without a number: "daily mortar shelling", "hit almost every week"."""
    if clause.rate is None or counts:
        return []
    stop = clause.sentence.last
    out: list[Count] = []
    for rate in table("rates").find(clause.tokens, clause.sentence.first, stop):
        word = clause.tokens[rate.first].lower
        if word.endswith("ly"):
            noun = _noun_after(clause, rate.last)
            if noun is not None and noun.payload.unit in {"attack", "strike_or_impact", "alert"}:
                out.append(_frequency(rate.first, noun.last, noun.payload.unit, rate.payload))
                continue
        verb = next((v for v in table("verbs").find(clause.tokens, max(clause.sentence.first, rate.first - 3), rate.first)), None)
        if verb is not None and verb.payload in {"affected", "damaged"} and (word.endswith("ly") or word in {"every", "each"}):
            start = rate.first - (clause.tokens[rate.first - 1].lower in {"almost", "nearly"})
            out.append(_frequency(start, rate.last, "attack", rate.payload))
    return out


def _uncounted(clause: Clause, counts: list[Count]) -> list[Count]:
    """Campaigns that the words give no number for: "throughout January ... the destruction of populated areas"."""
    if counts or not clause.aggregated or clause.aggregate == "day":
        return []
    hits = table("uncounted").find(clause.tokens, clause.sentence.first, clause.sentence.last)
    return [Count(h.first, h.last, h.payload, Amount(h.first, h.last, None, None), None, "series.uncounted") for h in hits]


def _frequency(first: int, last: int, unit: str, period: str) -> Count:
    return Count(first, last, unit, Amount(first, last, None, None), period, "series.frequency")


def _people(clause: Clause, counts: list[Count]) -> list[Count]:
    """Tolls with words of a campaign: "some 5,000 people have been killed this year"."""
    if not clause.aggregated or not _may_be_campaign(clause):
        return []
    taken = {c.first for c in counts}
    window = read_window(clause.tokens, clause.sentence.first, clause.sentence.last)
    found: dict[int, set[str]] = {}
    phrases = {}
    for trigger in window.triggers:
        for toll in tolls_of(window, trigger):
            phrase = toll.phrases[0]
            big = (phrase.minimum or phrase.maximum or 0) >= MANY_PEOPLE or phrase.vague in {"hundreds", "thousands"}
            if toll.harm not in {"killed", "injured"} or not big or len(toll.phrases) > 1 or phrase.first in taken:
                continue
            if _campaign(clause, window, phrase, trigger):
                found.setdefault(phrase.first, set()).add(toll.harm)
                phrases[phrase.first] = phrase
    out: list[Count] = []
    for first, harms in found.items():
        phrase = phrases[first]
        unit = "person_killed_or_injured" if len(harms) > 1 else f"person_{next(iter(harms))}"
        amount = Amount(first, phrase.last, phrase.minimum, phrase.maximum, phrase.comparator, phrase.vague)
        out.append(Count(first, phrase.last, unit, amount, clause.aggregate, "series.people"))
    return out


def _may_be_campaign(clause: Clause) -> bool:
    """A cheap look before the phrases for people are read: every toll that passes :func:`_campaign` has one of these signs."""
    tokens = clause.tokens[clause.sentence.first : clause.sentence.last]
    return any(t.lower in _CAMPAIGN_SIGNS or (t.kind == "number" and len(t.text) >= 4) for t in tokens)


def _campaign(clause: Clause, window: Window, phrase: People, trigger: Trigger) -> bool:
    """True for a toll of a war or a month, not of one attack in it: the perfect ("have died since"), a register's verb, or its size."""
    if (phrase.minimum or 0) >= HUGE:
        return True
    lowers = {t.lower for t in clause.tokens[clause.sentence.first : clause.sentence.last]}
    if clause.aggregate == "day":
        return _HOURS <= lowers and not lowers & _OF_ONE_EVENT
    if lowers & _COMPARED and clause.aggregate in {"month", "year", "week"}:
        return not lowers & _OF_ONE_EVENT
    if not lowers & _REGISTERS and not _perfect(window, trigger) and not (clause.aggregate == "year" and not lowers & _OF_ONE_EVENT):
        return False
    return not _day_named(clause.tokens, clause.sentence) and (clause.aggregate in {None, "month", "year", "week"})


def _perfect(window: Window, trigger: Trigger) -> bool:
    return any(window.word(k) in {"have", "has"} for k in range(max(window.first, trigger.first - 3), trigger.first))


def _day_named(tokens: Sequence[Token], sentence: Sentence) -> bool:
    """True when the sentence names a day of a month: its toll is that day's."""
    for at in range(sentence.first, sentence.last):
        if tokens[at].lower in _MONTHS and tokens[at].capitalised:
            near = [tokens[k] for k in (at - 1, at + 1) if sentence.first <= k < sentence.last]
            if any(t.kind == "number" and len(t.text) <= 2 for t in near):
                return True
    return False
