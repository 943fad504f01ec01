"""Digests of everything that the reader says about many texts: run it before and after work that must not change any output.

Takes all rows of ``reports``, the first ones of the other sets, and the bundled corpus. ``--write`` keeps one digest a document;
``--compare`` names the documents whose statements, claims, series or contradictions are no longer the same, byte for byte.

usage: same_output.py GOLD (--write FILE | --compare FILE) [--only SET...]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from witnessmark.corpus import reports
from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.told import told
from witnessmark.model.serialise import to_data

SOURCES = (
    ("reports", "reports/dev.jsonl", None),
    ("reports2", "reports/dev2.jsonl", None),
    ("gva", "gva/dev.jsonl.gz", 300),
    ("muc4", "muc4/train.jsonl.gz", 300),
    ("fnc1", "fnc1/train_bodies.jsonl.gz", 200),
    ("lgl", "geo/lgl_first_half.jsonl.gz", 150),
    ("geovirus", "geo/geovirus.jsonl.gz", 100),
)
"""Name of the set, its file in the folder of gold sets, how many of its rows."""

FIELDS = ("text", "body", "article", "doctext")
"""Keys under which rows keep their text."""


@dataclass(frozen=True, slots=True)
class Item:
    """One text with what is known of it."""

    name: str
    text: str
    title: str | None
    published: str | None


def items(gold: Path) -> Iterator[Item]:
    """The bundled corpus and the rows of ``SOURCES``."""
    for source, path, most in SOURCES:
        for number, row in enumerate(islice(GoldFile(gold / path).rows, most)):
            yield _item(f"{source}:{number}", row)
    for report in reports():
        yield _item(f"bundled:{report['id']}", report)


def _item(name: str, row: Row) -> Item:
    text = next((str(row[key]) for key in FIELDS if row.get(key)), "")
    day = row.get("published")
    return Item(name, text, row.get("title"), str(day) if day else "2020-06-15")


def digest(item: Item) -> str:
    """SHA-256 of the statements, incidents, series and contradictions as JSON."""
    read = told(item.text, title=item.title, published=item.published, publisher_type="national_media")
    parts = (read.reading.statements, read.claims.incidents, read.claims.series, read.contradictions)
    data = [[to_data(record) for record in part] for part in parts]
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def main() -> None:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--compare", type=Path)
    parser.add_argument("--only", nargs="+", help="names of sets")
    chosen = parser.parse_args()
    before = json.loads(chosen.compare.read_text(encoding="utf-8")) if chosen.compare else {}
    after: dict[str, str] = {}
    start = time.process_time()
    for item in items(chosen.gold):
        if not chosen.only or item.name.partition(":")[0] in chosen.only:
            after[item.name] = digest(item)
    changed = [name for name, told_now in after.items() if chosen.compare and before.get(name) != told_now]
    if chosen.write:
        chosen.write.write_text(json.dumps(after, indent=1) + "\n", encoding="utf-8")
    print(f"{len(after)} documents, {len(changed)} changed, {time.process_time() - start:.1f} CPU s")
    for name in changed:
        print(name)
    raise SystemExit(1 if changed else 0)


if __name__ == "__main__":
    main()
