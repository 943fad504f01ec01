"""Speed and memory, measured from outside, each task in a process of its own.

Rates are per CPU second of one core, so that other work on the machine matters little; still compare ratios of one run, not figures of two.
With ``--peers PYTHON`` (the interpreter of an environment with spaCy, dateparser and a gazetteer) the peer reads the same texts in turn.

usage: bench.py [--texts FOLDER] [--documents N] [--growth N] [--rounds N] [--peers PYTHON] [--parts NAME...] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from benchmark import texts

HERE = Path(__file__).parent / "benchmark"
PROGRAM = [str(Path(sys.executable).with_name("witnessmark"))]
PARTS = ("start", "rates", "pages", "processes", "growth")
SHORT = "Three people were killed and five wounded when a missile hit a market in Kupiansk on Tuesday morning, the governor said.\n"


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process with its children: CPU and wall seconds, peak memory of the largest process in MiB, what it printed."""

    cpu: float
    wall: float
    peak: float
    output: str


def run(command: list[str]) -> Run:
    """Run ``command`` to its end.

    Raises:
        SystemExit: when it fails; its errors are shown.
    """
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    start = time.perf_counter()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            told = errors.read().decode() + out.read().decode()[-2000:]
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{told}")
        return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, out.read().decode())


def write(path: Path, articles: Iterable[str]) -> Path:
    """``articles`` as JSON lines that the program reads, too."""
    with path.open("w", encoding="utf-8") as out:
        for number, text in enumerate(articles):
            out.write(json.dumps({"id": f"a{number}", "text": text, "published": "2024-06-03"}) + "\n")
    return path


def rate(command: list[str]) -> float:
    """Documents per CPU second of a task that says how long its work took."""
    told = json.loads(run(command).output)
    return float(told["documents"] / told["cpu"])


def median(values: Iterable[float]) -> float:
    """The middle value."""
    return statistics.median(list(values))


def start_up(folder: Path, rounds: int) -> Iterator[tuple[str, float, str]]:
    """``--help``, and the first record of a short text."""
    runs = [run([*PROGRAM, "--help"]) for _ in range(rounds)]
    yield "witnessmark --help", median(r.wall for r in runs), "s wall"
    yield "witnessmark --help", median(r.cpu for r in runs), "s CPU"
    short = folder / "short.txt"
    short.write_text(SHORT, encoding="utf-8")
    runs = [run([*PROGRAM, "read", str(short), "--published", "2024-05-15", "--json"]) for _ in range(rounds)]
    yield "first record of a short text", median(r.cpu for r in runs), "s CPU"
    yield "first record of a short text", max(r.peak for r in runs), "MiB peak"


def throughput(folder: Path, sets: dict[str, list[str]], rounds: int, peers: str | None) -> Iterator[tuple[str, float, str]]:
    """Articles per CPU second on each set of texts, the peer in turn with us."""
    for name, articles in sets.items():
        path = write(folder / f"{name}.jsonl", articles)
        words = sum(len(t.split()) for t in articles) / len(articles)
        ours: list[float] = []
        theirs: list[float] = []
        few = write(folder / f"{name}-few.jsonl", articles[: max(10, len(articles) // 10)])
        for _ in range(rounds):
            ours.append(rate([sys.executable, str(HERE / "work.py"), "articles", str(path)]))
            if peers:
                theirs.append(rate([peers, str(HERE / "peer.py"), str(few)]))
        yield f"{name}: {len(articles)} articles of {words:.0f} words", median(ours), "articles/CPU s"
        if theirs:
            yield f"{name}: spaCy + dateparser + gazetteer", median(theirs), "articles/CPU s"
            yield f"{name}: ratio", median(a / b for a, b in zip(ours, theirs, strict=True)), "x"


def pages(folder: Path, articles: list[str], rounds: int) -> Iterator[tuple[str, float, str]]:
    """HTML pages to documents, the parsers' process included."""
    rng = random.Random(3)
    made = [texts.page(text, rng) for text in articles[:200]]
    path = write(folder / "pages.jsonl", made)
    one = write(folder / "page.jsonl", made[:1])
    rates = []
    for _ in range(rounds):
        work = [sys.executable, str(HERE / "work.py"), "pages"]
        spent = run([*work, str(path)]).cpu - run([*work, str(one)]).cpu
        rates.append((len(made) - 1) / spent)
    size = sum(len(p) for p in made) / len(made) / 1000
    yield f"HTML pages of {size:.0f} kB", median(rates), "pages/CPU s"


def growth(folder: Path, articles: list[str], most: int) -> Iterator[tuple[str, float, str]]:
    """Whole runs of reading into a case, from 100 documents to ``most``; printing it is left out, which holds what it prints."""
    sizes = sorted({100, most})
    runs: dict[int, Run] = {}
    for size in sizes:
        path = write(folder / f"growth-{size}.jsonl", islice(cycle(articles), size))
        runs[size] = run([sys.executable, str(HERE / "work.py"), "case", str(path), str(folder / f"case-{size}"), "1"])
        yield f"read {size} documents into a case", runs[size].cpu, "s CPU"
        yield f"read {size} documents into a case", runs[size].peak, "MiB peak"
    if most > 100:
        yield f"peak memory, {most} against 100", runs[most].peak / runs[100].peak, "x"
        yield f"CPU per document, {most} against 100", (runs[most].cpu / most) / (runs[100].cpu / 100), "x"


def two_processes(folder: Path, articles: list[str]) -> Iterator[tuple[str, float, str]]:
    """Wall time of one worker against two. Means little while the machine is busy with other things."""
    path = write(folder / "two.jsonl", islice(cycle(articles), 1000))
    walls = {}
    for workers in (1, 2):
        case = folder / f"workers-{workers}"
        walls[workers] = run([sys.executable, str(HERE / "work.py"), "case", str(path), str(case), str(workers)]).wall
    yield "two processes against one, 1,000 documents", walls[1] / walls[2], "x"


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="folder of .txt or .jsonl texts to read besides the made ones")
    parser.add_argument("--documents", type=int, default=400, help="articles for the rates")
    parser.add_argument("--growth", type=int, default=10_000, help="documents of the largest run; 100 leaves growth out")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each task; medians are told")
    parser.add_argument("--peers", default=os.environ.get("WITNESSMARK_PEERS"), help="interpreter of the peers' environment")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="measure these only")
    parser.add_argument("--json", type=Path, help="write the figures there, too")
    return parser.parse_args()


def measures(chosen: argparse.Namespace, folder: Path) -> Iterator[tuple[str, float, str]]:
    """Every figure, as it comes."""
    mixed = list(texts.mixed(chosen.documents))
    sets = {"mixed": mixed, "conflict": list(texts.mixed(chosen.documents // 2, share=1.0))}
    if chosen.texts:
        sets["given"] = list(texts.from_folder(chosen.texts))
    parts = {
        "start": lambda: start_up(folder, chosen.rounds),
        "rates": lambda: throughput(folder, sets, chosen.rounds, chosen.peers),
        "pages": lambda: pages(folder, mixed, chosen.rounds),
        "processes": lambda: two_processes(folder, mixed),
        "growth": lambda: growth(folder, mixed, chosen.growth),
    }
    for name in chosen.parts:
        yield from parts[name]()


def main() -> None:
    """Measure and print one line a figure."""
    chosen = options()
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, value, unit in measures(chosen, Path(scratch)):
            print(f"{name:<58}{value:>12,.2f}  {unit}", flush=True)
            figures.append({"name": name, "value": value, "unit": unit})
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
