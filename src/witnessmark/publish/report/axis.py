"""The time axis: days to positions. Long empty stretches are folded, and the fold is drawn and named, so that the rest can be read."""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.model import DateValue
from witnessmark.publish.wording import MONTHS, plural

FOLD_WIDTH = 46.0
"""Width of a fold in units of the drawing: room for the sign and a short label."""

LEAST_FOLD = 180
"""Days below which an empty stretch is never folded: half a year can still be read at scale."""

_TICK_SPACE = 78.0
_LAST_DAY = dt.date.max.toordinal() - 1


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the time axis at ``x``."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Fold:
    """An empty stretch that is not drawn to scale: its middle, and how long it is."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class _Segment:
    """Days ``first`` .. ``last`` (both included) drawn from ``left`` to ``right``."""

    first: int
    last: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Axis:
    """Segments of days in order, with folds between them."""

    segments: tuple[_Segment, ...]

    @property
    def left(self) -> float:
        """Left edge of the plot."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Right edge of the plot."""
        return self.segments[-1].right

    def x(self, ordinal: int) -> float:
        """Position of the beginning of a day; days off the axis lie at its edge, folded days at the fold."""
        at = max(0, bisect.bisect_right([s.first for s in self.segments], ordinal) - 1)
        segment = self.segments[at]
        share = (ordinal - segment.first) / (segment.last + 1 - segment.first)
        return round(segment.left + min(1.0, max(0.0, share)) * (segment.right - segment.left), 1)

    def span(self, value: DateValue) -> tuple[float, float]:
        """Left edge and width of an interval; open ends run to the edge of the plot."""
        low = self.left if value.open_start else self.x(value.earliest.toordinal())
        high = self.right if value.open_end else self.x(value.latest.toordinal() + 1)
        return low, max(5.0, round(high - low, 1))

    def folds(self) -> tuple[Fold, ...]:
        """The folds between the segments."""
        pairs = itertools.pairwise(self.segments)
        return tuple(Fold(round((a.right + b.left) / 2, 1), _length(b.first - a.last - 1)) for a, b in pairs)

    def ticks(self) -> tuple[Tick, ...]:
        """Days, months or years, as many as there is room for."""
        return tuple(t for s in self.segments for t in self._ticks(s))

    def _ticks(self, segment: _Segment) -> Iterator[Tick]:
        days = segment.last - segment.first + 1
        room = max(1, int((segment.right - segment.left) / _TICK_SPACE))
        if room == 1 or days <= 8 * room:
            step = -(-days // room)
            start = segment.first if room > 1 else (segment.first + segment.last) // 2
            for n, ordinal in enumerate(range(start, segment.last + 1, step)):
                yield Tick(self.x(ordinal), _day(ordinal, year=n == 0))
            return
        months = next((m for m in (1, 2, 3, 6, 12) if days / 30.4 / m <= room), 12 * -(-days // (365 * room)))
        for day in _months(segment, months):
            yield Tick(self.x(day.toordinal()), str(day.year) if months >= 12 else f"{MONTHS[day.month - 1]} {day.year}")


def axis(dates: Sequence[DateValue], left: float, right: float) -> Axis:
    """An axis over all closed ends of ``dates``. An open end does not stretch it."""
    stretches = _merged(dates)
    kept = _fold(stretches)
    room = right - left - FOLD_WIDTH * (len(kept) - 1)
    total = sum(last - first + 1 for first, last in kept)
    # Each segment gets a fortieth of the room to be seen at all; the rest is shared out by length.
    floor = room / 40
    rest = room - floor * len(kept)
    segments = []
    at = left
    for first, last in kept:
        width = floor + rest * (last - first + 1) / total
        segments.append(_Segment(first, last, round(at, 1), round(at + width, 1)))
        at += width + FOLD_WIDTH
    return Axis(tuple(segments))


def _merged(dates: Sequence[DateValue]) -> list[tuple[int, int]]:
    """The days that any date covers, as stretches in order."""
    ends = []
    for value in dates:
        first, last = value.earliest.toordinal(), value.latest.toordinal()
        ends.append((last if value.open_start else first, first if value.open_end else last))
    out: list[tuple[int, int]] = []
    for first, last in sorted((min(e), max(e)) for e in ends):
        if out and first <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], last))
        else:
            out.append((first, last))
    return out or [(dt.date(2000, 1, 1).toordinal(),) * 2]


def _fold(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Fold the longest gap again and again while it takes more than a quarter of what is drawn; at most five folds."""
    folds: set[int] = set()
    gaps = [b[0] - a[1] - 1 for a, b in itertools.pairwise(stretches)]
    while len(folds) < 5:
        drawn = stretches[-1][1] - stretches[0][0] + 1 - sum(gaps[n] for n in folds)
        rest = [(gap, n) for n, gap in enumerate(gaps) if n not in folds]
        longest, at = max(rest, default=(0, 0))
        if longest < LEAST_FOLD or longest * 4 < drawn:
            break
        folds.add(at)
    return _padded(stretches, sorted(folds))


def _padded(stretches: Sequence[tuple[int, int]], folds: Sequence[int]) -> list[tuple[int, int]]:
    """The stretches between folds, with a little air around each."""
    bounds = [-1, *folds, len(stretches) - 1]
    parts = [(stretches[a + 1][0], stretches[b][1]) for a, b in itertools.pairwise(bounds)]
    air = max(1, sum(last - first + 1 for first, last in parts) // 30)
    return [(max(1, first - air), min(_LAST_DAY, last + air)) for first, last in parts]


def _months(segment: _Segment, step: int) -> Iterator[dt.date]:
    start = dt.date.fromordinal(segment.first)
    index = start.year * 12 + start.month - 1
    index += -index % step
    while index // 12 <= dt.date.max.year:
        day = dt.date(index // 12, index % 12 + 1, 1)
        if day.toordinal() > segment.last:
            return
        if day.toordinal() >= segment.first:
            yield day
        index += step


def _day(ordinal: int, *, year: bool) -> str:
    day = dt.date.fromordinal(ordinal)
    return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def _length(days: int) -> str:
    if days >= 700:
        return plural(round(days / 365.25), "year")
    return plural(round(days / 30.4), "month")
