"""Trains the role-filler model, prints cross-validated scores, and writes it into the package.

    python training/fillers/train.py MUC4_TRAIN WORDS_FOLDER [--folds-only]

MUC4_TRAIN is the training part of MUC-4 (train.jsonl.gz, not in this repository); WORDS_FOLDER holds what tags.py
and clusters.py wrote.
The entity model is fitted to candidates that come from phrase models which have not seen their documents.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from corpus import Wire, read_wires, sequence
from fit import Floats, Parts, Pool, Words, choose_thresholds, fit_forest, fit_parts, phrases_in, pool_of

from witnessmark.claims.fillers.chunks import Tagger
from witnessmark.claims.fillers.forest import Forest
from witnessmark.claims.fillers.model import ROLES, FillerModel, Linear
from witnessmark.evaluation.metrics.templates import score_role_fillers

FOLDS = 5
TARGET = Path(__file__).parents[2] / "src" / "witnessmark" / "claims" / "fillers" / "fillers_en.npz"


def read_words(folder: Path) -> Words:
    """What tags.py and clusters.py wrote."""
    tables, clusters, plain = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("tagger", "clusters", "plain")
    )
    return Words(Tagger(tables["after"], tables["words"], tables["endings"]), clusters, frozenset(plain))


def folds_of(count: int) -> np.ndarray[Any, Any]:
    """The fold of each document."""
    return np.random.default_rng(0).integers(0, FOLDS, count)


def crossed(wires: Sequence[Wire], words: Words, fold: Any) -> list[Pool]:
    """The candidates of each document from models fitted to the other folds."""
    found = {wire.identifier: phrases_in(wire, words) for wire in wires}
    pools: list[Pool] = [Pool([], [], [], [], [])] * len(wires)
    for number in range(FOLDS):
        parts = fit_parts([wire for wire, own in zip(wires, fold, strict=True) if own != number], found, words)
        model = parts.model(_no_trees(), ())
        for at in np.flatnonzero(fold == number):
            pools[at] = pool_of(wires[at], found[wires[at].identifier], model)
        print("fold", number, flush=True)
    return pools


def _no_trees() -> Forest:
    none = np.zeros((1, 1))
    return Forest(none.astype(np.int32), none.astype(np.float32), *(none.astype(np.int32),) * 2, none.astype(np.float32), 0, 0.0)


def crossed_scores(pools: Sequence[Pool], fold: Any) -> list[Floats]:
    """The entity scores of each document from trees fitted to the other folds."""
    out: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(pools)
    for number in range(FOLDS):
        forest = fit_forest([pool for pool, own in zip(pools, fold, strict=True) if own != number])
        for at in np.flatnonzero(fold == number):
            if pools[at].rows:
                out[at] = forest.scores(np.asarray(pools[at].rows, dtype=np.float32))
    return out


def report(wires: Sequence[Wire], pools: Sequence[Pool], scores: Sequence[Floats], thresholds: Sequence[float]) -> None:
    """Prints CEAF-REE by role."""
    predictions = {}
    for wire, pool, own in zip(wires, pools, scores, strict=True):
        answer: dict[str, list[list[str]]] = {role: [] for role in ROLES}
        for candidate, score in zip(pool.candidates, own, strict=True):
            if score >= thresholds[candidate.role]:
                answer[ROLES[candidate.role]].append([wire.text_of(candidate.best.phrase, candidate.best.extent)])
        predictions[wire.identifier] = answer
    rates = score_role_fillers({wire.identifier: wire.row["extracts"] for wire in wires}, predictions)
    print({name: round(rate.f1, 4) for name, rate in rates.items()}, flush=True)


def packed(model: FillerModel) -> dict[str, Any]:
    """The arrays of the data file."""
    out: dict[str, Any] = {}
    for name, table in (("after", model.tagger.after), ("words", model.tagger.words), ("endings", model.tagger.endings)):
        out[name], out[f"{name}_tags"] = _bytes(sequence(list(table))), _bytes("".join(table.values()).encode("ascii"))
    out["clusters"], out["clusters_of"] = _bytes(sequence(list(model.clusters))), np.asarray(list(model.clusters.values()), dtype=np.int16)
    for name, linear in (("phrases", model.phrases), ("extents", model.extents), ("topics", model.topics), ("kinds", model.kinds)):
        out |= _packed_linear(name, linear)
    for part in ("feature", "threshold", "left", "right", "value"):
        array = getattr(model.entities, part)
        out[f"trees_{part}"] = array
    out["trees_depth"], out["trees_base"] = np.asarray(model.entities.depth), np.asarray(model.entities.base)
    out["thresholds"] = np.asarray(model.thresholds)
    return out


def _bytes(data: bytes) -> Any:
    return np.frombuffer(data, dtype=np.uint8)


def _packed_linear(name: str, linear: Linear) -> dict[str, Any]:
    """Weights as 8-bit integers with a scale for each column; rows that round to nothing are left out."""
    weights = linear.weights[1:]
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    small = np.rint(weights / scale).astype(np.int8)
    kept = np.flatnonzero(np.abs(small).max(axis=1) > 0)
    names = list(linear.rows)
    return {
        name: _bytes(sequence([names[at] for at in kept])),
        f"{name}_weights": small[kept],
        f"{name}_scale": scale.astype(np.float32),
        f"{name}_bias": linear.bias,
    }


def main() -> None:
    """Cross-validates, then fits all parts to all documents and writes the file."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("train", type=Path)
    options.add_argument("words", type=Path)
    options.add_argument("--folds-only", action="store_true")
    chosen = options.parse_args()
    wires, words = read_wires(chosen.train), read_words(chosen.words)
    fold = folds_of(len(wires))
    pools = crossed(wires, words, fold)
    scores = crossed_scores(pools, fold)
    thresholds = choose_thresholds(wires, pools, scores)
    report(wires, pools, scores, thresholds)
    if not chosen.folds_only:
        parts: Parts = fit_parts(wires, {wire.identifier: phrases_in(wire, words) for wire in wires}, words)
        written = io.BytesIO()
        np.savez_compressed(written, **packed(parts.model(fit_forest(pools), thresholds)))
        TARGET.write_bytes(written.getvalue())
        print(TARGET.name, len(written.getvalue()), hashlib.sha256(written.getvalue()).hexdigest())


if __name__ == "__main__":
    main()
