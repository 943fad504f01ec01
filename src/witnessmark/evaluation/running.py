"""Run the reader over gold files and score what it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from witnessmark.errors import UsageError
from witnessmark.evaluation.corpora import GoldFile, Row, bundled, walk, write_rows
from witnessmark.evaluation.gold_sets import GoldSet, Outcome
from witnessmark.evaluation.sets.attribution import Attributions
from witnessmark.evaluation.sets.coreference import NewsEvents, ShootingEvents
from witnessmark.evaluation.sets.geo import Toponyms
from witnessmark.evaluation.sets.gva import ShootingReports
from witnessmark.evaluation.sets.muc4 import Incidents, Templates
from witnessmark.evaluation.sets.reports import Reports
from witnessmark.evaluation.sets.stance import Stances
from witnessmark.evaluation.sets.subjectivity import Subjectivity
from witnessmark.evaluation.sets.tables import ClaimTables
from witnessmark.evaluation.sets.time import TimeExpressions

SETS: tuple[GoldSet, ...] = (
    Reports(), Templates(), Incidents(), ShootingReports(), Toponyms(), TimeExpressions(), Stances(), Subjectivity(), Attributions(),
    NewsEvents(), ShootingEvents(), ClaimTables(),
)  # fmt: skip
"""In the order in which a file's first row is tried on them."""


@dataclass(frozen=True)
class Job:
    """A file and the set that it belongs to."""

    gold: GoldSet
    file: GoldFile

    @property
    def key(self) -> str:
        """Set and part, as in "reports/dev"."""
        return f"{self.gold.name}/{self.file.part}"


@dataclass(frozen=True, slots=True)
class Scored:
    """The outcome of one file. ``digest`` names its content."""

    key: str
    digest: str
    documents: int
    predictions: tuple[Row, ...]
    outcome: Outcome


def jobs(folder: Path, only: Iterable[str] = ()) -> tuple[Job, ...]:
    """What there is to evaluate in ``folder``. ``only`` names sets ("muc4") or parts ("muc4/train").

    Training parts are left out when another part of the set is there, unless they are named.

    Raises:
        UsageError: WM501 without the folder, WM505 when nothing in it (or nothing of that name) can be evaluated.
    """
    found = [Job(gold, file) for file in walk(folder) if (gold := recognise(file))]
    wanted = set(only)
    if wanted:
        chosen = [j for j in found if j.key in wanted or (j.gold.name in wanted and not _set_aside(j, found))]
    else:
        chosen = [j for j in found if not _set_aside(j, found)]
    if not chosen:
        raise UsageError("WM505", ", ".join(sorted(wanted)), origin=str(folder))
    order = {gold.name: i for i, gold in enumerate(SETS)}
    return tuple(sorted(chosen, key=lambda j: (order[j.gold.name], j.key)))


def bundled_jobs() -> tuple[Job, ...]:
    """The bundled corpus."""
    return (Job(Reports(), bundled()),)


def recognise(file: GoldFile) -> GoldSet | None:
    """The set whose rows look like those of ``file``."""
    return next((gold for gold in SETS if gold.recognises(file.first)), None)


def _set_aside(job: Job, found: Iterable[Job]) -> bool:
    others = (j for j in found if j.gold.name == job.gold.name and j.key != job.key)
    return _for_training(job) and any(not _for_training(j) for j in others)


def _for_training(job: Job) -> bool:
    return "train" in job.file.part.split("_")


def run(todo: Iterable[Job], *, write: Path | None = None, progress: Callable[[str], None] = lambda _: None) -> Iterator[Scored]:
    """Evaluate one file after the other. With ``write`` the predictions go to SET/PART.jsonl in that folder."""
    for job in todo:
        progress(job.key)
        rows = job.gold.predict(job.file)
        if write is not None:
            write_rows(write / job.gold.name / f"{job.file.part}.jsonl", rows)
        yield Scored(job.key, job.file.digest, len(job.file.rows), tuple(rows), job.gold.score(job.file, rows))
