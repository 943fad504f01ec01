"""Make the data of ``witnessmark.incidents.wording``: the rarity of words, and the model that tells whether two reports tell one story.

    python training/stories.py rarity GOLD_DIR
    python training/stories.py model GVA_DEV [--cross]

The first counts, in the texts of all sets but those on which merging is measured, how many documents each hashed word stands in. The second
reads the shooting reports, pairs them as the product does, and fits boosted trees to whether both are on one incident; ``--cross`` only prints
the scores of five-fold cross-validation by incident.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from trees import write_trees

from witnessmark.evaluation.corpora import GoldFile
from witnessmark.evaluation.metrics.clusters import clusters, score_clusters
from witnessmark.evaluation.told import told
from witnessmark.incidents.wording.bags import BUCKETS, bucket_of, wording_of
from witnessmark.incidents.wording.stories import Report, pair_features, reports
from witnessmark.statements.language.tokens import tokenise

HOME = Path(__file__).resolve().parent.parent / "src" / "witnessmark" / "incidents" / "wording"
MEASURED = ("gva", "gvc", "ecbplus", "reports")
SHORTEST = 300
"""Characters below which a text is no document of its own."""
STEPS = 250
FOLDS = 5
RATE = 0.1


def main() -> None:
    """Run one step."""
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=("rarity", "model"))
    parser.add_argument("source", type=Path)
    parser.add_argument("--cross", action="store_true")
    arguments = parser.parse_args()
    if arguments.step == "rarity":
        write_rarity(arguments.source)
    else:
        fit_model(arguments.source, cross=arguments.cross)


def write_rarity(gold: Path) -> None:
    """Count documents by bucket and write the logarithms in 250 steps."""
    found: Counter[int] = Counter()
    documents = 0
    for text in texts(gold):
        documents += 1
        found.update({bucket_of(t.lower) for t in tokenise(text) if t.kind in ("word", "number")})
    counts = np.zeros(BUCKETS)
    for bucket, times in found.items():
        counts[bucket] = times
    rarity = np.log((documents + 1) / (np.minimum(counts, documents) + 0.5))
    step = float(rarity.max()) / STEPS
    np.savez_compressed(HOME / "rarity.npz", steps=np.round(rarity / step).astype(np.uint8), step=np.float32(step))
    print(documents, "documents,", len(found), "buckets")


def texts(gold: Path) -> Iterator[str]:
    """The texts of documents of all sets that merging is not measured on."""
    for path in sorted(gold.glob("*/*.jsonl.gz")):
        if path.parent.name in MEASURED:
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = row.get("text") or ""
                if len(text) >= SHORTEST:
                    yield f"{row.get('title') or ''} {text}"


def read_reports(path: Path) -> tuple[tuple[Report, ...], list[str]]:
    """The reports of the file by id, and the incident of each."""
    wordings, days, claims, incidents = {}, {}, [], {}
    for row in GoldFile(path).rows:
        read = told(
            row["text"], title=row["title"] or None, published=row["dct"], publisher=row["source"], language="en", item=row["docid"]
        )
        name = read.document.identifier
        wordings[name] = wording_of(read.document)
        days[name] = read.document.published.value.latest.toordinal() if read.document.published else None
        claims += read.claims.incidents
        incidents[name] = row["incident"]
    listed = reports(claims, wordings, days)
    return listed, [incidents[r.document] for r in listed]


def fit_model(path: Path, *, cross: bool) -> None:
    """Fit, or measure by folds of incidents."""
    listed, incidents = read_reports(path)
    one, other, rows = pair_features(listed)
    same = np.array([incidents[a] == incidents[b] for a, b in zip(one, other, strict=True)])
    print(len(rows), "pairs,", int(same.sum()), "of one incident")
    if cross:
        _cross(one, other, rows, same, incidents)
        return
    write_trees(_fitted(rows, same), HOME / "stories.npz")


def _fitted(rows: Any, same: Any) -> Any:
    # 120 trees of 15 leaves: 250 trees at half the rate gave the same pair F1 within .004 and take twice as long to run.
    model = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=RATE, max_leaf_nodes=15, min_samples_leaf=30, l2_regularization=1.0, random_state=1
    )
    return model.fit(rows, same)


def _cross(one: Any, other: Any, rows: Any, same: Any, incidents: list[str]) -> None:
    from witnessmark.incidents.averaging import average_linkage

    fold = np.array([int(hashlib.md5(i.encode()).hexdigest(), 16) % FOLDS for i in incidents])
    odds = np.zeros(len(rows))
    for k in range(FOLDS):
        test = (fold[one] == k) | (fold[other] == k)
        odds[test] = _fitted(rows[~test], same[~test]).decision_function(rows[test])
    chance = 1 / (1 + np.exp(-odds))
    gold = clusters(dict(enumerate(incidents)))
    for at_least in (0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        links = [(int(a), int(b), float(p)) for a, b, p in zip(one, other, chance, strict=True)]
        homes = average_linkage(len(incidents), links, at_least=at_least)
        score = score_clusters(gold, clusters(dict(enumerate(homes))))
        print(at_least, "conll", round(score.conll, 4), "pairs", round(score.pairs, 4))


if __name__ == "__main__":
    main()
