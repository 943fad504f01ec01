"""Scores the finders of harm, munitions, objects and series by themselves, before anything is assembled.

    python evals/mentions_eval.py [GOLD_FOLDER] [--only harm] [--errors] [--language en]

GOLD_FOLDER (or WITNESSMARK_GOLD) holds ``reports/*.jsonl``. A gold mention is found when a prediction overlaps it and has its value; a prediction
is right when it overlaps a gold mention of its value. Precision is a lower bound: tolls that the gold holds elsewhere (an older figure, a
series) count against it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.claims.harm import find_harm
from witnessmark.claims.munitions import find_munitions
from witnessmark.claims.objects import find_objects
from witnessmark.claims.series import find_series
from witnessmark.documents import text_document
from witnessmark.statements import Reading, read_statements


@dataclass(frozen=True)
class Item:
    """A span with the value that must be equal."""

    start: int
    end: int
    value: tuple[Any, ...]

    def meets(self, other: Item) -> bool:
        return self.value == other.value and self.start < other.end and other.start < self.end


Finder = Callable[[Reading, dict[str, Any]], tuple[list[Item], list[Item]]]


def _harm(reading: Reading, gold: dict[str, Any]) -> tuple[list[Item], list[Item]]:
    wanted = [
        Item(t["start"], t["end"], (harm, t["min"], t["max"]))
        for incident in gold["incidents"]
        for harm in ("killed", "injured")
        if (t := incident[harm]) is not None
    ]
    found = [
        Item(m.span.start, m.span.end, (m.value.harm, m.value.quantity.minimum, m.value.quantity.maximum))
        for m in find_harm(reading)
        if m.span and m.score >= 0.45 and m.value.part_of is None and m.value.harm in {"killed", "injured"} and not m.value.superseded
    ]
    return wanted, found


def _breakdown(reading: Reading, gold: dict[str, Any]) -> tuple[list[Item], list[Item]]:
    wanted = [Item(b["start"], b["end"], (b["harm"], b["group"], b["min"], b["max"])) for i in gold["incidents"] for b in i["breakdown"]]
    found = [
        Item(m.span.start, m.span.end, (m.value.harm, m.value.group, m.value.quantity.minimum, m.value.quantity.maximum))
        for m in find_harm(reading)
        if m.span and m.score >= 0.5 and (m.value.group != "people" or m.value.harm not in {"killed", "injured"})
    ]
    return wanted, found


def _munitions(reading: Reading, gold: dict[str, Any]) -> tuple[list[Item], list[Item]]:
    wanted = [Item(m["start"], m["end"], (m["weapon"], m["effect"])) for i in gold["incidents"] for m in i["munitions"]]
    found = [Item(m.span.start, m.span.end, (m.value.weapon, m.value.effect)) for m in find_munitions(reading) if m.span and m.score >= 0.5]
    return wanted, found


def _objects(reading: Reading, gold: dict[str, Any]) -> tuple[list[Item], list[Item]]:
    wanted = [Item(o["start"], o["end"], (o["type"],)) for i in gold["incidents"] for o in i["objects"]]
    found = [Item(m.span.start, m.span.end, (m.value.kind,)) for m in find_objects(reading) if m.span and m.score >= 0.5]
    return wanted, found


def _series(reading: Reading, gold: dict[str, Any]) -> tuple[list[Item], list[Item]]:
    wanted = [Item(s["start"], s["end"], (s["unit"],)) for s in gold["series"]]
    found = [Item(c.span.start, c.span.end, (c.unit,)) for c in find_series(reading)]
    return wanted, found


FINDERS: dict[str, Finder] = {
    "harm": _harm,
    "breakdown": _breakdown,
    "munitions": _munitions,
    "objects": _objects,
    "series": _series,
}


def _unique(items: Iterable[Item]) -> list[Item]:
    return list(dict.fromkeys(items))


def _documents(folder: Path, part: str, language: str) -> list[dict[str, Any]]:
    lines = (folder / "reports" / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()
    return [d for d in map(json.loads, lines) if d["lang"] == language]


def score(name: str, documents: list[dict[str, Any]], *, errors: bool = False) -> tuple[float, float, float]:
    """Precision, recall and F1 of the finder ``name``; with ``errors`` prints what was missed and what was wrong."""
    right = predicted = reached = wanted_all = 0
    for gold in documents:
        reading = read_statements(text_document(gold["text"], title=gold["title"], published=gold["published"], language=gold["lang"]))
        wanted, found = map(_unique, FINDERS[name](reading, gold))
        predicted, wanted_all = predicted + len(found), wanted_all + len(wanted)
        right += sum(any(f.meets(w) for w in wanted) for f in found)
        reached += sum(any(f.meets(w) for f in found) for w in wanted)
        if errors:
            _show(reading.text, gold["id"], wanted, found)
    precision, recall = right / max(predicted, 1), reached / max(wanted_all, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def _show(text: str, name: str, wanted: list[Item], found: list[Item]) -> None:
    for mark, items, others in (("MISSED", wanted, found), ("EXTRA", found, wanted)):
        for item in items:
            if not any(item.meets(o) for o in others):
                around = text[max(0, item.start - 60) : item.end + 60].replace("\n", " ")
                print(f"  {mark} {name} {item.value} [{text[item.start : item.end]}] ... {around}")


def main() -> int:
    """Prints one line per finder and part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", default=os.environ.get("WITNESSMARK_GOLD"))
    parser.add_argument("--only", choices=sorted(FINDERS))
    parser.add_argument("--part")
    parser.add_argument("--language", default="en")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if not options.gold:
        print("name the gold folder or set WITNESSMARK_GOLD", file=sys.stderr)
        return 2
    for part in [options.part] if options.part else ["dev2", "dev"]:
        documents = _documents(Path(options.gold), part, options.language)
        for name in [options.only] if options.only else FINDERS:
            p, r, f = score(name, documents, errors=options.errors)
            print(f"{part:5} {name:10} P {p:.3f}  R {r:.3f}  F1 {f:.3f}  ({len(documents)} documents)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
