"""The map, the timeline and the counts of many incidents: columns in memory, one pass for each question.

100,000 incidents take some milliseconds; the page gets cells and bins, never the incidents themselves.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from witnessmark.errors import UsageError

STATES = ("unreviewed", "started", "reviewed", "disputed")
"""How the review of an incident stands: no decision; some; one on every value that the queue asks about and no dispute; at least one dispute."""

POINTS = 400
"""Up to so many distinct places are drawn one by one; more are gathered into cells of a grid."""

GRID = 36
"""Cells of the grid across the map."""

BINS = 120
"""Greatest number of bars of the timeline."""

_WIDTHS = (1, 7, 14, 30, 91, 182, 365, 730, 3653)

Box = tuple[float, float, float, float]
"""South, west, north, east in degrees."""

_Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which incidents are meant. Empty parts mean all. ``first`` and ``last`` keep the incidents whose interval meets them."""

    acts: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    first: dt.date | None = None
    last: dt.date | None = None
    box: Box | None = None
    lane: str = ""
    contradicted: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Incidents at one place, or in one cell of the grid. ``radius`` is the widest uncertainty in km; ``contradicted`` counts those with a
    contradiction; ``n`` is the incident's number where there is only one, ``place`` (with division and country) the name where all are at one place."""

    latitude: float
    longitude: float
    count: int
    radius: float
    contradicted: int
    n: int | None
    gathered: bool
    place: str = ""
    adm1: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Bin:
    """One bar of the timeline: ``sure`` incidents lie wholly in it, ``spread`` is the share of those that last longer or are known less
    exactly, spread evenly over their days."""

    first: dt.date
    last: dt.date
    sure: int
    spread: float


@dataclass(frozen=True, slots=True)
class Overview:
    """``total`` incidents pass the filter. ``undated`` and ``unplaced`` are those without a day or a point; ``earlier`` and ``later`` those that
    lie outside of the bars, where a few far days would press all others into one bar. ``facets`` count, for each
    value of a part of the filter, the incidents that the other parts let pass."""

    total: int
    cells: tuple[Cell, ...]
    bins: tuple[Bin, ...]
    undated: int
    unplaced: int
    earlier: int
    later: int
    facets: Mapping[str, Mapping[str, int]]
    box: Box | None


class Incidents:
    """Columns of all incidents of one index, by number."""

    def __init__(self, db: sqlite3.Connection) -> None:
        rows = db.execute(
            "SELECT act, COALESCE(country, ''), latitude, longitude, COALESCE(radius, 0), earliest, latest, contradictions,"
            " COALESCE(killed_high, killed_low, -1), COALESCE(place, ''), COALESCE(adm1, '') FROM incident ORDER BY n"
        ).fetchall()
        columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) if rows else [()] * 11
        self._places = [(sys.intern(name), sys.intern(adm1)) for name, adm1 in zip(columns[9], columns[10], strict=True)]
        self.size = len(rows)
        self.acts, self._act = _codes(columns[0])
        self.countries, self._country = _codes(columns[1])
        self._latitude, self._longitude, self._radius = (_numbers(columns[i]) for i in (2, 3, 4))
        self._first, self._last = (_numbers(columns[i]) for i in (5, 6))
        self.contradictions = np.array(columns[7], dtype=np.int64)
        self._killed = np.array(columns[8], dtype=np.int64)
        # Each distinct point has a number, so that a place is counted without sorting.
        points = np.round(np.nan_to_num(self._latitude, nan=-91.0) * 1e4) * 1e8 + np.round(np.nan_to_num(self._longitude) * 1e4)
        self._spot = np.unique(points, return_inverse=True)[1].astype(np.int64)
        self._state = np.zeros(self.size, dtype=np.int8)

    def mark(self, n: int, state: str) -> None:
        """Note how the review of incident ``n`` stands."""
        self._state[n] = STATES.index(state)

    def state(self, n: int) -> int:
        """How the review of incident ``n`` stands, as an index into :data:`STATES`."""
        return int(self._state[n])

    def overview(self, wanted: Filter, view: Box | None = None) -> Overview:
        """Cells of the incidents in ``view`` (default: all that pass), bins, lanes and facets."""
        mask = self._mask(wanted)
        placed = mask & ~np.isnan(self._latitude)
        dated = mask & ~np.isnan(self._first)
        box = view or self._around(placed)
        low, high = self._window(dated)
        return Overview(
            total=int(mask.sum()),
            cells=self._cells(placed, box) if box else (),
            bins=self._bins(dated, low, high),
            undated=int(mask.sum() - dated.sum()),
            unplaced=int(mask.sum() - placed.sum()),
            earlier=int((dated & (self._last < low)).sum()),
            later=int((dated & (self._first > high)).sum()),
            facets=self._facets(wanted),
            box=box,
        )

    def listed(self, wanted: Filter, *, order: str, start: int, size: int) -> tuple[int, ...]:
        """Numbers of the incidents that pass, ``size`` of them from the ``start``-th on, newest first or by figure of killed.

        Raises:
            UsageError: WM004 for an unknown order.
        """
        found = np.flatnonzero(self._mask(wanted))
        if order == "date":
            rank = np.nan_to_num(self._first[found], nan=-1.0)
        elif order == "killed":
            rank = self._killed[found].astype(np.float64)
        elif order == "contradictions":
            rank = self.contradictions[found].astype(np.float64)
        else:
            raise UsageError("WM004", order)
        best = np.argsort(-rank, kind="stable")
        return tuple(int(n) for n in found[best[start : start + size]])

    def _mask(self, wanted: Filter) -> _Flags:
        mask = np.ones(self.size, dtype=np.bool_)
        for chosen, names, codes in ((wanted.acts, self.acts, self._act), (wanted.countries, self.countries, self._country)):
            if chosen:
                mask &= np.isin(codes, [names.index(c) for c in chosen if c in names])
        if wanted.states:
            mask &= np.isin(self._state, [STATES.index(s) for s in wanted.states if s in STATES])
        if wanted.contradicted:
            mask &= self.contradictions > 0
        if wanted.first is not None:
            mask &= self._last >= wanted.first.toordinal()
        if wanted.last is not None:
            mask &= self._first <= wanted.last.toordinal()
        if wanted.box is not None:
            mask &= self._inside(wanted.box)
        if wanted.lane:
            mask &= np.isnan(self._first if wanted.lane == "undated" else self._latitude)
        return mask

    def _inside(self, box: Box) -> _Flags:
        south, west, north, east = box
        inside: _Flags = (self._latitude >= south) & (self._latitude <= north) & (self._longitude >= west) & (self._longitude <= east)
        return inside

    def _around(self, placed: _Flags) -> Box | None:
        """Around the middle 98 of 100 placed incidents: one far report does not shrink the rest to a dot."""
        if not placed.any():
            return None
        latitude, longitude = self._latitude[placed], self._longitude[placed]
        south, north = (float(v) for v in np.quantile(latitude, (0.01, 0.99)))
        west, east = (float(v) for v in np.quantile(longitude, (0.01, 0.99)))
        high, wide = max(north - south, 1.0) * 0.15, max(east - west, 1.5) * 0.15
        return max(-85.0, south - high), max(-180.0, west - wide), min(85.0, north + high), min(180.0, east + wide)

    def _cells(self, placed: _Flags, box: Box) -> tuple[Cell, ...]:
        held = np.flatnonzero(placed & self._inside(box))
        if not held.size:
            return ()
        counts = np.bincount(self._spot[held])
        gathered = bool(np.count_nonzero(counts) > POINTS)
        where = self._spot[held]
        if gathered:
            south, west, _, east = box
            size = max((east - west) / GRID, 1e-6)
            across, up = (self._longitude[held] - west) // size, (self._latitude[held] - south) // (size * 0.62)
            where = (up * (GRID + 2) + across).astype(np.int64)
            counts = np.bincount(where)
        used = np.flatnonzero(counts)
        number = np.zeros(counts.size, dtype=np.int64)
        number[used] = np.arange(used.size)
        return self._gathered(held, number[where], used.size, gathered)

    def _gathered(self, held: NDArray[np.int64], group: NDArray[np.int64], number: int, gathered: bool) -> tuple[Cell, ...]:
        count = np.bincount(group, minlength=number)
        latitude = np.bincount(group, self._latitude[held], number) / count
        longitude = np.bincount(group, self._longitude[held], number) / count
        clash = np.bincount(group, self.contradictions[held] > 0, number)
        radius = np.zeros(number)
        np.maximum.at(radius, group, self._radius[held])
        only = np.full(number, -1, dtype=np.int64)
        only[group] = held
        order = np.argsort(-count, kind="stable")
        return tuple(
            Cell(
                round(float(latitude[i]), 4), round(float(longitude[i]), 4), int(count[i]), round(float(radius[i]), 2), int(clash[i]),
                int(only[i]) if count[i] == 1 else None, gathered and bool(count[i] > 1),
                *(("", "", "") if gathered and count[i] > 1 else (*self._places[only[i]], self.countries[self._country[only[i]]])),
            )
            for i in order
        )  # fmt: skip

    def _window(self, dated: _Flags) -> tuple[int, int]:
        """First and last day of the timeline: all days, or those around the middle 80 of 100 incidents where the whole is six times as long."""
        if not dated.any():
            return 0, 0
        first, last = self._first[dated], self._last[dated]
        low, high = int(first.min()), int(min(last.max(), first.max() + 366))
        near, far = (int(v) for v in np.quantile(first, (0.1, 0.9)))
        long = far - near
        if long < 30 or high - low <= 6 * long:
            return low, high
        held = (last >= near - long) & (first <= far + long)
        return max(near - long, int(first[held].min())), min(far + long, int(last[held].max()))

    def _bins(self, dated: _Flags, low: int, high: int) -> tuple[Bin, ...]:
        inside = dated & (self._last >= low) & (self._first <= high)
        if not inside.any():
            return ()
        width = next((w for w in _WIDTHS if (high - low) // w < BINS), _WIDTHS[-1])
        number = (high - low) // width + 1
        begin = np.maximum((self._first[inside] - low) // width, 0).astype(np.int64)
        end = np.minimum((self._last[inside] - low) // width, number - 1).astype(np.int64)
        sure = np.bincount(begin[begin == end], minlength=number)
        wide = begin != end
        share = np.zeros(number + 1)
        each = 1.0 / (end[wide] - begin[wide] + 1)
        np.add.at(share, begin[wide], each)
        np.add.at(share, end[wide] + 1, -each)
        spread = np.maximum(np.cumsum(share)[:number], 0.0)
        days = [dt.date.fromordinal(low + i * width) for i in range(number)]
        return tuple(
            Bin(day, day + dt.timedelta(days=width - 1), int(s), round(float(w), 2)) for day, s, w in zip(days, sure, spread, strict=True)
        )

    def _facets(self, wanted: Filter) -> dict[str, dict[str, int]]:
        acts = np.bincount(self._act[self._mask(replace(wanted, acts=()))], minlength=len(self.acts))
        countries = np.bincount(self._country[self._mask(replace(wanted, countries=()))], minlength=len(self.countries))
        states = np.bincount(self._state[self._mask(replace(wanted, states=()))], minlength=len(STATES))
        return {"act": _counted(self.acts, acts), "country": _counted(self.countries, countries), "state": _counted(STATES, states)}


def _codes(values: Sequence[str]) -> tuple[list[str], NDArray[np.int64]]:
    names = sorted(set(values))
    number = {name: n for n, name in enumerate(names)}
    return names, np.array([number[v] for v in values], dtype=np.int64)


def _numbers(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def _counted(names: Sequence[str], counts: NDArray[np.int64]) -> dict[str, int]:
    pairs = sorted(((name, int(c)) for name, c in zip(names, counts, strict=True) if c), key=lambda pair: (-pair[1], pair[0]))
    return dict(pairs)
