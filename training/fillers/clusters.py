"""Makes the word clusters: words that stand among the same words fall together.

    python training/fillers/clusters.py GOLD_FOLDER WORDS_FOLDER

Counts, for each word of the English development texts (not in this repository; the gold answers and the development part of MUC-4 are not read), the
words two to the left and right of it by position and those up to six away; weights them by positive pointwise mutual information; reduces them to 80
dimensions (randomised SVD) and makes 500 clusters (k-means). Writes clusters.json: word to cluster number; and plain.json: the words that stand without
a capital somewhere in the mixed-case texts, so that names can be told from words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.utils.extmath import randomized_svd

SETS = (
    *("case2021_task2/dev", "event_location/train", "fnc1/train_bodies", "geo/geovirus", "geo/lgl_first_half", "gva/dev", "muc4/train"),
    *("polnear/dev", "polnear/train", "re3d/dev", "time/aquaint", "time/wikiwars_en_01_16", "wikievents/dev"),
)
CONTEXT = 4000
"""Most frequent words that count as context."""
LEAST, DIMENSIONS, CLUSTERS, FITTED = 5, 80, 500, 12_000
NEAR, WIDE = (-2, -1, 1, 2), (-6, -5, -4, -3, 3, 4, 5, 6)
SKIPPED = 100
"""Most frequent words that are no wide context: they say nothing of the subject."""
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[.,;:\"()-]")


def rows(folder: Path) -> Iterator[tuple[str, bool]]:
    """Every text, and whether it keeps its capitals."""
    for name in SETS:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield str(row.get("doctext") or row.get("text") or row.get("body") or row.get("sentence") or ""), "doctext" not in row


def texts(folder: Path) -> tuple[list[list[str]], set[str]]:
    """The words of every text, where numbers are all one word; and the words seen without a capital in texts that have capitals."""
    out, plain = [], set()
    for text, capitals in rows(folder):
        out.append(["#" if word[0].isdigit() else word for word in _WORD.findall(text.lower())])
        if capitals:
            plain.update(re.findall(r"\b[a-z]{2,}\b", text))
    return out, plain


def counted(numbers: npt.NDArray[np.int64], size: int) -> sparse.csr_matrix:
    """Words by context: four near positions, then one wide window of half the weight. -1 parts texts."""
    total = sparse.csr_matrix((size, (len(NEAR) + 1) * CONTEXT), dtype=np.float32)
    for at, offset in enumerate((*NEAR, *WIDE)):
        near = offset in NEAR
        one, two = numbers, np.roll(numbers, -offset)
        kept = (one >= 0) & (two >= (0 if near else SKIPPED)) & (two < CONTEXT)
        column = two[kept] + (at if near else len(NEAR)) * CONTEXT
        weight = np.full(int(kept.sum()), 1.0 if near else 0.5, dtype=np.float32)
        total = total + sparse.coo_matrix((weight, (one[kept], column)), shape=total.shape).tocsr()
    return total


def vectors(counts: sparse.csr_matrix) -> npt.NDArray[np.float64]:
    """Unit vectors of the words; contexts are smoothed by the power .75."""
    found = counts.tocoo()
    total = found.sum()
    rows = np.asarray(found.sum(axis=1)).ravel()
    columns = np.asarray(found.sum(axis=0)).ravel() ** 0.75
    columns *= total / columns.sum()
    value = np.log(found.data * total / (rows[found.row] * columns[found.col]))
    kept = value > 0
    positive = sparse.csr_matrix((value[kept], (found.row[kept], found.col[kept])), shape=found.shape)
    left, strength, _ = randomized_svd(positive, DIMENSIONS, random_state=1, n_iter=3)
    out = left * np.sqrt(strength)
    return np.asarray(out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9))


def main() -> None:
    """Writes clusters.json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("gold", type=Path)
    options.add_argument("words", type=Path)
    chosen = options.parse_args()
    every, plain = texts(chosen.gold)
    (chosen.words / "plain.json").write_text(json.dumps(sorted(plain)), encoding="utf-8")
    counts = Counter(word for text in every for word in text)
    words = [word for word, count in counts.most_common() if count >= LEAST]
    numbers = {word: at for at, word in enumerate(words)}
    flat = np.asarray([number for text in every for number in [*(numbers.get(word, -1) for word in text), *[-1] * 6]])
    found = vectors(counted(flat, len(words)))
    fitted = KMeans(CLUSTERS, random_state=1, n_init=1, max_iter=25).fit(found[:FITTED])
    (chosen.words / "clusters.json").write_text(json.dumps(dict(zip(words, fitted.predict(found).tolist(), strict=True))), encoding="utf-8")
    print(len(words), "words")


if __name__ == "__main__":
    main()
