"""Which events a selection means, and their counts in bins."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.assess.patterns.events import Event
from witnessmark.assess.patterns.layers import Layers, border_km
from witnessmark.model.comparing import points_apart_km
from witnessmark.model.patterns import CountSeries, Selection

PERIOD_DAYS = {"day": 1, "night": 1, "week": 7, "month": 30, "year": 365}
"""Days of a period. A month is taken for 30 days, which shifts a monthly rate by up to 3 %."""
_BINS = (1, 2, 3, 7, 14, 28)
_FULL = 1.0


@dataclass(frozen=True, slots=True)
class Selected:
    """Events that a selection means, and how many more it may mean that cannot be told for want of a day or point."""

    events: tuple[Event, ...]
    unclear: int


def select(events: Sequence[Event], chosen: Selection, layers: Layers) -> Selected:
    """The events that ``chosen`` means."""
    told = [(event, _meant(event, chosen, layers)) for event in events]
    return Selected(tuple(e for e, meant in told if meant), sum(e.number for e, meant in told if meant is None))


def _meant(event: Event, chosen: Selection, layers: Layers) -> bool | None:
    """Whether the selection means the event; None when the event does not say enough."""
    tests = (_of_day(event, chosen), _of_kind(event, chosen), _of_division(event, chosen), _of_point(event, chosen, layers))
    if any(t is False for t in tests):
        return False
    return None if any(t is None for t in tests) else True


def _of_day(event: Event, chosen: Selection) -> bool | None:
    if event.day is None:
        return None
    return (chosen.start is None or event.day >= chosen.start) and (chosen.end is None or event.day <= chosen.end)


def _of_kind(event: Event, chosen: Selection) -> bool:
    if chosen.acts and not _under(event.act, chosen.acts):
        return False
    if chosen.weapons and not any(_under(w, chosen.weapons) for w in event.weapons):
        return False
    return not chosen.objects or any(_under(o, chosen.objects) for o in event.objects)


def _under(identifier: str, wanted: Sequence[str]) -> bool:
    return any(identifier == w or identifier.startswith(f"{w}.") for w in wanted)


def _of_division(event: Event, chosen: Selection) -> bool | None:
    if chosen.countries:
        if event.country is None:
            return None
        if event.country not in chosen.countries:
            return False
    if not chosen.divisions:
        return True
    return None if event.division is None else event.division in chosen.divisions


def _of_point(event: Event, chosen: Selection, layers: Layers) -> bool | None:
    if chosen.border_km is None and chosen.layer is None and chosen.radius is None:
        return True
    if event.point is None:
        return None
    if chosen.border_km is not None:
        near = border_km(event.point, event.country, neighbours=chosen.neighbours) <= chosen.border_km
        if near == chosen.beyond_border:
            return False
    if chosen.layer is not None and layers.holds(chosen.layer, event.point, event.day) == chosen.outside:
        return False
    return chosen.radius is None or points_apart_km(event.point, chosen.radius[:2]) <= chosen.radius[2]


def window(events: Sequence[Event], chosen: Selection) -> tuple[dt.date, dt.date] | None:
    """First and last day that are counted: those of the selection, else those of the events."""
    days = [e.day for e in events if e.day is not None]
    start = chosen.start or min(days, default=None)
    end = chosen.end or max(days, default=None)
    return (start, end) if start is not None and end is not None and start <= end else None


def counted(events: Sequence[Event], span: tuple[dt.date, dt.date], *, days: int, unit: str, name: str = "") -> CountSeries:
    """Counts in bins of ``days`` days from the first day of ``span``; a last bin that is not full is left out, unless it is the only one."""
    start, end = span
    length = (end - start).days + 1
    bins = max(1, length // days)
    found: Counter[int] = Counter()
    for event in events:
        if event.day is not None and start <= event.day <= end:
            found[(event.day - start).days // days] += event.number
    return CountSeries(unit, start, days, tuple(found[at] for at in range(bins)), name=name)


def fitting_bin(events: Sequence[Event], span: tuple[dt.date, dt.date], *, least: int) -> int:
    """The narrowest bin, in days, in which a mean of one event falls while there are at least ``least`` bins; the widest that leaves so many, else."""
    length = (span[1] - span[0]).days + 1
    total = sum(e.number for e in events)
    allowed = [b for b in _BINS if length // b >= least] or [1]
    return next((b for b in allowed if total * b / length >= _FULL), allowed[-1])
