"""Trains the English model of subjective sentences and writes it into the package.

    python training/subjectivity.py GOLD_FOLDER [--check]

GOLD_FOLDER holds subjectivity/train_dev.jsonl.gz (not part of this repository); its English rows are used. First prints macro-F1 with parts held out, then
fits on all three parts and writes. With --check nothing is written.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from modality import packed
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from witnessmark.documents import text_document
from witnessmark.evaluation.corpora import GoldFile
from witnessmark.evaluation.metrics.labels import score_labels
from witnessmark.statements import read_statements
from witnessmark.statements.model import ModalityModel, model_of
from witnessmark.statements.subjectivity import FILE, OBJECTIVE, SUBJECTIVE, sentence_features

PENALTY = 0.03
"""Inverse strength of the L2 penalty; 0.01 to 0.1 tried on the parts held out. Pairs of words, and half weight for words, were worse or no better."""
LEAST = 2
FOLDS, SEED = 5, 1
TARGET = Path(__file__).parents[1] / "src" / "witnessmark" / "statements" / "language" / "en" / FILE

Item = tuple[frozenset[str], str, str]
"""Features, label, part."""


def item(row: Mapping[str, Any]) -> Item:
    """What the model sees of a row."""
    reading = read_statements(text_document(row["sentence"], language="en", item=str(row["id"])))
    named = sentence_features(reading.document, reading.tokens, reading)
    return frozenset().union(*named), row["label"], row["split"]


def fit(data: Sequence[Item]) -> ModalityModel:
    """A model of ``data``: logistic regression, both labels weighing the same."""
    counts = Counter(name for names, _, _ in data for name in names)
    plain = {name[2:] for names, _, _ in data for name in names if name.startswith("w:")}
    kept = (n for n, c in counts.items() if c >= LEAST and (not n.startswith("w0:") or n[3:] in plain))
    rows = {name: at for at, name in enumerate(sorted(kept))}
    starts, columns = [0], []
    for names, _, _ in data:
        columns += sorted(rows[n] for n in names if n in rows)
        starts.append(len(columns))
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, starts), shape=(len(data), len(rows)))
    fitted = LogisticRegression(C=PENALTY, max_iter=500, class_weight="balanced").fit(matrix, [label == SUBJECTIVE for _, label, _ in data])
    half = fitted.coef_[0] / 2  # Two columns, one for each label, as the reader's models have them.
    table = np.stack([-half, half], axis=1).astype(np.float32)
    bias = np.array([-fitted.intercept_[0] / 2, fitted.intercept_[0] / 2], dtype=np.float32)
    return model_of([OBJECTIVE, SUBJECTIVE], list(rows), table, bias)


def macro_f1(train: Sequence[Item], held: Sequence[Item]) -> float:
    """Macro-F1 on ``held``."""
    found = fit(train).predict([names for names, _, _ in held])
    return score_labels([(label, ours) for (_, label, _), (ours, _) in zip(held, found, strict=True)]).macro_f1


def check(data: Sequence[Item]) -> None:
    """Print macro-F1 with each later part held out, and by cross-validation over all."""
    for held in ("dev", "dev_test"):
        for name, used in (("train", ("train",)), ("the other two", {"train", "dev", "dev_test"} - {held})):
            score = macro_f1([i for i in data if i[2] in used], [i for i in data if i[2] == held])
            print(f"trained on {name}, scored on {held}: macro-F1 {score:.3f}")
    order = list(data)
    random.Random(SEED).shuffle(order)
    scores = [macro_f1([i for n, i in enumerate(order) if n % FOLDS != f], order[f::FOLDS]) for f in range(FOLDS)]
    print(f"{FOLDS} folds over all: macro-F1 {sum(scores) / FOLDS:.3f} (mean of folds)")


def main(arguments: Sequence[str]) -> int:
    named = [a for a in arguments if not a.startswith("--")]
    if len(named) != 1:
        print(__doc__)
        return 2
    rows = GoldFile(Path(named[0]) / "subjectivity" / "train_dev.jsonl.gz").rows
    data = [item(row) for row in rows if row["lang"] == "en"]
    check(data)
    if "--check" not in arguments:
        content = packed(fit(data))
        TARGET.write_bytes(content)
        print(f"{len(data)} sentences, {len(content)} bytes, sha256 {hashlib.sha256(content).hexdigest()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
