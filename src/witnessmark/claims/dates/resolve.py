"""Resolves forms one after the other, with the publication day and the last date mentioned as anchors.

Two manners of dating: in *news* a date without a year is the last such day up to publication, unless the words look forward or the text is
in the middle of telling an older story; in a *narrative* (no publication day, or a text whose stated years lie well before it) the last date
mentioned carries the year.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from witnessmark.claims.dates.civil import add_days, feast
from witnessmark.claims.dates.forms import Expression, Form
from witnessmark.claims.dates.moments import Moment, on, shifted, unit_of
from witnessmark.claims.dates.wars import war_day

NARRATIVE_AGE_YEARS = 2
"""A text is a narrative when the median of its stated years is at least this much older than its publication. Chosen on half of the reports
and WikiWars development files; 1 puts follow-up reports on last year's events among the narratives, 5 gave the same as 2."""

NARRATIVE_MIN_YEARS = 4
"""And when it states at least so many years: a report with one look back stays news."""

NEWSY_SHARE = 3
"""And when weekdays, "today", "two days ago" are fewer than one in so many stated years."""

WRAP_MONTHS = 7
"""In a narrative, a month at least so many months before the last one mentioned is taken to be of the next year. Chosen on the odd WikiWars
documents (5 to 9 tried; 7 and 8 tie)."""

STORY_DAYS = 150
"""In news, a date without a year joins the older story that is being told when it is at most so many days after the last date."""

STORY_TOKENS = 120
"""... and stands at most so many tokens after it."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """An expression with what it means.

    ``moment`` is None when it could not be anchored. ``anchor`` is the day that a relative expression was counted from. ``relative``
    says that the words alone do not give the date. ``others`` are further readings with their reason, best first.
    """

    expression: Expression
    moment: Moment | None
    anchor: dt.date | None
    relative: bool
    others: tuple[tuple[Moment, str], ...] = ()

    @property
    def form(self) -> Form:
        """The form of the expression."""
        return self.expression.form


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an expression stands: ``forward``, its clause looks ahead; ``backward``, it cannot ("since"); ``reporting``, it dates the saying ("he said on Monday"); the number of
    its ``paragraph``; ``background``, its statement tells of an earlier event."""

    forward: bool = False
    backward: bool = False
    reporting: bool = False
    paragraph: int = 0
    background: bool = False


@dataclass(slots=True)
class Discourse:
    """Where a reading of the text has got to: ``reference`` is the last moment mentioned, ``reference_at`` its token."""

    published: dt.date | None
    narrative: bool
    reference: Moment | None = None
    reference_at: int = -1
    day: dt.date | None = None
    day_at: int = -1
    before_christ: bool = False
    years: list[int] = field(default_factory=list)
    outlier: int | None = None
    days: list[dt.date] = field(default_factory=list)
    words: str = ""
    main_day: dt.date | None = None

    @property
    def now(self) -> Moment | None:
        """The publication day as a moment."""
        return None if self.published is None else on(self.published)

    @property
    def text(self) -> Moment | None:
        """The last moment mentioned, else the publication day."""
        return self.reference if self.reference is not None else self.now


def is_narrative(found: Sequence[Expression], published: dt.date | None) -> bool:
    """True when the text tells of years well before its publication, or has no publication day."""
    if published is None:
        return True
    years = [e.form.year * (1 if e.form.era > 0 else -1) for e in found if e.form.kind == "date" and e.form.year is not None]
    newsy = sum(e.form.kind == "weekday" or (e.form.kind == "shift" and e.form.base == "now" and e.form.unit == "day") for e in found)
    if newsy * NEWSY_SHARE >= len(years):
        return False
    return len(years) >= NARRATIVE_MIN_YEARS and statistics.median(years) <= published.year - NARRATIVE_AGE_YEARS


def resolve(found: Sequence[Expression], published: dt.date | None, *, text: str, settings: Sequence[Setting]) -> list[Resolved]:
    """The meaning of each expression, in order. ``settings`` has one entry per expression; ``text`` is asked which war a day is counted in."""
    state = Discourse(published, is_narrative(found, published), words=text)
    state.before_christ = sum(e.form.era < 0 for e in found) >= 3
    out: list[Resolved] = []
    paragraph = -1
    for at, expression in enumerate(found):
        setting = settings[at]
        if setting.paragraph != paragraph and not setting.background and not state.narrative:
            state.day, state.day_at = state.main_day, -1
        paragraph = setting.paragraph
        if state.reference is None and state.now is None:
            _look_ahead(state, found[at:])
        one = resolve_one(expression, state, setting)
        _remember(one, state, setting)
        out.append(one)
    return out


def _look_ahead(state: Discourse, rest: Sequence[Expression]) -> None:
    """Without any anchor yet, the first full date further on gives the year."""
    for e in rest:
        if e.form.kind == "date" and e.form.year is not None and e.form.month is not None and e.form.era > 0:
            state.reference = Moment("year", e.form.year)
            return


def _remember(one: Resolved, state: Discourse, setting: Setting) -> None:
    moment = one.moment
    if moment is None or one.form.kind in ("duration", "set", "vague"):
        return
    if state.reference is not None and (setting.reporting or one.form.kind == "war_day"):
        return
    same = one.form.kind == "unit" and one.form.base == "text" and one.form.direction == 0 and moment.month is None
    if not same and not (state.narrative and _aside(one, moment, state)):
        state.reference, state.reference_at = moment, one.expression.first
    if (day := moment.civil) is not None and moment.grain == "day":
        state.day, state.day_at = day, one.expression.first
        recent = state.published is not None and 0 <= (state.published - day).days <= 7
        state.days.append(day)
        if not setting.background and (recent or state.main_day is None):
            state.main_day = day


def _aside(one: Resolved, moment: Moment, state: Discourse) -> bool:
    """True for a look aside that does not move a narrative: "two decades earlier", "in the previous year", a lone year far from the rest."""
    form = one.form
    if form.kind == "shift" and (form.base == "now" or form.unit in ("year", "decade", "century")):
        return True
    if form.kind == "unit" and form.unit in ("year", "decade", "century") and (form.direction or 0) < 0:
        return True
    if form.decade is not None or form.century is not None:
        return True
    recent = state.years[-OUTLIER_WINDOW:]
    state.years.append(moment.year)
    if form.kind != "date" or form.year is None:
        return False
    far = len(recent) >= OUTLIER_MIN and abs(moment.year - statistics.median(recent)) > OUTLIER_YEARS
    again = state.outlier is not None and abs(moment.year - state.outlier) <= OUTLIER_YEARS
    state.outlier = moment.year if far else None
    return far and not again


OUTLIER_YEARS = 3
"""In a narrative, one stated year further than this from the last few is an aside; two in a row move the story there."""
OUTLIER_WINDOW = 5
"""... of so many dates, of which at least"""
OUTLIER_MIN = 3
"""... so many must have been read. Chosen on the odd WikiWars documents (years 1 to 30, windows 5 and 9: all within 0.3)."""


def resolve_one(expression: Expression, state: Discourse, setting: Setting) -> Resolved:
    """The meaning of one expression where the reading stands."""
    form = expression.form
    if form.kind == "date":
        return _date(expression, state, setting)
    if form.kind == "weekday":
        return _weekday(expression, state, forward=setting.forward)
    if form.kind == "weekend":
        return _weekend(expression, state)
    if form.kind == "shift":
        return _shift(expression, state)
    if form.kind == "unit":
        return _unit(expression, state)
    if form.kind == "time":
        return _time(expression, state)
    if form.kind == "war_day":
        day = war_day(int(form.amount or 0), state.words, state.published)
        return Resolved(expression, None if day is None else on(day), None, relative=True)
    return Resolved(expression, None, None, relative=True)


# --- dates with calendar fields ---


def _date(expression: Expression, state: Discourse, setting: Setting) -> Resolved:
    form = expression.form
    if form.decade is not None or form.century is not None:
        return Resolved(expression, _period(form, state), None, relative=False)
    if form.year is not None:
        return Resolved(expression, _fielded(form, _astronomical(form, state)), None, relative=False)
    if form.year_direction is not None:
        return _directed_year(expression, state)
    if form.month is None and form.season is None and form.holiday is None:
        return _day_alone(expression, state)
    year, others, anchor = _inferred_year(form, state, expression.first, setting)
    if year is None:
        return Resolved(expression, None, None, relative=True)
    moment = _fielded(form, year)
    rest = tuple((m, why) for y, why in others if (m := _fielded(form, y)) is not None and m != moment)
    return Resolved(expression, moment, anchor, relative=form.day is None and form.holiday is None, others=rest)


def _astronomical(form: Form, state: Discourse) -> int:
    year = form.year or 0
    if form.era < 0 or (state.before_christ and year < 1000):
        return 1 - year
    return year


def _period(form: Form, state: Discourse) -> Moment:
    if form.century is not None:
        return Moment("century", (form.century - 1) * 100 if form.era > 0 else 1 - form.century * 100)
    decade = form.decade or 0
    if form.era < 0:
        return Moment("decade", 1 - decade)
    if decade < 100:
        base = state.text.year // 100 * 100 if state.text is not None else 1900
        decade += base if state.narrative or decade + base <= (state.published.year if state.published else 9999) else base - 100
    return Moment("decade", decade)


def _fielded(form: Form, year: int) -> Moment | None:
    """The moment that the form's fields give in ``year``."""
    if form.holiday is not None:
        day = feast(form.holiday, year)
        return None if day is None else on(day)
    if form.half is not None:
        return Moment("half", year, half=min(form.half, 2))
    if form.season is not None:
        return Moment("season", year, season=form.season)
    if form.day is not None and form.month is not None:
        return Moment("day", year, form.month, form.day)
    return Moment("month", year, form.month) if form.month is not None else Moment("year", year)


def _directed_year(expression: Expression, state: Discourse) -> Resolved:
    """ "June 2 last year", "August of that year", "last October", "next spring"."""
    form = expression.form
    anchor = state.now if form.year_base == "now" and state.now is not None and not state.narrative else state.text
    if anchor is None:
        return Resolved(expression, None, None, relative=True)
    direction = form.year_direction or 0
    if expression.rule.split("+")[0] in _NEAREST and form.year_base == "now":
        year = _nearest_in_direction(form, anchor, direction)
    else:
        year = anchor.year + direction
    other = _fielded(form, anchor.year + direction)
    moment = _fielded(form, year)
    others = ((other, "the calendar year before or after"),) if other is not None and other != moment else ()
    return Resolved(expression, moment, anchor.civil, relative=True, others=others)


_NEAREST = frozenset({"month_relative", "season", "holiday"})


def _nearest_in_direction(form: Form, anchor: Moment, direction: int) -> int:
    """ "last October" said in January is of the year before; said in December it is of this year."""
    month = _month_of(form) or 1
    here = anchor.month or 6
    if direction < 0:
        return anchor.year if month < here else anchor.year - 1
    if direction > 0:
        return anchor.year if month > here else anchor.year + 1
    return anchor.year


def _month_of(form: Form) -> int | None:
    if form.month is not None:
        return form.month
    if form.season is not None:
        return {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[form.season]
    if form.holiday is not None:
        day = feast(form.holiday, 2000)
        return None if day is None else day.month
    return None


def _day_alone(expression: Expression, state: Discourse) -> Resolved:
    """ "the 20th": of the month last mentioned."""
    form, ref = expression.form, state.text
    if ref is None or ref.month is None or form.day is None:
        return Resolved(expression, None, None, relative=True)
    return Resolved(expression, Moment("day", ref.year, ref.month, form.day), ref.civil, relative=True)


Years = tuple[int | None, tuple[tuple[int, str], ...], dt.date | None]


def _inferred_year(form: Form, state: Discourse, at: int, setting: Setting) -> Years:
    """The year of a date without one, further candidates with their reasons, and the anchor."""
    month = _month_of(form) or 1
    ref, now = state.reference, state.published
    if ref is not None and (state.narrative or now is None):
        year = _narrative_year(month, form, ref)
        return year, ((year - 1, "the year before"), (year + 1, "the year after")), ref.civil
    if now is None:
        return None, (), None
    news = _news_year(month, form.day, now, setting)
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


SOON_DAYS = 60
"""A day or month without a year that begins at most so many days ahead is of this year: of last year it would have been written with the year.
Chosen on the odd AQUAINT documents (30, 60 and 90 tried)."""


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
    if start is None or (now - start[0]).days < 330:
        return None
    day = min(form.day or 28, 28)
    fresh = abs((dt.date(news, month, day) - now).days) <= FRESH_DAYS
    for year in (ref.year, ref.year + 1):
        gap = (dt.date(year, month, day) - start[0]).days
        if -3 <= gap <= (CLOSE_DAYS if fresh else STORY_DAYS):
            return year
    return None


FRESH_DAYS = 45
"""A date that would lie so close to publication belongs to an older story only when it follows the story's last date ..."""
CLOSE_DAYS = 30
"""... by at most so many days."""


def _narrative_year(month: int, form: Form, ref: Moment) -> int:
    here = ref.month or (_season_month(ref.season) if ref.season else None)
    if here is None:
        return ref.year
    if form.season == "WI" and here >= 9:
        return ref.year
    if here - month >= WRAP_MONTHS:
        return ref.year + 1
    if month - here >= _BACK_MONTHS:
        return ref.year - 1
    return ref.year


_BACK_MONTHS = 7
"""In a narrative, a month so many months after the last one mentioned is of the year before ("In January ... in December the")."""


def _season_month(season: str) -> int:
    return {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[season]


# --- weekdays and weekends ---


def _weekday(expression: Expression, state: Discourse, *, forward: bool) -> Resolved:
    form = expression.form
    text_based = form.base == "text" or state.narrative or state.published is None
    anchor = state.text if text_based else state.now
    day = None if anchor is None else anchor.civil
    if day is None or form.weekday is None:
        return Resolved(expression, None, None, relative=True)
    named = next((d for d in reversed(state.days) if d.weekday() == form.weekday), None)
    if form.base == "text" and form.direction == 0 and named is not None:
        return Resolved(expression, on(named), day, relative=True)
    back = (day.weekday() - form.weekday) % 7
    ahead = (form.weekday - day.weekday()) % 7
    if form.unit == "week":
        offset = form.weekday - day.weekday() + 7 * (form.direction or 0)
    elif form.direction is not None and form.direction < 0:
        offset = -(back or 7)
    elif form.direction is not None and form.direction > 0:
        offset = ahead or 7
    elif text_based:
        offset = ahead if form.direction is None and ahead <= 3 else -back if form.direction is None else form.weekday - day.weekday()
    elif form.direction == 0:
        offset = form.weekday - day.weekday()
    else:
        offset = (ahead or 0) if forward else -back
    chosen = add_days(day, offset)
    rival = add_days(day, ahead or 7) if offset <= 0 else add_days(day, -(back or 7))
    others = () if rival is None else ((on(rival), "the other such day beside the anchor"),)
    return Resolved(expression, None if chosen is None else on(chosen), day, relative=True, others=others)


def _weekend(expression: Expression, state: Discourse) -> Resolved:
    form = expression.form
    anchor = state.text if state.narrative else state.now
    day = None if anchor is None else anchor.civil
    if day is None:
        return Resolved(expression, None, None, relative=True)
    if form.literal == "midweek":
        tuesday = add_days(day, 1 - day.weekday() - (7 if day.weekday() < 1 else 0))
        return Resolved(expression, None if tuesday is None else replace(on(tuesday), grain="midweek"), day, relative=True)
    back = (day.weekday() - 5) % 7
    offset = {-1: -(back if back > 1 else back + 7), 1: (5 - day.weekday()) % 7 or 7}.get(form.direction or 0, -back)
    saturday = add_days(day, offset)
    moment = None if saturday is None else Moment("weekend", saturday.year, saturday.month, saturday.day)
    return Resolved(expression, moment, day, relative=True)


# --- shifts, units, times ---


def _anchor(form: Form, state: Discourse) -> Moment | None:
    if form.base == "now":
        return state.text if state.narrative and form.kind != "shift" else state.now
    return state.text


def _shift(expression: Expression, state: Discourse) -> Resolved:
    form = expression.form
    anchor = _anchor(form, state)
    if anchor is None or form.amount is None or form.unit is None:
        return Resolved(expression, None, None, relative=True)
    if anchor.civil is None and form.unit in _DAY_UNITS and form.base == "text" and state.day is not None and not state.narrative:
        anchor = on(state.day)
    moment = shifted(anchor, form.unit, form.amount * form.sign)
    others: tuple[tuple[Moment, str], ...] = ()
    if form.base == "text" and state.now is not None and state.now != anchor:
        rival = shifted(state.now, form.unit, form.amount * form.sign)
        others = () if rival is None else ((rival, "counted from publication"),)
    return Resolved(expression, moment, anchor.civil, relative=True, others=others)


_DAY_UNITS = frozenset({"day", "week", "fortnight", "hour", "minute", "second"})


def _unit(expression: Expression, state: Discourse) -> Resolved:
    form = expression.form
    anchor = _anchor(form, state)
    if anchor is None or form.unit is None:
        return Resolved(expression, None, None, relative=True)
    if anchor.civil is None and form.unit in ("day", "week") and state.day is not None and not state.narrative:
        anchor = on(state.day)
    if form.unit in ("hour", "minute", "second"):
        return Resolved(expression, anchor if anchor.grain == "day" else None, anchor.civil, relative=True)
    return Resolved(expression, unit_of(anchor, form.unit, form.direction or 0), anchor.civil, relative=True)


def _time(expression: Expression, state: Discourse) -> Resolved:
    """A time of day alone: of the day being told of, else of the publication day."""
    day = state.day or state.published
    if state.narrative and state.reference is not None:
        day = state.reference.civil
    if expression.form.part == "overnight" and state.published is not None and not state.narrative:
        day = state.published if state.day is None or (state.published - state.day).days <= 1 else state.day
    return Resolved(expression, None if day is None else on(day), day, relative=True)
