"""Measures the temporal tagger on the time corpora and on the reports, on two halves of the documents apart.

    python evals/dates_eval.py [--gold DIR] [--only NAME] [--half odd|even|all] [--errors N]

Tuning looks at the odd documents only; the even ones tell whether it carried over.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from witnessmark.claims.dates import find_dates, to_timex
from witnessmark.documents import text_document
from witnessmark.model import Span
from witnessmark.statements import read_statements

CORPORA = {
    "aquaint": ("aquaint.jsonl.gz", "en", "timex3"),
    "wikiwars": ("wikiwars_en_01_16.jsonl.gz", "en", "timex2"),
    "wikiwars-ua": ("wikiwars_uk_01_16.jsonl.gz", "uk", "timex3"),
}
HALVES: dict[str, Callable[[int], bool]] = {"odd": lambda n: n % 2 == 0, "even": lambda n: n % 2 == 1, "all": lambda n: True}


def main() -> int:
    """Prints one line per corpus and half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", default=os.environ.get("WITNESSMARK_GOLD"))
    parser.add_argument("--only", choices=[*CORPORA, "reports"])
    parser.add_argument("--half", choices=list(HALVES))
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    if not options.gold:
        parser.error("name the gold folder with --gold or WITNESSMARK_GOLD")
    gold = Path(options.gold)
    for half in [options.half] if options.half else ["odd", "even"]:
        for name in [options.only] if options.only else [*CORPORA, "reports"]:
            if name == "reports":
                _reports(gold, half, options.errors)
            else:
                _corpus(gold, name, half, options.errors)
    return 0


def _scorer(gold: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_time", gold / "score" / "score_time.py")
    if spec is None or spec.loader is None:
        raise SystemExit("no scorer in the gold folder")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _corpus(gold: Path, name: str, half: str, errors: int) -> None:
    file, language, convention = CORPORA[name]
    with gzip.open(gold / "time" / file, "rt", encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    chosen = [d for n, d in enumerate(documents) if HALVES[half](n)]
    predicted = {d["docid"]: to_timex(d["text"], d["dct"], language, convention=convention) for d in chosen}
    scorer = _scorer(gold)
    scores = scorer.score({d["docid"]: d["timexes"] for d in chosen}, predicted)
    parts = "  ".join(f"{k} {100 * scores[k]['f1']:5.1f}" for k in ("strict", "relaxed", "type", "value", "day", "month"))
    print(f"{name:12s} {half:5s} {parts}  precision {100 * scores['relaxed']['p']:.1f} recall {100 * scores['relaxed']['r']:.1f}")
    if errors:
        _show_errors(chosen, predicted, scorer, errors)


def _show_errors(documents: list[dict[str, Any]], predicted: dict[str, list[dict[str, Any]]], scorer: ModuleType, limit: int) -> None:
    shown = 0
    for d in documents:
        gold, found, text = d["timexes"], predicted[d["docid"]], d["text"]
        paired = scorer.pairs(gold, found)
        missed = set(range(len(gold))) - {i for i, _, _ in paired}
        extra = set(range(len(found))) - {j for _, j, _ in paired}
        rows = [(gold[i]["start"], "MISS", gold[i], None) for i in missed] + [(found[j]["start"], "EXTRA", None, found[j]) for j in extra]
        rows += [(gold[i]["start"], "VALUE" if scorer.nv(gold[i]["value"]) != scorer.nv(found[j]["value"]) else "SPAN", gold[i], found[j])
                 for i, j, exact in paired if not exact or scorer.nv(gold[i]["value"]) != scorer.nv(found[j]["value"])]  # fmt: skip
        for start, kind, g, p in sorted(rows, key=lambda r: r[0]):
            if shown >= limit:
                return
            shown += 1
            gs = None if g is None else (text[g["start"] : g["end"]], g["value"], g.get("mod"))
            ps = None if p is None else (text[p["start"] : p["end"]], p["value"])
            print(f"  {kind:5s} {d['docid'][-14:]:14s} ..{text[max(0, start - 45) : start]!r} gold={gs} ours={ps}")


def _reports(gold: Path, half: str, errors: int) -> None:
    """Of the incident dates with words: does our mention on those words give the same days, precision, basis?"""
    counts = dict.fromkeys(("gold", "found", "interval", "day1", "precision", "basis", "all"), 0)
    per_language: dict[str, list[int]] = {}
    for file in ("dev.jsonl", "dev2.jsonl"):
        for number, line in enumerate((gold / "reports" / file).read_text(encoding="utf-8").splitlines()):
            record = json.loads(line)
            if HALVES[half](number):
                _report(record, counts, per_language, errors)
    total = max(1, counts["gold"])
    print(f"{'reports':12s} {half:5s} " + "  ".join(f"{k} {v}" + ("" if k == "gold" else f" ({v / total:.2f})") for k, v in counts.items()))
    print("             interval by language: " + "  ".join(f"{k} {a}/{b}" for k, (a, b) in sorted(per_language.items())))


def _report(record: dict[str, Any], counts: dict[str, int], per_language: dict[str, list[int]], errors: int) -> None:
    document = text_document(record["text"], title=record["title"], published=record["published"], language=record["lang"])
    found = [(m, m.span) for m in find_dates(read_statements(document)) if m.span is not None]
    dates = [i["date"] for i in record["incidents"] if i["date"] and i["date"]["start"] is not None]
    tally = per_language.setdefault(record["lang"], [0, 0])
    for date in {(d["start"], d["end"]): d for d in dates}.values():
        counts["gold"] += 1
        tally[1] += 1
        words = Span(date["start"], date["end"])
        over = [(min(s.end, words.end) - max(s.start, words.start), m) for m, s in found if s.overlaps(words)]
        if not over:
            if errors:
                print("  MISS", record["id"], words.of(document.text), date)
            continue
        best = max(over, key=lambda pair: pair[0])[1]
        value = best.value
        got = (value.earliest.isoformat(), value.latest.isoformat(), value.precision, value.basis)
        want = (date["from"], date["to"], date["precision"], date["basis"])
        tally[0] += got[:2] == want[:2]
        counts["found"] += 1
        for name, right in (
            ("interval", got[:2] == want[:2]), ("day1", got[0] == want[0]), ("precision", got[2] == want[2]), ("basis", got[3] == want[3]),
            ("all", got == want),
        ):  # fmt: skip
            counts[name] += right
        if errors and got != want:
            print(f"  {record['id']} published {record['published']} {document.text[max(0, words.start - 30) : words.end + 10]!r}")
            print(f"       want {want} ours {best.quote!r} {got} anchor {value.anchor} {best.rule}")


if __name__ == "__main__":
    sys.exit(main())
