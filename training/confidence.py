"""Fits the confidence of the fields of incident claims and writes the table of weights into the package.

    python training/confidence.py GOLD_FOLDER [--check]

GOLD_FOLDER holds reports/ (dev.jsonl, dev2.jsonl; English ones are used), gva/dev.jsonl.gz and muc4/incident_train.jsonl.gz with the texts (not part
of this repository). First prints, by cross-validation over documents, the reliability of every field (expected calibration error, Brier score, precision
at several coverages), then fits on all and writes. With --check nothing is written.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from witnessmark.assess.confidence.evidence import SEVERAL, SINGLE, Text, evidence, mentions_of
from witnessmark.assess.confidence.model import FieldModel
from witnessmark.evaluation.corpora import GoldFile
from witnessmark.evaluation.incident_rows import archive_rows, by_weight
from witnessmark.evaluation.judging import Verdict, record_verdicts, report_verdicts
from witnessmark.evaluation.metrics.reliability import COVERAGES, Judged, kept_above, reliability
from witnessmark.evaluation.report_rows import report_row
from witnessmark.evaluation.sets.muc4 import read_wire
from witnessmark.evaluation.told import Told, told
from witnessmark.model import IncidentClaim

FOLDS, SEED = 5, 1
PENALTY = 0.1
"""Inverse strength of the L2 penalty; 0.02 to 1 tried. By cross-validated log loss 0.2 is as good on the large sets, 0.06 on the reports."""
FIRM = {"perpetrator": 1e-5}
"""Stronger penalties. With 72 values of the perpetrator, and no archive that has the field, nothing beyond the base rate could be learnt: the surest half
was right less often (.61) than all (.79), so that the field gets the base rate."""
REPORTS_WEIGHT = 8.0
"""Weight of a value of the reports, which are closest to what is read in earnest, against one of the archives. Mean log loss on the reports, held
out, by weight: 1 .53, 4 .49, 8 .48; the price on GVA is .016."""
LEAST = 12
"""Values that must show a feature; rarer ones are left out."""
TARGET = Path(__file__).parents[1] / "src" / "witnessmark" / "assess" / "confidence" / "confidence.json"


@dataclass(frozen=True)
class Item:
    """One value with what speaks for it. ``group`` keeps the values of a document in one fold."""

    source: str
    group: str
    field: str
    evidence: Mapping[str, float]
    right: bool


def items(folder: Path) -> Iterator[Item]:
    """All values of all sets that the gold judges."""
    for part in ("dev", "dev2"):
        for row in GoldFile(folder / "reports" / f"{part}.jsonl").rows:
            if row["lang"] == "en":
                report = _report(row)
                verdicts = report_verdicts(row, report_row(row["id"], report))
                yield from _seen("reports", row["id"], report, report.claims.incidents, verdicts)
    for row in GoldFile(folder / "gva" / "dev.jsonl.gz").rows:
        if row.get("gold"):
            report = told(row["text"], title=row["title"] or None, published=row["dct"], language="en", item=row["docid"])
            yield from _record("gva", str(row["incident"]), report, row["gold"], count_attackers=True)
    texts = {r["docid"]: r for r in GoldFile(folder / "muc4" / "train.jsonl.gz").rows}
    for row in GoldFile(folder / "muc4" / "incident_train.jsonl.gz").rows:
        if row["docid"] in texts:
            yield from _record("muc4", row["docid"], read_wire(texts[row["docid"]]), row["gold"], count_attackers=False)


def _report(row: Mapping[str, Any]) -> Told:
    names = ("title", "published", "publisher", "publisher_type")
    return told(row["text"], **{name: row.get(name) for name in names}, language="en", item=str(row["id"]))


def _record(source: str, group: str, report: Told, gold: Mapping[str, Any], *, count_attackers: bool) -> Iterator[Item]:
    claims = by_weight(report)
    if claims:
        first = archive_rows(report, count_attackers=count_attackers)[0]
        yield from _seen(source, group, report, claims[:1], record_verdicts(gold, first))


def _seen(source: str, group: str, report: Told, claims: Sequence[IncidentClaim], verdicts: Iterable[Verdict]) -> Iterator[Item]:
    text = Text.of(report.reading, report.claims)
    for verdict in verdicts:
        held = mentions_of(claims[verdict.incident], verdict.field)
        if verdict.position < len(held):
            known = evidence(text, claims[verdict.incident], verdict.field, held[verdict.position])
            yield Item(source, f"{source}:{group}", verdict.field, known, verdict.right)


def fit(data: Sequence[Item], *, penalty: float = PENALTY) -> FieldModel:
    """The model of one field."""
    seen = Counter(name for item in data for name, value in item.evidence.items() if value)
    names = sorted(name for name, count in seen.items() if count >= LEAST)
    index = {name: at for at, name in enumerate(names)}
    weights = np.array([REPORTS_WEIGHT if item.source == "reports" else 1.0 for item in data])
    fitted = LogisticRegression(C=penalty, max_iter=500)
    fitted.fit(_matrix(data, index), [item.right for item in data], sample_weight=weights * len(data) / weights.sum())
    return FieldModel(float(fitted.intercept_[0]), dict(zip(names, fitted.coef_[0].tolist(), strict=True)))


def _matrix(data: Sequence[Item], index: Mapping[str, int]) -> sparse.csr_matrix:
    found = [(row, index[name], value) for row, item in enumerate(data) for name, value in item.evidence.items() if name in index]
    rows, columns, values = zip(*found, strict=True)
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(data), len(index)))


def cross_validated(data: Sequence[Item], *, penalty: float = PENALTY) -> dict[str, list[Judged]]:
    """Confidence in each value by a model that has not seen its document, by set."""
    groups = sorted({item.group for item in data})
    random.Random(SEED).shuffle(groups)
    fold = {group: at % FOLDS for at, group in enumerate(groups)}
    out: dict[str, list[Judged]] = defaultdict(list)
    for at in range(FOLDS):
        model = fit([item for item in data if fold[item.group] != at], penalty=penalty)
        for item in data:
            if fold[item.group] == at:
                out[item.source].append(Judged(item.field, model.probability(item.evidence), item.right))
    return out


def report_line(name: str, source: str, judged: Sequence[Judged], threshold: float = 0.5) -> str:
    """One line of the table."""
    made = reliability(judged)
    share, right = kept_above(judged, threshold)
    curve = " ".join(f"{value:.2f}" for value in made.precision)
    base = made.right * (1 - made.right)
    return (
        f"{name:12} {source:8} n {made.count:5}  right {made.right:.3f}  ECE {made.error:.3f}  Brier {made.brier:.3f} (constant {base:.3f})  "
        f"at {threshold}: kept {share:.2f} right {'-' if right is None else format(right, '.2f')}  precision {curve}"
    )


def packed(models: Mapping[str, FieldModel]) -> str:
    """The table as JSON, weights to three digits, those that round to nothing left out."""
    rows = {
        name: {"bias": round(model.bias, 3), "weights": {k: round(v, 3) for k, v in sorted(model.weights.items()) if abs(v) >= 0.005}}
        for name, model in models.items()
    }
    return json.dumps(rows, indent=1, ensure_ascii=False) + "\n"


def main(arguments: Sequence[str]) -> int:
    named = [a for a in arguments if not a.startswith("--")]
    if len(named) != 1:
        print(__doc__)
        return 2
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items(Path(named[0])):
        found[item.field].append(item)
    print("precision at coverage " + " ".join(f"{share:.1f}" for share in COVERAGES) + ", the surest first")
    models, every = {}, defaultdict(list)
    for name in (*SINGLE, *SEVERAL):
        for source, judged in sorted(cross_validated(found[name], penalty=FIRM.get(name, PENALTY)).items()):
            print(report_line(name, source, judged))
            every[source] += judged
        models[name] = fit(found[name], penalty=FIRM.get(name, PENALTY))
    for source, judged in sorted(every.items()):
        print(report_line("all", source, judged))
    if "--check" not in arguments:
        TARGET.write_text(packed(models), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
