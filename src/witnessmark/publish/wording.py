"""Values in plain words: the one place that turns a record's value into text for people.

Unknown, zero, vague and not stated stay four different things: each :class:`Words` names its ``state``.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from witnessmark.model import (
    ActorValue,
    ActValue,
    BreakdownValue,
    DateValue,
    HarmValue,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
)
from witnessmark.vocabulary import label

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

PLACE_PRECISION = {
    "P0": "point", "P1": "building or street", "P2": "neighbourhood", "P3": "settlement", "P4": "around a settlement",
    "P5": "district", "P6": "region", "P7": "named region", "P8": "country", "P9": "sea, air or unknown",
}  # fmt: skip
"""What each place precision means, in two or three words."""

DATE_PRECISION = {
    "T0": "clock time", "T1": "part of day", "T2": "day", "T3": "2–6 days", "T4": "week", "T5": "8–31 days",
    "T6": "longer than a month", "TR": "day of the report only",
}  # fmt: skip
"""What each date precision means, in two or three words."""

STATES = {
    "stated": "a value that the words give",
    "zero": "the words say that there were none",
    "vague": "the words give no number (“dozens”)",
    "unknown": "the words say that it is not known",
    "not_stated": "no words about it",
}
"""The five states of a field, and what each means."""

_COMPARATORS = {"ge": "at least ", "le": "up to ", "approx": "about "}
_RELATIONS = {"near": "near ", "between": "between ", "direction": "away from ", "distance": "away from "}
_BASES = {"stated": "as stated", "relative": "relative", "publication": "from the publication date"}


@dataclass(frozen=True, slots=True)
class Words:
    """``text`` for people; ``state`` is a key of :data:`STATES`; ``detail`` is the precision or kind, where there is one."""

    text: str
    state: str = "stated"
    detail: str = ""


NOT_STATED = Words("not stated", "not_stated")


def count(number: int) -> str:
    """``number`` with thin groups of three, as read in any language (5,000 as ``5 000``)."""
    return f"{number:,}".replace(",", "\u202f")


def plural(number: int, one: str, many: str | None = None) -> str:
    """``number`` with its noun."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def quantity(value: Quantity | None) -> Words:
    """A count in words; never a number where the text gives none."""
    if value is None:
        return NOT_STATED
    if value.unknown:
        return Words("unknown", "unknown")
    if value.comparator == "times" and value.factor is not None:
        return Words(f"{value.factor:g} times")
    if value.minimum is None and value.maximum is None:
        return Words(f"“{value.expression}”", "vague")
    if value.is_zero:
        return Words("0", "zero")
    return Words(_bounds(value))


def _bounds(value: Quantity) -> str:
    low, high = value.minimum, value.maximum
    if low is not None and high is not None and low != high:
        return f"{count(low)}–{count(high)}"
    number = low if low is not None else high
    assert number is not None  # both None was taken above
    prefix = _COMPARATORS.get(value.comparator, "")
    if not prefix and high is None:
        prefix = "at least "
    if not prefix and low is None:
        prefix = "up to "
    return prefix + count(number)


def _day(day: dt.date, *, year: bool = True, month: bool = True) -> str:
    parts = [str(day.day)]
    if month:
        parts.append(MONTHS[day.month - 1])
    if year:
        parts.append(f"{day.year:04d}")
    return " ".join(parts)


def day(value: dt.date) -> str:
    """One day with the name of its month."""
    return _day(value)


def _interval(earliest: dt.date, latest: dt.date) -> str:
    if earliest == latest:
        return _day(earliest)
    last_of_month = calendar.monthrange(latest.year, latest.month)[1]
    if earliest.day == 1 and latest.day == last_of_month:
        return _months(earliest, latest)
    same_year = earliest.year == latest.year
    same_month = same_year and earliest.month == latest.month
    if same_month:
        return f"{earliest.day}–{_day(latest)}"
    return f"{_day(earliest, year=not same_year)} – {_day(latest)}"


def _months(earliest: dt.date, latest: dt.date) -> str:
    if (earliest.month, latest.month) == (1, 12):
        return f"{earliest.year}" if earliest.year == latest.year else f"{earliest.year}–{latest.year}"
    end = f"{MONTHS[latest.month - 1]} {latest.year}"
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return end
    start = MONTHS[earliest.month - 1] + ("" if earliest.year == latest.year else f" {earliest.year}")
    return f"{start} – {end}"


def date(value: DateValue | None) -> Words:
    """An interval with its precision; a date that rests on the publication date says so."""
    if value is None:
        return NOT_STATED
    text = _interval(value.earliest, value.latest)
    if value.open_end:
        text = f"from {_day(value.earliest)} on"
    elif value.open_start:
        text = f"until {_day(value.latest)}"
    if value.clock:
        text += f", {value.clock}"
    elif value.part_of_day:
        text += f", {value.part_of_day}"
    detail = DATE_PRECISION.get(value.precision, value.precision)
    if value.basis != "stated":
        detail += f", {_BASES.get(value.basis, value.basis)}"
    return Words(text, detail=detail)


def place(value: PlaceValue | None) -> Words:
    """Name, division and country with the precision; an unresolved name says that it was not placed."""
    if value is None:
        return NOT_STATED
    parts = [_RELATIONS.get(value.relation, "") + value.name]
    if value.adm1 and value.adm1 != value.name:
        parts.append(value.adm1)
    if value.country:
        parts.append(value.country)
    detail = PLACE_PRECISION.get(value.precision, value.precision)
    if not value.resolved:
        detail += ", not placed"
    return Words(", ".join(parts), detail=detail)


def act(identifier: str) -> Words:
    """The label of an act. That an attack was told of is stated, even where its kind is not."""
    return Words(label("act", identifier))


def actor(value: ActorValue | None) -> Words:
    """A party's name with its kind."""
    if value is None:
        return NOT_STATED
    if value.name in {"", "unknown"}:
        return Words("unknown", "unknown")
    return Words(value.name, detail="" if value.kind == "unknown" else label("actor_kind", value.kind))


def munition(value: MunitionValue) -> Words:
    """Effect and weapon, in that order; how it was identified where that is not plain assertion."""
    names = []
    if value.effect:
        names.append(label("effect", value.effect))
    if value.weapon and value.weapon != "unknown":
        names.append(label("weapon", value.weapon))
    if not names:
        return Words("unknown", "unknown")
    text = ", ".join(names)
    if value.count is not None:
        text = f"{quantity(value.count).text} × {text}"
    return Words(text, detail="" if value.identification == "asserted" else value.identification)


def hit_object(value: ObjectValue) -> Words:
    """What was hit, with count and damage where stated."""
    text = label("object", value.kind)
    if value.count is not None:
        text = f"{quantity(value.count).text} × {text}"
    return Words(text, "unknown" if value.kind == "unknown" else "stated", "" if value.damage == "unknown" else value.damage)


def toll(value: BreakdownValue | HarmValue) -> Words:
    """A part of a toll: which group, how many, and the harm. The group comes first so that it reads well with any number."""
    amount = quantity(value.quantity)
    if amount.state == "vague":
        return Words(amount.text, amount.state, f"{label('harm', value.harm)}, {label('group', value.group)}")
    group = "" if value.group == "people" else f"{label('group', value.group)}: "
    return Words(group + amount.text, amount.state, label("harm", value.harm))


def value_words(value: object, field: str = "") -> Words:
    """Words for any field value; text of a closed list is labelled when ``field`` says which list."""
    if value is None:
        return NOT_STATED
    for kind, writer in _WRITERS:
        if isinstance(value, kind):
            return writer(value)
    if field == "act":
        return act(str(value))
    return Words(label("harm", str(value)) if field == "aftermath" else str(value))


_WRITERS: tuple[tuple[type, Callable[[Any], Words]], ...] = (
    (Quantity, quantity),
    (DateValue, date),
    (PlaceValue, place),
    (ActorValue, actor),
    (ActValue, lambda value: act(value.kind)),
    (MunitionValue, munition),
    (ObjectValue, hit_object),
    (BreakdownValue, toll),
    (HarmValue, toll),
)
