"""Scores as one table of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from witnessmark.evaluation.floors import Floors, floor_of
from witnessmark.evaluation.gold_sets import Measure
from witnessmark.evaluation.running import Scored

_HEAD = ("set", "measure", "value", "floor", "others", "n", "others are")


def table(run: Sequence[Scored], floors: Floors) -> str:
    """One line a measure: value, floor, what others published. A part without answers says so."""
    rows = [_HEAD, *(row for scored in run for row in _rows(scored, floors))]
    return aligned(rows, left=(0, 1, 6))


def aligned(rows: Sequence[tuple[str, ...]], *, left: Sequence[int]) -> str:
    """``rows`` as lines, the first as a head; the columns ``left`` begin at the left, the others end at the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "  ".join(c.ljust(width) if i in left else c.rjust(width) for i, (c, width) in enumerate(zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _rows(scored: Scored, floors: Floors) -> Iterable[tuple[str, ...]]:
    if not scored.outcome.measures:
        yield (scored.key, f"no answers in the file; {len(scored.predictions)} predictions", "", "", "", str(scored.documents), "")
    elif len(scored.predictions) < scored.documents:
        unread = scored.documents - len(scored.predictions)
        yield (scored.key, f"documents that broke the reader: {unread}", "", "", "", str(scored.documents), "")
    for measure in scored.outcome.measures:
        floor = floor_of(floors, scored, measure.name)
        yield (
            scored.key,
            measure.name,
            figure(measure.value, measure),
            figure(floor, measure),
            figure(measure.published, measure),
            str(measure.count),
            measure.by,
        )


def figure(value: float | None, measure: Measure) -> str:
    """Three digits for shares, one for rates per 100; a dash for nothing."""
    if value is None:
        return "-"
    return f"{value:.3f}" if measure.higher else f"{value:.1f}"
