"""Evaluation: gold sets are read, predicted and scored; a gate refuses a fall below the floors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from witnessmark.errors import describe
from witnessmark.evaluation.browser import page
from witnessmark.evaluation.floors import Fall, Floors, falls, raised, read_floors, write_floors
from witnessmark.evaluation.gold_sets import Measure
from witnessmark.evaluation.running import Scored, bundled_jobs, jobs, run
from witnessmark.evaluation.sureness import sureness_table
from witnessmark.evaluation.table import table

__all__ = ["Evaluation", "Fall", "Measure", "Scored", "evaluate"]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``parts`` in the order of the table; ``falls`` are the measures below their floor."""

    parts: tuple[Scored, ...]
    floors: Floors
    falls: tuple[Fall, ...]

    def table(self) -> str:
        """All measures as plain text, and below them how far confidence can be trusted."""
        return "\n\n".join(filter(None, (table(self.parts, self.floors), sureness_table(self.parts))))

    def fall_lines(self) -> tuple[str, ...]:
        """One coded line for each fall."""
        return tuple(
            describe(
                "WM502", f"{'not measured' if fall.value is None else format(fall.value, '.4f')}, floor {fall.floor:g}", origin=fall.key
            )
            for fall in self.falls
        )


def evaluate(
    gold: Path | str | None = None,
    *,
    only: Iterable[str] = (),
    write: Path | str | None = None,
    floors: Path | str | None = None,
    raise_floors: bool = False,
    html: Path | str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Evaluate the reader on every gold file in ``gold`` (a folder of sets, or one set's folder); None takes the bundled corpus.

    ``only`` names sets ("muc4") or parts ("muc4/train"). With ``write`` the predictions are left there as JSON lines. ``floors`` is a file
    of floors to hold the scores against; ``raise_floors`` writes better scores back into it. ``html`` is where to put a page of every error, by kind.

    Raises:
        UsageError: WM501 without the folder, WM505 when there is nothing of that name in it.
        DataError: WM503 for a file that is not JSON lines, WM504 for a file of floors that is none.
    """
    todo = bundled_jobs() if gold is None else jobs(Path(gold), only)
    limits = read_floors(Path(floors)) if floors else Floors({}, {})
    parts = tuple(run(todo, write=Path(write) if write else None, progress=progress))
    if raise_floors and floors:
        write_floors(Path(floors), raised(limits, parts))
    if html:
        Path(html).write_text(page(parts), encoding="utf-8")
    return Evaluation(parts, limits, falls(limits, parts))
