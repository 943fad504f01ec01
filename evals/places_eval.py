"""Scores the finder of places by itself, on the reports and on the geoparsing sets.

    python evals/places_eval.py [GOLD_FOLDER] [--errors] [--write FOLDER]

GOLD_FOLDER (or WITNESSMARK_GOLD) holds ``reports/*.jsonl`` and ``geo/*.jsonl.gz``. Reports: of the incidents' place spans that hold a name, the
share that a resolved mention overlaps within 25 km (or within the radius of the precision, as the reports' scorer has it) and in the right
country; and the share of all incidents for which some mention of the document lies there. Geo: exact-span recognition and accuracy at 161 km.
``--write`` leaves the predictions that ``score_geo.py`` reads. LGL counts adjectives and peoples as toponyms, GeoVirus does not: with LGL they
are added (``lgl+adjectives``) and left out (``lgl``).
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from witnessmark.claims.places import find_places
from witnessmark.claims.places.find import adjectives_as_places
from witnessmark.claims.places.geometry import distance_km
from witnessmark.documents import text_document
from witnessmark.model import Mention, PlaceValue, Span
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.reading import Reading
from witnessmark.statements.segment import sentences

LIMITS = {"P5": 60, "P6": 150, "P7": 200, "P8": 500, "P9": 500}
"""Kilometres that count as right, by the gold precision; 25 for everything finer (the rule of the reports' scorer)."""


def reading_of(text: str, *, title: str | None = None, language: str = "en", publisher: str | None = None) -> Reading:
    """A reading without statements: places need tokens and sentences only."""
    document = text_document(text, title=title, language=language, publisher=publisher)
    tokens = tuple(tokenise(document.text))
    return Reading(document, tokens, sentences(document, tokens), ())


def _lines(path: Path) -> list[dict[str, Any]]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode().split("\n") if line]


def _hits(mention: Mention[PlaceValue], gold: dict[str, Any]) -> bool:
    value = mention.value
    if value.latitude is None or value.longitude is None:
        return value.name.lower() == gold["name"].lower()
    return distance_km(value.latitude, value.longitude, gold["lat"], gold["lon"]) <= LIMITS.get(gold["precision"], 25)


def score_reports(path: Path, *, errors: bool) -> dict[str, Any]:
    """Counts over the incidents of one reports file, by language."""
    out: dict[str, dict[str, int]] = {}
    for gold in _lines(path):
        reading = reading_of(gold["text"], title=gold["title"], language=gold["lang"], publisher=gold["publisher"])
        found = find_places(reading)
        counts = out.setdefault(gold["lang"], dict.fromkeys(("incidents", "covered", "within", "country", "precision", "reachable"), 0))
        for incident in gold["incidents"]:
            place = incident["place"]
            if place is None:
                continue
            counts["incidents"] += 1
            counts["reachable"] += any(_hits(m, place) for m in found)
            meeting = [m for m in found if m.span and m.span.start < place["end"] and place["start"] < m.span.end]
            if not meeting:
                if errors:
                    print("uncovered", gold["id"], repr(reading.text[place["start"] : place["end"]]), place["name"])
                continue
            counts["covered"] += 1
            right = [m for m in meeting if _hits(m, place)]
            counts["within"] += bool(right)
            counts["country"] += any(m.value.country == place["country"] for m in meeting)
            counts["precision"] += any(m.value.precision == place["precision"] for m in meeting)
            if errors and not right:
                v = meeting[0].value
                print(
                    "wrong",
                    gold["id"],
                    repr(meeting[0].quote),
                    place["name"],
                    place["adm1"],
                    "->",
                    v.name,
                    v.adm1,
                    v.country,
                    v.latitude,
                    v.longitude,
                )
    return out


def _row(mention: Mention[PlaceValue]) -> dict[str, Any]:
    """A prediction of ``score_geo.py``."""
    span = mention.span or Span(0, 1)
    return {"start": span.start, "end": span.end, "name": mention.quote, "lat": mention.value.latitude, "lon": mention.value.longitude}


def predictions(path: Path, *, adjectives: bool) -> tuple[list[dict[str, Any]], float]:
    """``score_geo.py``'s predictions for one set, and the CPU seconds spent on finding."""
    out, spent = [], 0.0
    for gold in _lines(path):
        reading = reading_of(gold["text"])
        start = time.process_time()
        found = find_places(reading)
        spent += time.process_time() - start
        rows = [_row(m) for m in found if m.span]
        if adjectives:
            rows += [_row(m) for m in adjectives_as_places(reading)]
        out.append({"docid": gold["docid"], "toponyms": rows})
    return out, spent


def score_geo(path: Path, predicted: list[dict[str, Any]]) -> dict[str, float]:
    """Exact-span precision, recall and F1, and accuracy at 161 km: end to end and on found."""
    right = gold_n = found_n = located = near = hit = 0
    for gold, pred in zip(_lines(path), predicted, strict=True):
        by_span = {(t["start"], t["end"]): t for t in pred["toponyms"]}
        wanted = {(t["start"], t["end"]): t for t in gold["toponyms"]}
        gold_n += len(wanted)
        found_n += len(by_span)
        for span, toponym in wanted.items():
            p = by_span.get(span)
            right += p is not None
            if toponym.get("lat") is None:
                continue
            located += 1
            if p is not None and p["lat"] is not None:
                hit += 1
                near += distance_km(p["lat"], p["lon"], toponym["lat"], toponym["lon"]) <= 161
    precision, recall = right / max(1, found_n), right / max(1, gold_n)
    return {
        "precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall),
        "end_to_end_161": near / max(1, located), "found_161": near / max(1, hit),
    }  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 0 when it could be made."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="?", default=os.environ.get("WITNESSMARK_GOLD", ""))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args(arguments)
    folder = Path(options.gold)
    if not options.gold or not folder.is_dir():
        print("name the gold folder", file=sys.stderr)
        return 2
    for path in sorted((folder / "reports").glob("*.jsonl")):
        for language, c in score_reports(path, errors=options.errors).items():
            n, covered = max(1, c["incidents"]), max(1, c["covered"])
            print(
                f"{path.stem} {language}: {n} incidents; span read {covered / n:.3f}; of these within limit {c['within'] / covered:.3f}, country "
                f"{c['country'] / covered:.3f}, precision {c['precision'] / covered:.3f}; some mention there {c['reachable'] / n:.3f}"
            )
    for path in sorted((folder / "geo").glob("*.jsonl.gz")):
        for adjectives in (False, True) if path.name.startswith("lgl") else (False,):
            predicted, spent = predictions(path, adjectives=adjectives)
            name = path.name.split(".")[0] + ("+adjectives" if adjectives else "")
            print(
                name,
                {k: round(v, 4) for k, v in score_geo(path, predicted).items()},
                f"{spent / len(predicted) * 1000:.2f} ms CPU a document",
            )
            if options.write:
                options.write.mkdir(parents=True, exist_ok=True)
                rows = "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predicted)
                (options.write / f"{name}.jsonl").write_text(rows, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
