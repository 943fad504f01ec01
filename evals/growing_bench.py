"""What it costs to add documents to a large case, and whether the result is that of computing everything anew.

Reads made-up reports (``benchmark/reports.py``) into a case, adds more, and tells CPU seconds and peak memory of each run and of its parts; then
removes what was kept and computes everything again: snapshot and incidents must be the same.

usage: growing_bench.py FOLDER [--documents N] [--add N] [--skip-full]
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from benchmark.reports import reports

import witnessmark
from witnessmark.pipeline import Progress


class Stages:
    """CPU seconds by stage, from what a run tells."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._stage, self._since = "opening", time.process_time()

    def tell(self, progress: Progress) -> None:
        """Take note of a step."""
        self.turn("closing" if progress.total == 1 and progress.stage == "computing" else progress.stage)

    def turn(self, stage: str) -> None:
        """``stage`` begins."""
        now = time.process_time()
        self.spent[self._stage] = self.spent.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = stage, now


def run(name: str, case: Path, inputs: list[Path]) -> str:
    """One run, printed; gives the snapshot."""
    stages = Stages()
    with witnessmark.read(inputs, case=case, progress=stages.tell) as read:
        stages.turn("")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = ", ".join(f"{stage} {spent:.1f}" for stage, spent in stages.spent.items())
        rows = {table: known["rows"] for table, known in read.manifest.tables.items()}
        print(f"{name}: {sum(stages.spent.values()):.1f} CPU s ({told}), peak {peak:.0f} MiB, {rows}", flush=True)
        return read.snapshot


def write(path: Path, listed: Iterator[dict[str, str]]) -> Path:
    """Reports as JSON lines."""
    with path.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(report) + "\n" for report in listed)
    return path


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--add", type=int, default=100)
    parser.add_argument("--skip-full", action="store_true")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    case = chosen.folder / "case"
    if not case.exists():
        run("the case", case, [write(chosen.folder / "reports.jsonl", reports(chosen.documents))])
    # Later reports of days all over the time that the case covers: the worst case, for news most are of the last days.
    more = islice(reports(chosen.documents, seed=2), chosen.add)
    grown = run(f"{chosen.add} added", case, [write(chosen.folder / "more.jsonl", more)])
    run("nothing added", case, [])
    if not chosen.skip_full:
        (case / "computed.sqlite").unlink()
        print("equal" if run("all computed anew", case, []) == grown else "NOT EQUAL", flush=True)


if __name__ == "__main__":
    main()
