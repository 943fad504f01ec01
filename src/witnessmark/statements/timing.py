"""Rough signs of when a statement's event was, for telling background from news. Exact dates are the business of ``claims.dates``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from witnessmark.statements.language.tokens import Token

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan", "січня", "января"),
            ("february", "feb", "лютого", "февраля"),
            ("march", "mar", "березня", "марта"),
            ("april", "apr", "квітня", "апреля"),
            ("may", "травня", "мая"),
            ("june", "jun", "червня", "июня"),
            ("july", "jul", "липня", "июля"),
            ("august", "aug", "серпня", "августа"),
            ("september", "sep", "sept", "вересня", "сентября"),
            ("october", "oct", "жовтня", "октября"),
            ("november", "nov", "листопада", "ноября"),
            ("december", "dec", "грудня", "декабря"),
        ),
        start=1,
    )
    for name in names
}
"""Month names (in the genitive where the language has one) to month numbers."""

_UNITS = {
    "day": "days", "days": "days", "week": "weeks", "weeks": "weeks", "fortnight": "weeks", "month": "months", "months": "months",
    "year": "years", "years": "years", "decade": "years", "decades": "years", "hours": "hours", "hour": "hours",
    "дні": "days", "днів": "days", "дня": "days", "дней": "days", "тижні": "weeks", "тижнів": "weeks", "недели": "weeks", "недель": "weeks",
    "місяці": "months", "місяців": "months", "месяца": "months", "месяцев": "months", "роки": "years", "років": "years", "года": "years",
    "лет": "years",
}  # fmt: skip
_AWAY = frozenset({"ago", "earlier", "before", "later", "after", "previously", "тому", "назад", "раніше", "ранее"})
_COUNTING = frozenset({"about", "some", "nearly", "almost", "over", "than", "least", "around", "понад", "близько", "более", "около"})
_RECENT_DAYS = 8
"""Older dates than this, before publication, count as old: a week's news plus the dateline's slack. Not tuned further."""


def time_signs(tokens: Sequence[Token], first: int, last: int, published: dt.date | None) -> Iterator[str]:
    """Signs in ``tokens[first:last]``: year.past, year.same, date.old, date.recent, date.future, back.years ..., against ``published``."""
    for at in range(first, last):
        token = tokens[at]
        if token.kind == "number":
            counted = at > first and tokens[at - 1].lower in _COUNTING
            if len(token.text) == 4 and token.text.isdigit() and not counted:
                yield from _year(int(token.text), published)
        elif token.lower in MONTHS and token.text[0].isupper() | (not token.text.isascii()):
            yield from _month_day(tokens, at, first, last, published)
        elif token.lower in _UNITS and at + 1 < last and tokens[at + 1].lower in _AWAY:
            yield f"back.{_UNITS[token.lower]}"


def _year(year: int, published: dt.date | None) -> Iterator[str]:
    if not 1900 <= year <= 2100:
        return
    if published is None:
        yield "year.stated"
    else:
        yield "year.past" if year < published.year else "year.same" if year == published.year else "year.future"


def _month_day(tokens: Sequence[Token], at: int, first: int, last: int, published: dt.date | None) -> Iterator[str]:
    near = [k for k in (at - 1, at + 1) if first <= k < last and tokens[k].text.isdigit() and 1 <= int(tokens[k].text) <= 31]
    if not near or published is None:
        yield "month.stated"
        return
    years = [int(t.text) for t in tokens[at + 1 : min(last, at + 4)] if t.text.isdigit() and len(t.text) == 4]
    day = _civil(years[0] if years else published.year, MONTHS[tokens[at].lower], int(tokens[near[0]].text))
    if day is None:
        return
    if not years and (day - published).days > 60:
        day = _civil(published.year - 1, day.month, day.day) or day
    age = (published - day).days
    yield "date.future" if age < 0 else "date.recent" if age <= _RECENT_DAYS else "date.old"


def newest_day(tokens: Sequence[Token]) -> dt.date | None:
    """The newest day that a text names, for one whose publication day is not known: what is told of that day is its news.

    A day without a year belongs to the first such day on or after the newest month that has a year; None when no day has a year to go by.
    """
    found = [
        m
        for at, t in enumerate(tokens)
        if t.lower in MONTHS and (t.text[0].isupper() or not t.text.isascii())
        for m in [_named(tokens, at)]
    ]
    dated = [(year, month) for year, month, _ in found if year is not None]
    if not dated:
        return None
    newest_year, newest_month = max(dated)
    days = []
    for year, month, day in found:
        if day is not None:
            known = _civil(year or newest_year + (month < newest_month), month, day)
            days += [known] if known else []
    return max(days, default=None)


def _named(tokens: Sequence[Token], at: int) -> tuple[int | None, int, int | None]:
    """Year, month and day of the month name at ``at``, where they stand beside it."""
    beside = [tokens[k].text for k in (at - 1, at + 1) if 0 <= k < len(tokens) and tokens[k].text.isdigit()]
    after = [t.text for t in tokens[at + 1 : at + 4] if t.text.isdigit() and len(t.text) == 4]
    day = next((int(n) for n in beside if 1 <= int(n) <= 31 and len(n) <= 2), None)
    year = next((int(n) for n in after if 1900 <= int(n) <= 2100), None)
    return year, MONTHS[tokens[at].lower], day


def _civil(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
