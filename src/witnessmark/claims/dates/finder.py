"""Finds every expression of a reading that can date an event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.dates.civil import add_days
from witnessmark.claims.dates.compose import expressions, sentence_ends
from witnessmark.claims.dates.discourse import Resolved
from witnessmark.claims.dates.forms import Form
from witnessmark.claims.dates.grammar import grammar
from witnessmark.claims.dates.intervals import date_value, precision_of
from witnessmark.claims.dates.outlook import dates_the_saying
from witnessmark.claims.dates.timex import resolve_text
from witnessmark.claims.dates.words import Words, words
from witnessmark.model import Candidate, DateValue, Mention, Span
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading

BACKGROUND = "background.historical"


@dataclass(frozen=True, slots=True)
class _Dated:
    """A resolved expression that dates something, at tokens ``first`` .. ``last``."""

    first: int
    last: int
    value: DateValue
    source: Resolved
    rule: str


def find_dates(reading: Reading) -> tuple[Mention[DateValue], ...]:
    """Every expression that can date an event, in text order, resolved to an interval of days.

    Durations, ages, recurrences and words such as "now" are left out, as are dates that cannot be anchored (no year anywhere) or that lie
    before year 1. Ranges ("from 3 to 30 March") are one mention. ``candidates`` lists the chosen reading and its runner-up, where the
    words allow another; labels are ISO intervals. ``rule`` ends in ``.reporting`` where the words date a statement ("said on Monday").
    """
    document = reading.document
    published = document.published.value.earliest if document.published is not None else None
    lexis = words(document.language)
    tokens = reading.tokens
    found = [e for e in expressions(tokens, reading.text, lexis, grammar(document.language)) if reading.sentence_at(tokens[e.first].start)]
    background = [_background(reading, tokens[e.first].start) for e in found]
    resolved = resolve_text(found, tokens, reading.text, lexis, published, background)
    dated = [d for r in resolved if (d := _dated(r, published)) is not None]
    dated = _with_lengths(dated, resolved, tokens, lexis)
    ranged = _with_ranges(dated, tokens, reading.text, lexis)
    return tuple(_mention(d, tokens, reading.text, lexis, published) for d in ranged)


def _background(reading: Reading, position: int) -> bool:
    statement = reading.statement_at(position)
    return statement is not None and statement.modality == BACKGROUND


def _dated(one: Resolved, published: dt.date | None) -> _Dated | None:
    form = one.form
    e = one.expression
    if form.kind == "duration" and form.direction == -1 and form.base == "now" and published is not None:
        value = _look_back(form, published)
        return None if value is None else _Dated(e.first, e.last, value, one, e.rule)
    if (
        e.rule == "the_unit"
        or form.kind in ("duration", "set", "vague")
        or (form.kind == "time" and form.hour is None and form.part is None)
    ):
        return None
    value = date_value(one)
    return None if value is None else _Dated(e.first, e.last, value, one, e.rule)


_LOOK_BACK_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}


def _look_back(form: Form, published: dt.date) -> DateValue | None:
    """ "the past 24 hours", "the last three days": up to the publication day."""
    if form.amount is None or form.unit not in _LOOK_BACK_DAYS:
        return None
    days = max(1, round(form.amount * _LOOK_BACK_DAYS[form.unit]))
    first = add_days(published, -days)
    if first is None:
        return None
    return DateValue(first, published, precision_of(days + 1), "relative", anchor=published)


_LENGTH_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}


def _with_lengths(dated: list[_Dated], resolved: Sequence[Resolved], tokens: Sequence[Token], lexis: Words) -> list[_Dated]:
    """ "For three days from 1 February": a day that a length in days or weeks is counted from becomes the whole of it."""
    lengths = {r.expression.last: r.form for r in resolved if r.form.kind == "duration" and r.form.unit in _LENGTH_DAYS and r.form.amount}
    out = []
    for d in dated:
        at = d.first - 1
        while at > 0 and tokens[at].lower in lexis.start_words:
            at -= 1
        form = lengths.get(at + 1) if at + 1 < d.first and d.value.precision == "T2" else None
        days = 0 if form is None else round((form.amount or 0) * _LENGTH_DAYS[form.unit or "day"])
        last = add_days(d.value.earliest, days - 1) if days > 1 else None
        if last is not None:
            d = replace(d, value=replace(d.value, latest=last, precision=precision_of(days)), rule=f"{d.rule}.length")
        out.append(d)
    return out


def _with_ranges(dated: list[_Dated], tokens: Sequence[Token], text: str, lexis: Words) -> list[_Dated]:
    """Neighbours joined across "to", a dash, or "and" after "between" become one; so do two periods of which one goes on from the other."""
    out: list[_Dated] = []
    for d in dated:
        joined = _range(out[-1], d, tokens, text, lexis) if out else None
        if joined is not None:
            out[-1] = joined
        else:
            out.append(d)
    return out


MAX_RANGE_GAP = 5
"""Tokens between the two ends of a range: "3 March 2022 року по 5"."""


def _range(a: _Dated, b: _Dated, tokens: Sequence[Token], text: str, lexis: Words) -> _Dated | None:
    if b.first - a.last > MAX_RANGE_GAP:
        return None
    gap = [t.lower for t in tokens[a.last : b.first] if t.lower in lexis.range_words or t.lower not in lexis.fillers]
    if _goes_on(a, b, gap, lexis) and "\n" not in text[tokens[a.last - 1].end : tokens[b.first].start]:
        return _joined(a, b, b.value.basis if b.value.basis == "stated" else a.value.basis, _start(a, tokens, lexis))
    if len(gap) != 1 or gap[0] not in lexis.range_words or "\n" in text[tokens[a.last - 1].end : tokens[b.first].start]:
        return None
    if sentence_ends(tokens, a.last, b.first) or (gap[0] in lexis.night_words and not _consecutive(a, b)):
        return None
    form_a, form_b = a.source.form, b.source.form
    if form_a.kind == "time" and form_a.hour is None and form_a.part in ("night", "overnight"):
        return _night_into(a, b)
    if "/" in a.rule or a.value.latest > b.value.latest:
        return None
    opener = _opener(a, tokens, lexis)
    if opener not in lexis.between_words and (form_a.kind != form_b.kind or (form_a.holiday is None) != (form_b.holiday is None)):
        return None
    if gap[0] in lexis.and_words and opener not in lexis.between_words and form_a.kind != "time":
        return None
    night = form_a.part in ("night", "overnight")
    earliest, latest = a.value.earliest, b.value.latest
    if night and a.source.moment is not None:
        earliest = a.source.moment.civil or earliest
    basis = "stated" if "stated" in (a.value.basis, b.value.basis) and b.source.form.month is not None else b.value.basis
    joined = _joined(a, b, basis, _start(a, tokens, lexis))
    if not night:
        return joined
    precision = "T3" if (latest - earliest).days == 1 else joined.value.precision
    return replace(joined, value=replace(joined.value, earliest=earliest, precision=precision, part_of_day="night"))


def _joined(a: _Dated, b: _Dated, basis: str, first: int) -> _Dated:
    """The days from the first of ``a`` to the last of ``b``."""
    earliest, latest = a.value.earliest, b.value.latest
    value = DateValue(earliest, latest, precision_of((latest - earliest).days + 1), basis, anchor=a.value.anchor or b.value.anchor)
    return _Dated(first, b.last, value, b.source, f"{a.rule}/{b.rule}")


_PERIODS = frozenset({"month", "season", "quarter", "year"})


def _goes_on(a: _Dated, b: _Dated, gap: Sequence[str], lexis: Words) -> bool:
    """ "January and the beginning of February": of two periods joined by "and" (or a comma) the second begins the day after the first ends."""
    moments = (a.source.moment, b.source.moment)
    periods = all(m is not None and m.grain in _PERIODS for m in moments)
    joined = bool(gap) and all(word in lexis.and_words or word == "," for word in gap)
    return periods and joined and (b.value.earliest - a.value.latest).days == 1


def _consecutive(a: _Dated, b: _Dated) -> bool:
    """ "from 13 into 14": the second day follows the first, or the first is a night without a day."""
    return a.source.form.kind == "time" or (b.value.earliest - a.value.earliest).days == 1


def _opener(a: _Dated, tokens: Sequence[Token], lexis: Words) -> str:
    at = a.first - 1
    while at >= 0 and tokens[at].lower in lexis.fillers and tokens[at].kind != "mark":
        at -= 1
    return tokens[at].lower if at >= 0 else ""


def _start(a: _Dated, tokens: Sequence[Token], lexis: Words) -> int:
    """A range takes its "from" or "between" into the span."""
    at = a.first - 1
    return at if at >= 0 and tokens[at].lower in lexis.between_words else a.first


def _night_into(a: _Dated, b: _Dated) -> _Dated | None:
    """ "overnight into Tuesday": the night that ends on the day."""
    if b.value.precision != "T2":
        return None
    first = add_days(b.value.earliest, -1) or b.value.earliest
    value = replace(b.value, earliest=first, precision="T3", part_of_day="night")
    return _Dated(a.first, b.last, value, b.source, f"{a.rule}/{b.rule}")


def _mention(d: _Dated, tokens: Sequence[Token], text: str, lexis: Words, published: dt.date | None) -> Mention[DateValue]:
    value = _opened(d, tokens, lexis, published)
    span = Span(tokens[d.first].start, tokens[d.last - 1].end)
    candidates = _candidates(d, value)
    score = candidates[0].score if candidates else 1.0
    rule = f"date.{d.rule}" + (".reporting" if dates_the_saying(d.source.expression, tokens, lexis) else "")
    return Mention(value=value, span=span, quote=span.of(text), rule=rule, score=score, candidates=candidates)


def _opened(d: _Dated, tokens: Sequence[Token], lexis: Words, published: dt.date | None) -> DateValue:
    """ "since Thursday" runs on to publication, "after ... in November" is open; "until" opens the start."""
    word = _opener(d, tokens, lexis)
    value = d.value
    if word in lexis.since_words and not d.rule.endswith(".length"):
        running = published is not None and value.earliest <= published and not _superlative(d, tokens) and value.precision != "T0"
        if running and published is not None:
            days = (published - value.earliest).days + 1
            return replace(value, latest=published, precision=precision_of(days), open_end=True)
        return replace(value, open_end=True)
    if _after_clause(d.first, tokens, lexis):
        return replace(value, open_end=True)
    return replace(value, open_start=True) if word in lexis.until_words else value


AFTER_TOKENS = 10
"""So far back "after" is looked for within a clause: "after they were forced to retreat in November"."""


def _after_clause(first: int, tokens: Sequence[Token], lexis: Words) -> bool:
    for at in range(first - 1, max(-1, first - 1 - AFTER_TOKENS), -1):
        if tokens[at].kind == "mark":
            return False
        if tokens[at].lower in lexis.after_words:
            return True
    return False


def _superlative(d: _Dated, tokens: Sequence[Token]) -> bool:
    """ "the deadliest since June, when": the date is that of another event."""
    after = [t.lower for t in tokens[d.last : d.last + 2]]
    before = {t.lower for t in tokens[max(0, d.first - 14) : d.first]}
    return after == [",", "when"] or bool(
        before & {"worst", "deadliest", "largest", "biggest", "first", "not", "heaviest", "bloodiest", "most"}
    )


def _candidates(d: _Dated, value: DateValue) -> tuple[Candidate, ...]:
    others = []
    for moment, why in d.source.others[:2]:
        span = moment.span()
        if span is not None and "/" not in d.rule:
            others.append((f"{span[0].isoformat()}/{span[1].isoformat()}", why))
    if not others:
        return ()
    chosen = Candidate(f"{value.earliest.isoformat()}/{value.latest.isoformat()}", 0.8, (d.rule,))
    return (chosen, *(Candidate(label, 0.2 / (n + 1), (why,)) for n, (label, why) in enumerate(others)))
