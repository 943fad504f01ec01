"""What a field can hold: quantities, dates, places, actors, munitions, objects.

Unknown, zero, vague and not stated are four different things: *not stated* is the absence of the field;
*unknown* is ``Quantity(unknown=True)``; *vague* has an expression ("dozens") and no bounds; *zero* is 0 with words.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from witnessmark.model.spans import Span


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count as the words give it.

    ``minimum`` and ``maximum`` are inclusive bounds in ``unit``; both None means that no number can be had from the
    words, for which ``vague`` (the class: several, dozens, scores, hundreds, thousands, many, mass) or ``unknown`` gives the
    reason. ``comparator`` is one of eq, ge, le, approx, range, times. ``as_of`` is the day that the figure is of, when stated.
    ``factor`` goes with ``times``: how many times as many as before ("doubled" = 2.0, "down by a third" = 0.67); the bounds hold it
    too when it is whole.
    """

    minimum: int | None
    maximum: int | None
    comparator: str
    expression: str
    unit: str = "person"
    vague: str | None = None
    unknown: bool = False
    as_of: dt.date | None = None
    factor: float | None = None

    @property
    def point(self) -> int | None:
        """The one number when the bounds agree, else None."""
        return self.minimum if self.minimum is not None and self.minimum == self.maximum else None

    @property
    def is_zero(self) -> bool:
        """True when the words say that there were none."""
        return self.minimum == 0 and self.maximum == 0


@dataclass(frozen=True, slots=True)
class DateValue:
    """A closed interval of civil days.

    ``precision``: T0 clock time, T1 part of day, T2 day, T3 2-6 days, T4 week, T5 8-31 days, T6 longer, TR only the report
    date known. ``basis``: stated, relative (to the dateline or to another date), publication. ``anchor`` is the day that a
    relative expression was counted from. ``open_start``/``open_end`` mark "until ..." and "since ...". ``clock`` is "HH:MM".
    ``part_of_day``: night, morning, midday, afternoon, evening, or None. ``zone`` is the time zone that the words give the clock time in: an
    IANA name, "local", or None when they do not say; day and clock are those of the words, not converted.
    """

    earliest: dt.date
    latest: dt.date
    precision: str
    basis: str
    anchor: dt.date | None = None
    open_start: bool = False
    open_end: bool = False
    clock: str | None = None
    part_of_day: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """One gazetteer row that a toponym may mean. ``score`` is comparable only inside one mention; higher is better."""

    gazetteer_id: str
    name: str
    country: str | None
    adm1: str | None
    latitude: float
    longitude: float
    feature: str
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """A resolved (or unresolved) toponym.

    ``name`` is the gazetteer's English name, or the words themselves when unresolved. ``precision`` P0 (building) ... P9, never
    finer than the words. Latitude and longitude in degrees, None when unresolved. ``relation``: in, near, between, direction,
    distance. ``role``: event, origin, dateline, speaker_seat, home, other. ``radius_km`` is the stated uncertainty.
    ``country`` is ISO 3166-1 alpha-2, ``adm1`` the English name of the first-order division.
    """

    name: str
    country: str | None
    adm1: str | None
    latitude: float | None
    longitude: float | None
    precision: str
    gazetteer_id: str | None = None
    feature: str | None = None
    relation: str = "in"
    role: str = "event"
    radius_km: float | None = None

    @property
    def resolved(self) -> bool:
        """True when the words were tied to a point on the map."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True, slots=True)
class ActorValue:
    """A party. ``name`` is canonical English ("Russia", "Rapid Support Forces", "disputed"); ``kind`` as in domain actor types."""

    name: str
    kind: str = "unknown"


@dataclass(frozen=True, slots=True)
class ActValue:
    """An act that the document tells beside the chosen one; ``kind`` is an id of the vocabulary."""

    kind: str


@dataclass(frozen=True, slots=True)
class MunitionValue:
    """Weapon and effect on separate axes; None = not stated. ``identification``: asserted, attributed, inferred, remnants,
    expert, disputed. ``count`` is the number of munitions, where stated."""

    weapon: str | None
    effect: str | None
    identification: str = "asserted"
    count: Quantity | None = None


@dataclass(frozen=True, slots=True)
class ObjectValue:
    """What was hit. ``damage``: none, light, partial, destroyed, unknown."""

    kind: str
    damage: str = "unknown"
    count: Quantity | None = None


@dataclass(frozen=True, slots=True)
class BreakdownValue:
    """A part of a toll: ``harm`` (killed, injured, missing ...) to a ``group`` (children, women, medics ...)."""

    harm: str
    group: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class HarmValue:
    """A toll of people as some words give it, before it is tied to an incident. ``group`` is "people" when none is named.

    ``part_of`` marks the words of the total that this toll is a part of ("three of them children"). ``update``: told as a later figure
    ("has risen to"); ``superseded``: told as an earlier one ("up from 12"); ``additional``: on top of a figure given before ("another 5").
    """

    harm: str
    group: str
    quantity: Quantity
    part_of: Span | None = None
    update: bool = False
    superseded: bool = False
    additional: bool = False
