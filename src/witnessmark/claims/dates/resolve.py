"""Resolves forms one after the other, with the publication day and the last date mentioned as anchors.

Two manners of dating: in *news* a date without a year is the last such day up to publication, unless the words look forward or the text is
in the middle of telling an older story; in a *narrative* (no publication day, or a text whose stated years lie well before it) the last
date mentioned carries the year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from witnessmark.claims.dates.civil import add_days, feast, nth_weekday
from witnessmark.claims.dates.discourse import Discourse, Resolved, Setting, is_narrative, look_ahead, remember
from witnessmark.claims.dates.forms import Expression, Form
from witnessmark.claims.dates.moments import DAY_UNITS, Moment, on, shifted, unit_of
from witnessmark.claims.dates.nations import national_day
from witnessmark.claims.dates.wars import war_day, war_weights
from witnessmark.claims.dates.years import inferred_year, nearest_in_direction


def resolve(found: Sequence[Expression], published: dt.date | None, *, text: str, settings: Sequence[Setting]) -> list[Resolved]:
    """The meaning of each expression, in order.

    ``settings`` has one entry per expression; ``text`` is asked which war a day is counted in.
    """
    state = Discourse(published, is_narrative(found, published), words=text)
    state.before_christ = sum(e.form.era < 0 for e in found) >= 3
    if published is None:
        look_ahead(state, found)
    out: list[Resolved] = []
    paragraph = -1
    for at, expression in enumerate(found):
        setting = settings[at]
        if setting.paragraph != paragraph and not setting.background and not state.narrative:
            state.day = state.main_day
        paragraph = setting.paragraph
        one = resolve_one(expression, state, setting)
        if setting.leaning:
            one = _leaning(one, resolve_one(found[at + 1], state, settings[at + 1]))
        remember(one, state, setting)
        out.append(one)
    return out


def _leaning(one: Resolved, following: Resolved) -> Resolved:
    """ "three days before the truce of 10 January" counts from the date after it, where that is a day."""
    form, anchor = one.form, following.moment
    if anchor is None or anchor.civil is None or form.amount is None or form.unit is None:
        return one
    moment = shifted(anchor, form.unit, form.amount * form.sign)
    return one if moment is None else Resolved(one.expression, moment, anchor.civil, relative=True)


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
        return _war_day(expression, state)
    return Resolved(expression, None, None, relative=True)


def _war_day(expression: Expression, state: Discourse) -> Resolved:
    """Counted from the first day that the text gives, else from that of a war that is generally counted."""
    number = int(expression.form.amount or 0)
    if state.war_start is not None:
        day = add_days(state.war_start, number - 1)
        return Resolved(expression, None if day is None else on(day), state.war_start, relative=True)
    if expression.form.war == "told":
        return Resolved(expression, None, None, relative=True)
    if state.wars is None:
        state.wars = war_weights(state.words)
    day = war_day(number, state.wars, state.published)
    return Resolved(expression, None if day is None else on(day), None, relative=True)


# --- dates with calendar fields ---


def _date(expression: Expression, state: Discourse, setting: Setting) -> Resolved:
    expression = _of_a_nation(expression, state)
    form = expression.form
    if form.decade is not None or form.century is not None:
        return Resolved(expression, _period(form, state), None, relative=False)
    if form.year is not None:
        stated = _astronomical(form, state)
        return Resolved(expression, _fielded(_day_order(expression, stated, state), stated), None, relative=False)
    if form.year_direction is not None:
        return _directed_year(expression, state)
    if form.month is None and form.season is None and form.holiday is None:
        return _day_alone(expression, state)
    year, others, anchor = inferred_year(form, state, expression.first, setting)
    if year is None:
        return Resolved(expression, None, None, relative=True)
    form = _day_order(expression, year, state)
    moment = _fielded(form, year)
    rest = tuple((m, why) for y, why in others if (m := _fielded(form, y)) is not None and m != moment)
    relative = state.published is None or (form.day is None and form.holiday is None)
    return Resolved(expression, moment, anchor, relative=relative, others=rest)


_NATIONAL = "national:"


def _of_a_nation(expression: Expression, state: Discourse) -> Expression:
    """ "Independence Day" with the day of the country that the text speaks of; without any day where it names none."""
    form = expression.form
    if form.holiday is None or not form.holiday.startswith(_NATIONAL):
        return expression
    return replace(expression, form=replace(form, holiday=national_day(form.holiday.removeprefix(_NATIONAL), state.words)))


def _day_order(expression: Expression, year: int, state: Discourse) -> Form:
    """ "06/09": day first, unless only month first gives a day of the half year up to publication."""
    form, now = expression.form, state.published
    if expression.rule.split("+")[0] != "slash_date" or now is None or form.day is None or form.month is None or form.day > 12:
        return form
    swapped = replace(form, day=form.month, month=form.day)
    ages = [(now - day).days for f in (form, swapped) if (m := _fielded(f, year)) is not None and (day := m.civil) is not None]
    return swapped if len(ages) == 2 and not 0 <= ages[0] <= _SLASH_DAYS and 0 <= ages[1] <= _SLASH_DAYS else form


_SLASH_DAYS = 183
"""Half a year."""


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
    if form.nth is not None and form.weekday is not None and form.month is not None:
        return on(nth_weekday(year, form.month, form.weekday, min(form.nth, 4))) if 1 <= year <= 9998 else None
    if form.quarter is not None:
        return Moment("quarter", year, half=min(form.quarter, 4))
    if form.half is not None and form.month is None:
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
        year = nearest_in_direction(form, anchor, direction)
    else:
        year = anchor.year + direction
    other = _fielded(form, anchor.year + direction)
    moment = _fielded(form, year)
    others = ((other, "the calendar year before or after"),) if other is not None and other != moment else ()
    return Resolved(expression, moment, anchor.civil, relative=True, others=others)


_NEAREST = frozenset({"month_relative", "season", "holiday"})


def _day_alone(expression: Expression, state: Discourse) -> Resolved:
    """ "the 20th": of the month last mentioned."""
    form, ref = expression.form, state.text
    if ref is None or ref.month is None or form.day is None:
        return Resolved(expression, None, None, relative=True)
    return Resolved(expression, Moment("day", ref.year, ref.month, form.day), ref.civil, relative=True)


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
    back, ahead = (day.weekday() - form.weekday) % 7, (form.weekday - day.weekday()) % 7
    offset = _weekday_offset(form, day, text_based=text_based, forward=forward)
    chosen = add_days(day, offset)
    rival = add_days(day, ahead or 7) if offset <= 0 else add_days(day, -(back or 7))
    others = () if rival is None else ((on(rival), "the other such day beside the anchor"),)
    return Resolved(expression, None if chosen is None else on(chosen), day, relative=True, others=others)


def _weekday_offset(form: Form, day: dt.date, *, text_based: bool, forward: bool) -> int:
    """Days from the anchor ``day`` to the weekday that is meant."""
    weekday = form.weekday or 0
    back, ahead = (day.weekday() - weekday) % 7, (weekday - day.weekday()) % 7
    if form.unit == "week":
        return weekday - day.weekday() + 7 * (form.direction or 0)
    if form.direction is not None:
        return weekday - day.weekday() if form.direction == 0 else ahead or 7 if form.direction > 0 else -(back or 7)
    if text_based:
        return ahead if ahead <= 3 else -back
    return ahead if forward else -back


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


def _hangs(form: Form, state: Discourse) -> bool:
    """ "two days later" in news that has named no day yet: counted from publication it would lie ahead."""
    ahead = form.sign > 0 or (form.direction or 0) > 0
    return form.base == "text" and ahead and state.reference is None and state.published is not None


def _shift(expression: Expression, state: Discourse) -> Resolved:
    form = expression.form
    anchor = _anchor(form, state)
    if anchor is None or form.amount is None or form.unit is None or _hangs(form, state):
        return Resolved(expression, None, None, relative=True)
    if anchor.civil is None and form.unit in DAY_UNITS and form.base == "text" and state.day is not None and not state.narrative:
        anchor = on(state.day)
    moment = shifted(anchor, form.unit, form.amount * form.sign)
    others: tuple[tuple[Moment, str], ...] = ()
    if form.base == "text" and state.now is not None and state.now != anchor:
        rival = shifted(state.now, form.unit, form.amount * form.sign)
        others = () if rival is None else ((rival, "counted from publication"),)
    return Resolved(expression, moment, anchor.civil, relative=True, others=others)


def _unit(expression: Expression, state: Discourse) -> Resolved:
    form = expression.form
    anchor = _anchor(form, state)
    if anchor is None or form.unit is None or _hangs(form, state):
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
