"""Make the data of ``witnessmark.incidents.coreference``: vectors of words, and the models of mentions.

    python training/coreference.py vectors GOLD_DIR
    python training/coreference.py general ECBPLUS_TRAIN [--measure ECBPLUS_DEV]
    python training/coreference.py shootings GVC_DEV [--cross]

Vectors are a truncated singular value decomposition of positive pointwise mutual information between neighbouring words (Levy and Goldberg 2014), hashed, so
that the file holds no readable word. ``--measure`` and ``--cross`` print scores and write nothing.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.utils.extmath import randomized_svd
from trees import write_trees

from witnessmark.evaluation.corpora import GoldFile
from witnessmark.evaluation.metrics.clusters import clusters, score_clusters
from witnessmark.evaluation.sets.coreference import Material, material
from witnessmark.incidents.averaging import average_linkage
from witnessmark.incidents.coreference.grouping import compared
from witnessmark.incidents.coreference.mentions import see
from witnessmark.incidents.wording.bags import bucket_of

HOME = Path(__file__).resolve().parent.parent / "src" / "witnessmark" / "incidents" / "coreference"
RATE = 0.1
FOLDS = 5
_WORD = re.compile(r"[a-z]+|\d+")
_KNOWN, _LEAST, _SIZE = 14_000, 5, 48
_NEAR = ((1, 1.0), (2, 1.0), (3, 0.7), (4, 0.5))
_UNSEEN = ("gva", "gvc", "reports")
_ENGLISH = frozenset({"muc4", "polnear", "geo", "fnc1", "ecbplus", "re3d", "case2021_task2", "event_location", "wikievents"})


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=("vectors", "general", "shootings"))
    parser.add_argument("source", type=Path)
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--cross", action="store_true")
    arguments = parser.parse_args()
    if arguments.step == "vectors":
        write_vectors(arguments.source)
    elif arguments.cross:
        cross(material(GoldFile(arguments.source)))
    else:
        known = material(GoldFile(arguments.source))
        model = fitted(*pairs(known)[2:])
        if arguments.measure:
            measure(model, material(GoldFile(arguments.measure)))
        else:
            write_trees(model, HOME / f"{arguments.step}.npz")


def write_vectors(gold: Path) -> None:
    """Count neighbours in the English texts of the gold folder, and write 48 numbers for each of 14,000 words."""
    documents = [_WORD.findall(text.lower()) for text in _texts(gold)]
    counts = Counter(w for d in documents for w in d)
    known = {w: n for n, (w, times) in enumerate(counts.most_common(_KNOWN)) if times >= _LEAST}
    table = _neighbours(documents, known)
    left, strength, _ = randomized_svd(table, _SIZE, random_state=1, n_iter=3)
    vectors = left * np.sqrt(strength)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    buckets = np.array([bucket_of(w) for w in known])
    _, first = np.unique(buckets, return_index=True)
    np.savez_compressed(HOME / "vectors.npz", buckets=buckets[first].astype(np.int32), steps=np.round(vectors[first] * 127).astype(np.int8))
    print(len(documents), "documents,", len(first), "words")


def _texts(gold: Path) -> list[str]:
    out: list[str] = []
    for path in sorted(gold.glob("*/*.jsonl.gz")):
        if path.parent.name not in _ENGLISH or (path.parent.name == "ecbplus" and "train" not in path.name):
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                held = row.get("sentences")
                joined = " ".join(" ".join(s) for s in held.values()) if isinstance(held, dict) else ""
                out.append(row.get("text") or row.get("body") or joined)
    return [text for text in out if len(text) >= 200]


def _neighbours(documents: list[list[str]], known: dict[str, int]) -> Any:
    rows, columns, weights = [], [], []
    for step, weight in _NEAR:
        one = np.concatenate([[known.get(w, -1) for w in d[:-step]] for d in documents]).astype(np.int64)
        other = np.concatenate([[known.get(w, -1) for w in d[step:]] for d in documents]).astype(np.int64)
        kept = (one >= 0) & (other >= 0)
        rows.append(one[kept])
        columns.append(other[kept])
        weights.append(np.full(int(kept.sum()), weight))
    size = len(known)
    table = sparse.coo_matrix((np.concatenate(weights), (np.concatenate(rows), np.concatenate(columns))), shape=(size, size)).tocsr()
    table = (table + table.T).tocoo()
    total = np.bincount(table.row, table.data, size)
    smooth = total**0.75 / (total**0.75).sum()
    information = np.log(table.data / (total[table.row] * smooth[table.col]))
    kept = information > 0
    return sparse.csr_matrix((information[kept], (table.row[kept], table.col[kept])), shape=(size, size))


def pairs(known: Material) -> tuple[list[int], list[int], Any, Any]:
    """Pairs of mentions with their features, and whether both are of one event."""
    one, other, rows = compared(known.texts, see(known.texts, known.mentions), known.topics)
    same = np.array([known.chains[a] == known.chains[b] for a, b in zip(one, other, strict=True)])
    print(len(known.mentions), "mentions,", len(rows), "pairs,", int(same.sum()), "of one event")
    return one, other, rows, same


def fitted(rows: Any, same: Any) -> Any:
    """The model. Logistic regression and randomised trees on the same features scored .02 to .04 lower."""
    model = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=RATE, max_leaf_nodes=15, min_samples_leaf=40, l2_regularization=1.0, random_state=1
    )
    return model.fit(rows, same)


def measure(model: Any, known: Material) -> None:
    """Print scores at several thresholds."""
    one, other, rows, _ = pairs(known)
    _scores(known, one, other, model.predict_proba(rows)[:, 1])


def cross(known: Material) -> None:
    """Print scores of cross-validation by incident."""
    one, other, rows, same = pairs(known)
    fold = np.array([int(hashlib.md5(known.incidents[m.text].encode()).hexdigest(), 16) % FOLDS for m in known.mentions])
    chance = np.zeros(len(rows))
    for k in range(FOLDS):
        test = (fold[one] == k) | (fold[other] == k)
        chance[test] = fitted(rows[~test], same[~test]).predict_proba(rows[test])[:, 1]
    _scores(known, one, other, chance)


def _scores(known: Material, one: list[int], other: list[int], chance: Any) -> None:
    gold = clusters(dict(enumerate(known.chains)))
    for at_least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        links = [(a, b, float(p)) for a, b, p in zip(one, other, chance, strict=True)]
        ours = clusters(dict(enumerate(average_linkage(len(known.mentions), links, at_least=at_least))))
        score = score_clusters(gold, ours)
        print(at_least, f"conll {score.conll:.4f} muc {score.muc:.3f} b3 {score.b_cubed:.3f} ceafe {score.ceaf_e:.3f}", flush=True)


if __name__ == "__main__":
    main()
