"""Pages a CPU second and token quality of the HTML reader, beside trafilatura's fast mode where an interpreter that has it is named.

usage: bench_html.py PAGES [--trafilatura PYTHON] [--rounds N]

PAGES holds ``*.html`` and ``truth.jsonl`` ({"file", "title", "date", "text"}, one line a page). Both readers take turns in rounds over the same
pages, so that a busy machine slows both; the best round of each counts. CPU seconds are those of the parsing process.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import subprocess
import sys
import time
from pathlib import Path

_PEER = """
import json, sys, time, trafilatura
pages = [open(name, encoding="utf-8").read() for name in json.load(sys.stdin)]
trafilatura.extract(pages[0], fast=True)
start = time.process_time()
texts = [trafilatura.extract(page, fast=True) or "" for page in pages]
print(json.dumps([time.process_time() - start, texts]))
"""


def bag(text: str) -> collections.Counter[str]:
    """Words of ``text`` with their counts."""
    return collections.Counter(re.findall(r"\w+", text))


def quality(texts: list[str], truths: list[str]) -> tuple[float, float]:
    """Token precision and recall over all pages."""
    common = sum(sum((bag(text) & bag(truth)).values()) for text, truth in zip(texts, truths, strict=True))
    given, wanted = (sum(sum(bag(t).values()) for t in side) for side in (texts, truths))
    return common / max(1, given), common / max(1, wanted)


def own_round(pages: list[bytes]) -> tuple[float, list[str]]:
    """CPU seconds and article texts of one pass of our reader."""
    from witnessmark.documents.html.page import read_html

    read_html(pages[0], declared=None, origin="warm-up")
    start = time.process_time()
    drafts = [read_html(page, declared=None, origin="page") for page in pages]
    seconds = time.process_time() - start
    return seconds, ["\n".join(p.span.of(d.text) for p in d.parts if p.kind in ("lede", "body")) for d in drafts]


def peer_round(python: str, names: list[str]) -> tuple[float, list[str]]:
    """The same of trafilatura's fast mode, run by ``python``."""
    done = subprocess.run([python, "-c", _PEER], input=json.dumps(names), capture_output=True, text=True, check=True)
    seconds, texts = json.loads(done.stdout)
    return float(seconds), list(texts)


def main() -> int:
    """Prints one line for each reader and the ratio of their speeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--trafilatura", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    lines = (arguments.pages / "truth.jsonl").read_text(encoding="utf-8").split("\n")
    truths = [json.loads(line) for line in lines if line]
    names = [str(arguments.pages / t["file"]) for t in truths]
    pages = [Path(name).read_bytes() for name in names]
    wanted = [t["text"] for t in truths]
    best: dict[str, tuple[float, list[str]]] = {}
    for _ in range(arguments.rounds):
        rounds = {"witnessmark": own_round(pages)}
        if arguments.trafilatura:
            rounds["trafilatura fast"] = peer_round(arguments.trafilatura, names)
        for reader, result in rounds.items():
            best[reader] = min(best.get(reader, result), result, key=lambda r: r[0])
    for reader, (seconds, texts) in best.items():
        precision, recall = quality(texts, wanted)
        print(f"{reader:18} {len(pages) / seconds:7.0f} pages/CPU-s  token precision {precision:.3f}  recall {recall:.3f}")
    if len(best) == 2:
        print(f"ratio {best['trafilatura fast'][0] / best['witnessmark'][0]:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
