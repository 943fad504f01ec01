"""Time expressions as TIMEX3 (or TIMEX2) spans and values, for benchmarks and for other systems.

Values follow ISO-TimeML: ``2022-03-04T10:28``, ``1939-SU``, ``P3D``, ``PRESENT_REF``. The older TIMEX2 differs where it matters for
scoring: recurring expressions are ``XXXX-XX-XX`` and decades of duration are ``P1DE``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.dates.compose import expressions
from witnessmark.claims.dates.discourse import Resolved, Setting
from witnessmark.claims.dates.forms import Expression, Form
from witnessmark.claims.dates.grammar import grammar
from witnessmark.claims.dates.outlook import dates_the_saying, leans_on, looks_ahead, looks_back, opens_war
from witnessmark.claims.dates.resolve import resolve
from witnessmark.claims.dates.words import Words, words
from witnessmark.statements.language.tokens import Token, tokenise

CONVENTIONS = ("timex3", "timex2")

_UNITS = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "night": "D", "week": "W", "fortnight": "W", "month": "M", "quarter": "Q",
    "year": "Y", "decade": "Y", "century": "Y", "weekend": "WE",
}  # fmt: skip
_TIMEX2_ONLY = frozenset({"age", "former", "the_unit", "bare_durations"})
"""Rules for what only the older convention marks."""
_CLOCK_UNITS = frozenset({"second", "minute", "hour"})
_SCALE = {"fortnight": 2, "decade": 10, "century": 100}
_PARTS = {
    "morning": "MO", "dawn": "MO", "midday": "12:00", "afternoon": "AF", "evening": "EV", "night": "NI", "nighttime": "NI",
    "overnight": "NI", "midnight": "24:00", "daytime": "DT",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A TIMEX: code points ``start`` .. ``end``, ``type`` DATE, TIME, DURATION or SET, ``value`` (None = not resolved), ``mod``."""

    start: int
    end: int
    type: str
    value: str | None
    mod: str | None
    rule: str


def tag(text: str, *, language: str = "en", published: dt.date | None = None, convention: str = "timex3") -> tuple[TimeExpression, ...]:
    """The time expressions of ``text`` with their values, in text order."""
    tokens = tokenise(text)
    lexis = words(language)
    found = expressions(tokens, text, lexis, grammar(language))
    resolved = resolve_text(found, tokens, text, lexis, published)
    kept = (r for r in resolved if convention == "timex2" or r.expression.rule not in _TIMEX2_ONLY)
    return tuple(_expression(r, tokens, convention) for r in kept)


def to_timex(text: str, dct: str | None, language: str = "en", *, convention: str = "timex3") -> list[dict[str, int | str | None]]:
    """The expressions as records ``start, end, type, value``; ``dct`` is an ISO date or date-time, or None.

    Raises:
        ValueError: when ``dct`` is not an ISO date.
    """
    published = dt.date.fromisoformat(dct[:10]) if dct else None
    tagged = tag(text, language=language, published=published, convention=convention)
    return [{"start": t.start, "end": t.end, "type": t.type, "value": t.value} for t in tagged]


def resolve_text(
    found: Sequence[Expression],
    tokens: Sequence[Token],
    text: str,
    lexis: Words,
    published: dt.date | None,
    background: Sequence[bool] | None = None,
) -> list[Resolved]:
    """Resolves the expressions of a tokenised text."""
    settings: list[Setting] = []
    number, position = 0, 0
    for at, e in enumerate(found):
        start = tokens[e.first].start
        number += text.count("\n", position, start)
        position = start
        forward = looks_ahead(e, tokens, lexis)
        setting = Setting(
            forward=forward,
            backward=looks_back(e, tokens, lexis, forward=forward),
            reporting=dates_the_saying(e, tokens, lexis),
            paragraph=number,
            background=bool(background and background[at]),
            opening=opens_war(e, tokens, lexis),
            leaning=at + 1 < len(found) and leans_on(e, found[at + 1], tokens, lexis),
        )
        if e.rule == "borrowed_month" and settings:
            setting = replace(setting, forward=settings[-1].forward, backward=settings[-1].backward)
        settings.append(setting)
    return resolve(found, published, text=text, settings=settings)


def _expression(one: Resolved, tokens: Sequence[Token], convention: str) -> TimeExpression:
    form = one.form
    kind, value = value_of(one, convention)
    start, end = tokens[one.expression.first].start, tokens[one.expression.last - 1].end
    return TimeExpression(start, end, kind, value, form.fuzzy or form.modifier, one.expression.rule)


def value_of(one: Resolved, convention: str = "timex3") -> tuple[str, str | None]:
    """TIMEX type and value of a resolved expression."""
    form = one.form
    if form.kind == "duration":
        return "DURATION", period(form, convention)
    if form.kind == "set":
        return "SET", _recurrence(form, convention)
    if form.kind == "vague":
        return "DATE", form.literal
    if form.kind == "shift" and form.amount is None:
        return "DATE", "FUTURE_REF" if form.sign > 0 else "PAST_REF"
    base = one.moment.value() if one.moment is not None else _unresolved(form)
    time = time_value(form)
    if time is not None and (one.moment is None or one.moment.grain == "day"):
        return "TIME", (base or "XXXX-XX-XX") + time
    return "DATE", base


def time_value(form: Form) -> str | None:
    """The part of a value after the day: ``T10:28``, ``TNI``; None without a time."""
    if form.hour is not None:
        return f"T{hour24(form):02d}:{form.minute or 0:02d}"
    return f"T{_PARTS[form.part]}" if form.part in _PARTS else None


def hour24(form: Form) -> int:
    """The hour from 0 to 24, by "p.m." or the part of the day."""
    hour = form.hour or 0
    if form.meridiem == "pm" or (form.meridiem is None and form.part in ("afternoon", "evening") and 1 <= hour < 12):
        return hour if hour == 12 else hour + 12
    if form.meridiem == "am" and hour == 12:
        return 0
    return hour + 12 if form.meridiem is None and form.part in ("night", "nighttime") and 6 <= hour < 12 else hour


def period(form: Form, convention: str = "timex3") -> str | None:
    """The value of a duration: ``P3D``, ``PT16H``, ``PXW``."""
    if form.unit is None or form.unit not in _UNITS:
        return None
    if convention == "timex2" and form.unit in ("decade", "century"):
        return f"P{_number(form.amount)}{'DE' if form.unit == 'decade' else 'CE'}"
    amount = None if form.amount is None else form.amount * _SCALE.get(form.unit, 1)
    return f"P{'T' if form.unit in _CLOCK_UNITS else ''}{_number(amount)}{_UNITS[form.unit]}"


def _number(amount: float | None) -> str:
    return "X" if amount is None else f"{amount:g}"


def _recurrence(form: Form, convention: str) -> str | None:
    if convention == "timex2" and form.unit == "day" and form.sign == 0 and form.literal != "per":
        return "XXXX-XX-XX"
    if form.weekday is not None:
        return f"XXXX-WXX-{form.weekday + 1}"
    if form.part is not None:
        return f"XXXX-XX-XX{time_value(form) or ''}"
    amount = 1 if form.amount is None else form.amount
    if form.unit is None:
        return None
    scaled = amount * _SCALE.get(form.unit, 1)
    return f"P{'T' if form.unit in _CLOCK_UNITS else ''}{scaled:g}{_UNITS[form.unit]}"


def _unresolved(form: Form) -> str | None:
    """A value with the fields that are known: ``XXXX-08-07``, ``XXXX-SU``."""
    if form.month is not None:
        return f"XXXX-{form.month:02d}" + ("" if form.day is None else f"-{form.day:02d}")
    if form.season is not None:
        return f"XXXX-{form.season}"
    if form.weekday is not None:
        return f"XXXX-WXX-{form.weekday + 1}"
    return None if form.has_time or form.kind in ("shift", "unit") else "XXXX-XX-XX"
