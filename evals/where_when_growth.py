"""Speed of places and dates together, and how it grows with the length of a text and with the size of the pack.

    python evals/where_when_growth.py [--pack FILE ...]

Texts are made from the bundled reports, so nothing else is needed. The readings are made before the clock starts; times are CPU seconds of this
process on one core. With ``--pack`` the same texts are read against each pack too (a process of its own for each, since a pack is opened once).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from witnessmark.claims.dates import find_dates
from witnessmark.claims.places import find_places
from witnessmark.claims.places.normalise import key_of
from witnessmark.claims.places.pack import Gazetteer, default_gazetteer
from witnessmark.corpus import reports
from witnessmark.documents import text_document
from witnessmark.statements import Reading, read_statements

WORDS = 600
"""The length of an article in the target."""
LENGTHS = (150, 300, 600, 1200, 2400, 4800, 9600)
LOOKUPS = 20_000


def texts(words: int, count: int) -> list[str]:
    """``count`` different texts of about ``words`` words, put together from paragraphs of the bundled reports."""
    paragraphs = [p for report in reports() for p in report["text"].split("\n\n") if len(p.split()) > 15]
    out, at = [], 0
    for _ in range(count):
        taken, length = [], 0
        while length < words:
            paragraph = paragraphs[at % len(paragraphs)]
            at += 1
            taken.append(paragraph)
            length += len(paragraph.split())
        at += 1  # the next text begins elsewhere
        out.append("\n\n".join(taken))
    return out


def readings(words: int, count: int) -> list[Reading]:
    """Readings of such texts."""
    return [read_statements(text_document(t, language="en", published="2024-03-05")) for t in texts(words, count)]


def spent(work: Callable[[], object], *, repeat: int = 3) -> float:
    """The least CPU seconds of a few runs."""
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def both(listed: Sequence[Reading]) -> None:
    """Places and dates of every reading."""
    for reading in listed:
        find_places(reading)
        find_dates(reading)


def speed(count: int = 60) -> float:
    """Articles of 600 words a second, places and dates together."""
    listed = readings(WORDS, count)
    both(listed[:5])  # lexicons and models are loaded once a process
    return count / spent(lambda: both(listed))


def growth() -> list[tuple[int, float, float]]:
    """(words, milliseconds for places, for dates) by length of text."""
    rows = []
    for words in LENGTHS:
        listed = readings(words, max(2, 9600 // words // 2))
        places = spent(lambda listed=listed: [find_places(r) for r in listed])  # type: ignore[misc]
        dates = spent(lambda listed=listed: [find_dates(r) for r in listed])  # type: ignore[misc]
        rows.append((words, places / len(listed) * 1e3, dates / len(listed) * 1e3))
    return rows


def opening(path: Path) -> float:
    """Seconds to open a pack and look up one name."""
    start = time.perf_counter()
    Gazetteer(path).lookup("kharkiv")
    return time.perf_counter() - start


def lookup_microseconds(pack: Gazetteer) -> float:
    """Microseconds for one lookup of a key, over names of the pack spread evenly and as many that it lacks."""
    step = max(1, len(pack) // (LOOKUPS // 2))
    keys = [key_of(pack.name_of(row)) for row in range(0, len(pack), step)]
    keys += [key + " zq" for key in keys]
    return spent(lambda: [pack.lookup(key) for key in keys]) / len(keys) * 1e6


def report_pack() -> None:
    """One line on the pack in use."""
    pack = default_gazetteer()
    print(
        f"pack of {len(pack):,} rows, {pack.path.stat().st_size / 1e6:.1f} MB: opened in {opening(pack.path) * 1e3:.1f} ms, "
        f"{lookup_microseconds(pack):.2f} microseconds a lookup, {speed(30):.0f} articles of {WORDS} words a second"
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pack", type=Path, action="append", default=[])
    parser.add_argument("--only-pack", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    report_pack()
    if options.only_pack:
        return 0
    print(f"{speed():.0f} articles of {WORDS} words a second, places and dates together")
    print("words  places ms  dates ms  ms per 1000 words")
    for words, places, dates in growth():
        print(f"{words:5d}  {places:9.2f}  {dates:8.2f}  {(places + dates) / words * 1000:8.2f}")
    for pack in options.pack:
        subprocess.run([sys.executable, __file__, "--only-pack"], check=True, env={**os.environ, "WITNESSMARK_GAZETTEER": str(pack)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
