"""Patterns that were tested, as a listing and as charts."""

from __future__ import annotations

import html
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.model.patterns import CountSeries, PatternTest, Undercount
from witnessmark.model.serialise import to_data
from witnessmark.publish.listing.shapes import Cell, Grid, Listing
from witnessmark.vocabulary import label

VERDICTS = {"supported": "supported", "not_supported": "not supported", "not_testable": "not testable with these data"}
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 220, 44, 28, 28
_COLOURS = ("#1f6f8b", "#b25d1e")
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Patterns:
    """Tests in the order of the hypotheses, and how many incidents no source tells (None where a table was used)."""

    tests: tuple[PatternTest, ...]
    undercount: Undercount | None

    def listing(self) -> Listing:
        """For terminals and notebooks."""
        return listed(self.tests, self.undercount)

    def to_json(self) -> dict[str, Any]:
        """One object of plain values."""
        return {"tests": [to_data(t) for t in self.tests], "undercount": to_data(self.undercount) if self.undercount else None}

    def write_charts(self, folder: str | os.PathLike[str]) -> tuple[Path, ...]:
        """One SVG for each test that used counts, named by its hypothesis."""
        root = Path(folder)
        root.mkdir(parents=True, exist_ok=True)
        out: list[Path] = []
        for number, test in enumerate(self.tests, 1):
            drawn = chart(test)
            if drawn:
                name = "".join(c if c.isalnum() or c in "-_" else "-" for c in test.hypothesis.identifier)[:60]
                out.append(root / f"{number:03}-{name}.svg")
                out[-1].write_text(drawn, encoding="utf-8")
        return tuple(out)


def listed(tests: Sequence[PatternTest], counted: Undercount | None = None) -> Listing:
    """Each hypothesis with its verdict, the reason and what weakens it; then which sources tell of the same incidents."""
    grids = [Grid("Patterns", ("hypothesis", "verdict", "why", "events", "caveats"), tuple(_row(t) for t in tests))]
    if counted is not None:
        rows = tuple((Cell(", ".join(o.sources)), Cell(str(o.incidents))) for o in counted.overlaps)
        grids.append(Grid("Incidents by the sources that tell of them", ("sources", "incidents"), rows))
    found = {v: sum(t.verdict == v for t in tests) for v in VERDICTS}
    heading = ", ".join(f"{number} {VERDICTS[verdict]}" for verdict, number in found.items()) or "no hypothesis"
    return Listing(heading, tuple(grids), closing=_undercount_lines(counted))


def _row(test: PatternTest) -> tuple[Cell, ...]:
    said = test.hypothesis
    name = f"“{' '.join(said.words.split())}”" if said.words else said.identifier
    p = test.estimate.adjusted if test.estimate is not None else None
    return (
        Cell(name, note=said.stated_in or ""),
        Cell(VERDICTS[test.verdict], note=f"p = {p:.3g}" if p is not None else ""),
        Cell(test.reason, note=test.method),
        Cell(str(test.used), note=f"{test.left_out} left out" if test.left_out else ""),
        Cell("; ".join(test.caveats)),
    )


def _undercount_lines(counted: Undercount | None) -> tuple[str, ...]:
    if counted is None:
        return ()
    if counted.estimate is None:
        return (f"{counted.seen} incidents are told. How many are not cannot be estimated: {counted.refusal}.",)
    e = counted.estimate
    told = f"{counted.seen} incidents are told; with those that no source tells there may be {e.value:.0f} ({e.low:.0f} to {e.high:.0f})."
    return (told, f"Method: {counted.method}.", *(f"It holds only if {a}." for a in counted.assumptions))


def chart(test: PatternTest, *, alone: bool = True) -> str:
    """The counts that a test used, with what its model expects, as SVG; empty when it used none. ``alone``: with a style of its own, for a file; without, it
    takes the style of the page that it stands in."""
    points = [(s.start.toordinal() + at * s.days, c, f, n) for n, s in _series(test) for at, (c, f) in enumerate(_pairs(s))]
    if not points:
        return ""
    first, last = min(p[0] for p in points), max(p[0] + 1 for p in points)
    top = max(1.0, *(p[1] for p in points), *(p[2] for p in points if p[2] is not None))
    width = max((s.days for s in test.series), default=1)

    def x(day: float) -> float:
        return _LEFT + (day - first) / max(1, last + width - 1 - first) * (_WIDTH - _LEFT - 12)

    def y(count: float) -> float:
        return _HEIGHT - _BOTTOM - count / top * (_HEIGHT - _BOTTOM - _TOP)

    marks = [_mark(x(d + width / 2), y(c), n) for d, c, _, n in points]
    lines = [_line([(x(d + width / 2), y(f)) for d, _, f, m in points if m == n and f is not None], n) for n in {p[3] for p in points}]
    changes = [
        f'<line class="change" stroke="#8a8578" stroke-dasharray="4 3" x1="{x(d.toordinal()):.1f}" x2="{x(d.toordinal()):.1f}" y1="{_TOP}" y2="{_HEIGHT - _BOTTOM}"/>'
        for d in test.changes
    ]
    return _svg(test, [*_axis(y, top), *changes, *marks, *lines, *_days(test, x)], alone=alone)


def _series(test: PatternTest) -> list[tuple[int, CountSeries]]:
    """The series of a test, those of one name under one number."""
    names = list(dict.fromkeys(s.name for s in test.series))
    return [(names.index(s.name) % len(_COLOURS), s) for s in test.series]


def _pairs(series: CountSeries) -> list[tuple[int, float | None]]:
    fitted: Sequence[float | None] = series.fitted or [None] * len(series.counts)
    return list(zip(series.counts, fitted, strict=True))


def _mark(x: float, y: float, number: int) -> str:
    shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"' if number == 0 else f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"'
    return f'{shape} fill="{_COLOURS[number]}"/>'


def _line(points: Sequence[tuple[float, float]], number: int) -> str:
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b in points)
    return f'<polyline points="{path}" fill="none" stroke="{_COLOURS[number]}" stroke-width="1.5"/>' if len(points) > 1 else ""


def _axis(y: object, top: float) -> list[str]:
    assert callable(y)
    step = max(1, math.ceil(top / _TICKS))
    ticks = range(0, math.floor(top) + 1, step)
    return [
        f'<line class="grid" stroke="#d9d5cb" x1="{_LEFT}" x2="{_WIDTH - 12}" y1="{y(t):.1f}" y2="{y(t):.1f}"/>'
        f'<text x="{_LEFT - 6}" y="{y(t) + 4:.1f}" text-anchor="end" font-size="11" font-family="Noto Sans, DejaVu Sans">{t}</text>'
        for t in ticks
    ]


def _days(test: PatternTest, x: object) -> list[str]:
    assert callable(x)
    starts = [s.start for s in test.series]
    ends = [s.start.toordinal() + s.days * len(s.counts) - 1 for s in test.series]
    last = type(starts[0]).fromordinal(max(ends))
    return [
        f'<text x="{_LEFT}" y="{_HEIGHT - 8}" font-size="11" font-family="Noto Sans, DejaVu Sans">{min(starts).isoformat()}</text>',
        f'<text x="{_WIDTH - 12}" y="{_HEIGHT - 8}" text-anchor="end" font-size="11" font-family="Noto Sans, DejaVu Sans">{last.isoformat()}</text>',
    ]


def _svg(test: PatternTest, inside: Sequence[str], *, alone: bool) -> str:
    series = test.series[0]
    per = "a day" if series.days == 1 else f"in {series.days} days"
    names = list(dict.fromkeys(s.name for s in test.series if s.name))
    title = html.escape(
        f"{label('unit', series.unit)} {per}" + (f": {' (dots), '.join(names)}" if names else "") + (" (squares)" if len(names) > 1 else "")
    )
    style = (
        "text{font:11px system-ui,sans-serif;fill:#444}.grid{stroke:#ccc;stroke-width:.5}.change{stroke:#888;stroke-dasharray:4 3}"
        "@media (prefers-color-scheme:dark){text{fill:#ccc}.grid{stroke:#555}}"
    )
    style = f"<style>{style}</style>" if alone else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{title}">{style}'
        f'<text x="{_LEFT}" y="16" font-size="11" font-family="Noto Sans, DejaVu Sans">{title}</text>{"".join(inside)}</svg>\n'
    )
