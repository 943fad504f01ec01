"""How the work grows: documents, claims, pairs compared, CPU seconds, memory and bytes on disk, each size in a process of its own.

CPU seconds and memory are those of the measured process and its children, so that other work on the machine matters little; wall time is told too, and means
something on a quiet machine only. ``docs/scale.md`` says what follows from the figures.

usage: scale.py [--documents N...] [--tables FILE.csv...] [--workers N...] [--engines local spark] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from bench import run, write
from benchmark import texts

DISTINCT = 10_000
"""Articles that are all different; more documents than that repeat them, and repeated stories have more pairs."""


def measured(job: str, *arguments: str) -> dict[str, float]:
    """The job in a process of its own, with its CPU and wall seconds and the peak memory of its largest process in MiB."""
    done = run([sys.executable, __file__, "job", job, *arguments])
    return {**json.loads(done.output.splitlines()[-1]), "cpu": done.cpu, "wall": done.wall, "peak_mib": done.peak}


def read(source: str, case: str, workers: str, engine: str) -> dict[str, float]:
    """Read a file of texts into a case: CPU seconds by stage, records, and bytes by kind of file."""
    import witnessmark

    spent: dict[str, float] = {}
    last = ["start", _cpu()]

    def tell(progress: witnessmark.Progress) -> None:
        if progress.stage != last[0]:
            now = _cpu()
            spent[f"cpu_{last[0].replace(' ', '_')}"], last[:] = now - float(last[1]), [progress.stage, now]

    with witnessmark.read(source, case=case, workers=int(workers), engine=engine, progress=tell) as found:
        spent[f"cpu_{str(last[0]).replace(' ', '_')}"] = _cpu() - float(last[1])
        rows = {name: float(table["rows"]) for name, table in found.manifest.tables.items()}
        merged = sum(len(i.claims) for i in found.incidents if len(i.claims) > 1)
    return {**spent, **rows, "claims_merged": float(merged), **{f"bytes_{k}": float(v) for k, v in _bytes(Path(case)).items()}}


def _cpu() -> float:
    both = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def _bytes(case: Path) -> dict[str, int]:
    kinds = {"blobs": "blobs/**/*", "tables": "tables/**/*", "work": "work.sqlite*", "ledger": "ledger.sqlite*"}
    return {kind: sum(p.stat().st_size for p in case.glob(pattern) if p.is_file()) for kind, pattern in kinds.items()}


def merge(table: str, engine: str, threads: str) -> dict[str, float]:
    """Merge a table of claims."""
    import witnessmark

    begun = time.perf_counter()
    merged = witnessmark.merge_table(table, engine=engine, threads=int(threads))
    spent = time.perf_counter() - begun
    return {"rows": len(merged.reports), "incidents": merged.count, "pairs": merged.pairs, "refused": merged.refused, "merging": spent}


def measures(chosen: argparse.Namespace, folder: Path) -> Iterator[dict[str, object]]:
    """One row of figures for each size, engine and number of workers."""
    most = max(chosen.documents, default=0)
    articles = list(texts.mixed(min(most, DISTINCT)))
    for size in chosen.documents:
        source = write(folder / f"{size}.jsonl", islice(cycle(articles), size))
        for engine in chosen.engines:
            for workers in chosen.workers:
                told = measured("read", str(source), str(folder / f"case-{size}-{engine}-{workers}"), str(workers), engine)
                yield {"what": "read", "documents": size, "engine": engine, "workers": workers, **told}
    for table in chosen.tables:
        for engine in chosen.engines:
            for workers in chosen.workers:
                yield {"what": "merge", "engine": engine, "workers": workers, **measured("merge", str(table), engine, str(workers))}


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="*", default=[100, 1000, 10_000], help="sizes of the cases that are read")
    parser.add_argument("--tables", type=Path, nargs="*", default=[], help="tables of claims to merge, CSV")
    parser.add_argument("--workers", type=int, nargs="+", default=[1], help="processes, threads or slots")
    parser.add_argument("--engines", nargs="+", choices=["local", "spark"], default=["local"])
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    return parser.parse_args()


def main() -> None:
    """Measure and print one line for each run; in the child process do the job."""
    if sys.argv[1:2] == ["job"]:
        print(json.dumps({"read": read, "merge": merge}[sys.argv[2]](*sys.argv[3:])))
        return
    chosen = options()
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        for row in measures(chosen, Path(scratch)):
            print("  ".join(f"{k}={v:,.2f}" if isinstance(v, float) else f"{k}={v}" for k, v in row.items()), flush=True)
            figures.append(row)
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
