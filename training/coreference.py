"""Make the data of ``witnessmark.incidents.coreference``: vectors of words, and the models of mentions.

    python training/coreference.py vectors GOLD_DIR
    python training/coreference.py general ECBPLUS_TRAIN [--measure ECBPLUS_DEV]
    python training/coreference.py shootings GVC_DEV [--cross]

``context.npz`` (``training/context.py``) has to be there for the last two. Vectors are a truncated singular value decomposition of positive pointwise mutual information between neighbouring words (Levy and Goldberg 2014), hashed, so
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
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd
from trees import write_trees

from witnessmark.evaluation.corpora import GoldFile
from witnessmark.evaluation.metrics.clusters import ClusterScore, clusters, score_clusters
from witnessmark.evaluation.sets.coreference import Material, material
from witnessmark.incidents.averaging import average_linkage
from witnessmark.incidents.coreference import shootings
from witnessmark.incidents.coreference.context import contexts
from witnessmark.incidents.coreference.grouping import compared
from witnessmark.incidents.coreference.kinds import KINDS, LAYER, KindModel, hash_of, kind_features
from witnessmark.incidents.coreference.mentions import see
from witnessmark.incidents.wording.bags import bucket_of

HOME = Path(__file__).resolve().parent.parent / "src" / "witnessmark" / "incidents" / "coreference"
RATE = 0.1
FOLDS = 5
LEAST_INCIDENTS = 2
"""Incidents that a feature of kinds occurs in, at least; 3 scores the same."""
WORDS_PENALTY, STATES_PENALTY, SOFTER = 1.0, 0.2, 4.0
"""Inverse penalties of the two regressions, and what standardised states are divided by; of .1 to 3 and .1 to .2 by five folds."""
_CODES = {code: at for at, code in enumerate(("100", "104", "105", "115", "989", "111", "general"))}
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
    elif arguments.step == "shootings":
        known = material(GoldFile(arguments.source))
        if arguments.cross:
            cross(known)
        else:
            lesson = lesson_of(known)
            np.savez_compressed(HOME / "shootings.npz", **taught(lesson, np.ones(len(lesson.kinds), bool)))
    else:
        known = material(GoldFile(arguments.source))
        one, _, rows, same = pairs(known)
        model = fitted(rows, same, weights_of(known, one))
        if arguments.measure:
            measure(model, material(GoldFile(arguments.measure)))
        else:
            write_trees(model, HOME / "general.npz")


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


def weights_of(known: Material, one: list[int]) -> Any:
    """The weight of each pair: one over the root of the pairs of its sub-topic, so that the few largest do not outweigh all others; 1 on average."""
    topics = np.array([known.topics[known.mentions[a].text] if known.topics else "" for a in one])
    _, topic, times = np.unique(topics, return_inverse=True, return_counts=True)
    weights = 1 / np.sqrt(times[topic])
    return weights / weights.mean()


def fitted(rows: Any, same: Any, weights: Any) -> Any:
    """The model. Logistic regression and randomised trees on the same features scored .02 to .04 lower."""
    model = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=RATE, max_leaf_nodes=15, min_samples_leaf=40, l2_regularization=1.0, random_state=1
    )
    return model.fit(rows, same, sample_weight=weights)


def measure(model: Any, known: Material) -> None:
    """Print scores at several thresholds."""
    one, other, rows, _ = pairs(known)
    _scores(known, one, other, model.predict_proba(rows)[:, 1])


class Lesson(NamedTuple):
    """Mentions of reports of shootings: named features, states, kinds (numbers of KINDS), incidents."""

    named: list[dict[str, float]]
    states: Any
    kinds: Any
    incidents: list[str]


def lesson_of(known: Material) -> Lesson:
    """What the model of kinds learns from. The kind of a mention is part of the name of its chain, after the incident's number."""
    held = contexts(known.texts, known.mentions)
    incidents = [known.incidents[m.text] for m in known.mentions]
    kinds = [_kind(chain or "", incident) for chain, incident in zip(known.chains, incidents, strict=True)]
    return Lesson([kind_features(known.texts, m) for m in known.mentions], held.words[LAYER], np.array(kinds), incidents)


def _kind(chain: str, incident: str) -> int:
    code = chain.partition(incident)[2][3:6] if incident in chain else "general"
    return _CODES.get(code, KINDS.index("injury"))


def taught(lesson: Lesson, kept: Any) -> dict[str, Any]:
    """The arrays of ``KindModel``, from the mentions that are ``kept``. Features of one incident alone are left out: they are names for the most part."""
    seen: dict[str, set[str]] = {}
    for at in np.flatnonzero(kept):
        for name in lesson.named[at]:
            seen.setdefault(name, set()).add(lesson.incidents[at])
    shared = {hash_of(name) for name, where in seen.items() if len(where) >= LEAST_INCIDENTS}
    names = np.array(sorted(shared), np.uint32)
    column = {int(name): at for at, name in enumerate(names)}
    table = np.zeros((len(lesson.named), len(names)), np.float32)
    for row, features in enumerate(lesson.named):
        for name, value in features.items():
            if (own := column.get(hash_of(name))) is not None:
                table[row, own] += value
    mean, scale = lesson.states[kept].mean(axis=0), (lesson.states[kept].std(axis=0) + 1e-6) * SOFTER
    words = LogisticRegression(C=WORDS_PENALTY, max_iter=300).fit(table[kept], lesson.kinds[kept])
    states = LogisticRegression(C=STATES_PENALTY, max_iter=300, tol=1e-3).fit(((lesson.states - mean) / scale)[kept], lesson.kinds[kept])
    return {
        "names": names,
        "weights": words.coef_.T.astype(np.float16),
        "mean": mean,
        "scale": scale,
        "context": states.coef_.T.astype(np.float16),
        "bias": (words.intercept_ + states.intercept_).astype(np.float32),
    }


def cross(known: Material) -> None:
    """Print scores of cross-validation by incident."""
    lesson = lesson_of(known)
    fold = np.array([int(hashlib.md5(incident.encode()).hexdigest(), 16) % FOLDS for incident in lesson.incidents])
    chances = np.zeros((len(fold), len(KINDS)), np.float32)
    for k in range(FOLDS):
        test = np.flatnonzero(fold == k)
        arrays = taught(lesson, fold != k)
        model = KindModel(arrays.pop("names"), **{name: array.astype(np.float32) for name, array in arrays.items()})
        chances[test] = model.chances([lesson.named[at] for at in test], lesson.states[test])
    print("kinds:", round(float((chances.argmax(axis=1) == lesson.kinds).mean()), 4), "right")
    gold = clusters(dict(enumerate(known.chains)))
    for at_least in (0.16, 0.18, 0.2, 0.22, 0.25):
        shootings.ONE_INCIDENT = at_least
        incidents = shootings.incidents_of(known.texts)
        for price in (0.0, 0.5, 1.0, 1.5, 2.0):
            shootings.PRICE = price
            ours = clusters(dict(enumerate(shootings.grouped(incidents, known.mentions, chances))))
            _tell(f"incident {at_least} price {price}", score_clusters(gold, ours))


def _tell(name: str, score: ClusterScore) -> None:
    print(name, f"conll {score.conll:.4f} muc {score.muc:.3f} b3 {score.b_cubed:.3f} ceafe {score.ceaf_e:.3f}", flush=True)


def _scores(known: Material, one: list[int], other: list[int], chance: Any) -> None:
    gold = clusters(dict(enumerate(known.chains)))
    for at_least in (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        links = [(a, b, float(p)) for a, b, p in zip(one, other, chance, strict=True)]
        _tell(
            str(at_least), score_clusters(gold, clusters(dict(enumerate(average_linkage(len(known.mentions), links, at_least=at_least)))))
        )


if __name__ == "__main__":
    main()
