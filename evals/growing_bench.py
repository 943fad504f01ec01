"""What it costs to add documents to a large case, and whether the result is that of computing everything anew.

Reads made-up reports (``benchmark/reports.py``) into a case, adds more, and tells seconds (of CPU and by the clock) and peak memory of each run, and CPU seconds of its parts; then
removes what was kept and computes everything again: snapshot and incidents must be the same.

With ``--read M`` only M reports are read; the others are copies of what was read from them, with their ids changed and the days of every eight
reports moved together, put straight into ledger and working store. (Their words stay, so that ``verify`` finds that they do not say these days.)

usage: growing_bench.py FOLDER [--documents N] [--read M] [--add N] [--skip-full]
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import json
import random
import re
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmark.reports import reports

import witnessmark
from witnessmark.archive import Archive, Blobs, CaseFolder, Receipt
from witnessmark.engines import WorkStore, pack
from witnessmark.ledger import Ledger
from witnessmark.model.serialise import compact
from witnessmark.pipeline import Progress, reader_producer


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
    stages, begun = Stages(), time.perf_counter()
    with witnessmark.read(inputs, case=case, progress=stages.tell) as read:
        stages.turn("")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        told = ", ".join(f"{stage} {spent:.1f}" for stage, spent in stages.spent.items())
        rows = {table: known["rows"] for table, known in read.manifest.tables.items()}
        clock = time.perf_counter() - begun
        print(
            f"{name}: {sum(stages.spent.values()):.1f} CPU s, {clock:.1f} s by the clock ({told}), peak {peak:.0f} MiB, {rows}", flush=True
        )
        return read.snapshot


_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_CLAIM = re.compile(r"\bc-[0-9a-f]{12}\b")


def vary(case: Path, count: int) -> None:
    """Fill the case up to ``count`` documents with varied copies of what it holds."""
    folder = CaseFolder(case, durable=False)
    reader = reader_producer().identifier
    rng = random.Random(5)
    with (
        folder.writing(),
        Ledger(folder.ledger, tool_version="bench", durable=False) as ledger,
        WorkStore(folder.work, durable=False) as work,
    ):
        archive = Archive(Blobs(folder.blobs, aside=folder.aside, durable=False), ledger, actor="bench")
        held = [(item, compact(told)) for item, told in work.results(reader) if told is not None]
        missing = count - len(held)
        for begin in range(0, missing, _COPIED):
            numbers = range(begin, min(begin + _COPIED, missing))
            receipts = [Receipt(f"copy {n}".encode(), f"copies-{n % 7}.jsonl", "file", _NOW, "text/plain", f"copy-{n}") for n in numbers]
            captures = archive.store_all(receipts)
            moved = {(n // len(held), n % len(held) // 8): dt.timedelta(rng.randint(-600, 600)) for n in numbers}
            for n, receipt, capture in zip(numbers, receipts, captures, strict=True):
                item, body = held[n % len(held)]
                new = replace(item, origin=receipt.origin, item=receipt.item, capture=capture.digest, number=capture.number)
                work.put_inputs([new])
                work.put_result(new, reader, pack(json.loads(_copied(body, n, moved[n // len(held), n % len(held) // 8]))))


_COPIED = 2000
_NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
_DOCUMENT = re.compile(r"\bdoc-[0-9a-f]{16}\b")


def _copied(body: str, n: int, moved: dt.timedelta) -> str:
    """What was read, as that of copy ``n``: other ids, other days."""

    def named(prefix: str, size: int) -> Callable[[re.Match[str]], str]:
        return lambda found: prefix + hashlib.sha256(f"{found[0]} {n}".encode()).hexdigest()[:size]

    body = _DOCUMENT.sub(named("doc-", 16), _CLAIM.sub(named("c-", 12), body))
    return _DAY.sub(lambda found: (dt.date.fromisoformat(found[0]) + moved).isoformat(), body)


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
    parser.add_argument("--read", type=int, help="reports to read; the others are copies")
    parser.add_argument("--add", type=int, default=100)
    parser.add_argument("--skip-full", action="store_true")
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    case = chosen.folder / "case"
    if not case.exists():
        made = islice(reports(chosen.documents), chosen.read or chosen.documents)
        run("the case", case, [write(chosen.folder / "reports.jsonl", made)])
        if chosen.read and chosen.read < chosen.documents:
            vary(case, chosen.documents)
            run("the case with copies", case, [])
    # Later reports of days all over the time that the case covers: the worst case, for news most are of the last days.
    more = islice(reports(chosen.documents, seed=2), chosen.add)
    grown = run(f"{chosen.add} added", case, [write(chosen.folder / "more.jsonl", more)])
    run("nothing added", case, [])
    if not chosen.skip_full:
        (case / "computed.sqlite").unlink()
        print("equal" if run("all computed anew", case, []) == grown else "NOT EQUAL", flush=True)


if __name__ == "__main__":
    main()
