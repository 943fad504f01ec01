"""The year of a date that has none: by publication, by the story being told, or by the last date of a narrative."""

from __future__ import annotations

import datetime as dt

from witnessmark.claims.dates.civil import SEASON_MONTHS, add_days, feast
from witnessmark.claims.dates.discourse import Discourse, Setting
from witnessmark.claims.dates.forms import Form
from witnessmark.claims.dates.moments import Moment

WRAP_MONTHS = 7
"""In a narrative, a month at least so many months before the last one mentioned is taken to be of the next year, ..."""

BACK_MONTHS = 7
"""... and one at least so many months after it of the year before: the nearest. Chosen on the odd WikiWars documents (5 to 9 and 6 to 11 tried
together: value F1 from 86.0 to 87.1)."""

STORY_DAYS = 150
"""In news, a date without a year joins the older story that is being told when it is at most so many days after the last date, ..."""

STORY_TOKENS = 120
"""... stands at most so many tokens after it, ..."""

STORY_AGE_DAYS = 330
"""... and the last date is at least so many days older than publication. Chosen on the odd documents of the reports and AQUAINT (60 to 300
days, 40 to 400 tokens: within 0.3 value F1 and one report date)."""

FRESH_DAYS = 45
"""A date that would lie so close to publication belongs to an older story only when it follows the story's last date ..."""

CLOSE_DAYS = 30
"""... by at most so many days."""

BACK_DAYS = 15
"""A story may step back by so many days."""

SOON_DAYS = 60
"""A day or month without a year that begins at most so many days ahead is of this year: of last year it would have been written with it.
Chosen on the odd AQUAINT documents (30: 75.0, 60: 75.6, 90: 76.0 value F1; the middle one, since reports of attacks look back)."""

SEASON_MIDDLE = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}


def nearest_in_direction(form: Form, anchor: Moment, direction: int) -> int:
    """ "last October" said in January is of the year before; said in December it is of this year."""
    first, last = SEASON_MONTHS[form.season] if form.season else (month_of(form) or 1,) * 2
    here = anchor.month or 6
    winter = form.season == "WI"
    if direction < 0:
        return anchor.year - (1 if winter else 0) if last < here else anchor.year - (2 if winter else 1)
    if direction > 0:
        return anchor.year if first > here else anchor.year + 1
    return anchor.year - (1 if winter and here <= last else 0)


def month_of(form: Form) -> int | None:
    """The month of a date, the middle month of a season, the month of a holiday; None for a bare year."""
    if form.month is not None:
        return form.month
    if form.season is not None:
        return SEASON_MIDDLE[form.season]
    if form.holiday is not None:
        day = feast(form.holiday, 2000)
        return None if day is None else day.month
    return None


Years = tuple[int | None, tuple[tuple[int, str], ...], dt.date | None]


def inferred_year(form: Form, state: Discourse, at: int, setting: Setting) -> Years:
    """The year of a date without one, further candidates with their reasons, and the anchor."""
    ref, now = state.reference, state.published
    month, day = month_of(form) or 1, form.day
    moving = (
        feast(form.holiday, ref.year if now is None and ref is not None else now.year if now is not None else 2000)
        if form.holiday
        else None
    )
    if moving is not None:
        month, day = moving.month, moving.day
    if ref is not None and (state.narrative or now is None):
        year = _narrative_year(month, form, ref)
        return year, ((year - 1, "the year before"), (year + 1, "the year after")), ref.civil
    if now is None:
        return None, (), None
    news = _news_year(month, day, now, setting) - (1 if form.season == "WI" and now.month < 12 else 0)
    story = _story_year(form, month, news, state, at)
    if story is not None and story != news:
        return story, ((news, "counted from publication"),), state.day
    return news, ((news - 1, "a year earlier"), (news + 1, "a year later")), now


def _news_year(month: int, day: int | None, now: dt.date, setting: Setting) -> int:
    """The last such month or day up to publication; the next one where it is much nearer, or the clause looks ahead."""
    passed = (month, day or 1) <= (now.month, now.day)
    if passed or setting.backward:
        ahead = setting.forward and not setting.backward and month != now.month
        return now.year + (1 if ahead else 0) - (0 if passed else 1)
    if setting.forward or (month, day or 1) <= _tomorrow(now):
        return now.year
    return now.year if (dt.date(now.year, month, min(day or 1, 28)) - now).days <= SOON_DAYS else now.year - 1


def _tomorrow(now: dt.date) -> tuple[int, int]:
    """One day of grace, for time zones."""
    day = add_days(now, 1)
    return (now.month, now.day) if day is None or day.year != now.year else (day.month, day.day)


def _story_year(form: Form, month: int, news: int, state: Discourse, at: int) -> int | None:
    """The year of an older story that is being told, when the date goes on from the last one mentioned."""
    ref, now = state.reference, state.published
    if ref is None or now is None or ref.month is None or at - state.reference_at > STORY_TOKENS:
        return None
    start = ref.span()
    if start is None or news < 1 or (now - start[0]).days < STORY_AGE_DAYS:
        return None
    day = min(form.day or 28, 28)
    fresh = abs((dt.date(news, month, day) - now).days) <= FRESH_DAYS
    for year in (ref.year, ref.year + 1):
        gap = (dt.date(year, month, day) - start[0]).days
        if -BACK_DAYS <= gap <= (CLOSE_DAYS if fresh else STORY_DAYS):
            return year
    return None


def _narrative_year(month: int, form: Form, ref: Moment) -> int:
    here = ref.month or (SEASON_MIDDLE[ref.season] if ref.season else None)
    if here is None:
        return ref.year
    if form.season == "WI" and here >= 9:
        return ref.year
    if here - month >= WRAP_MONTHS:
        return ref.year + 1
    if month - here >= BACK_MONTHS:
        return ref.year - 1
    return ref.year
