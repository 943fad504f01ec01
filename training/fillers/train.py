"""Trains the role-filler model, prints cross-validated scores, and writes it into the package.

    python training/fillers/train.py MUC4_TRAIN WORDS_FOLDER [--folds-only]

MUC4_TRAIN is the training part of MUC-4 (train.jsonl.gz, not in this repository); WORDS_FOLDER holds what tags.py
and clusters.py wrote, and the encoders that encode.py wrote for the folds that are read.
The entity model is fitted to candidates that come from phrase models which have not seen their documents.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from corpus import Wire, read_wires, sequence
from fit import Floats, Parts, Pool, Words, fit_forest, fit_parts, phrases_in, pool_of

from witnessmark.claims.fillers.chunks import Tagger
from witnessmark.claims.fillers.encoder import Encoder, encoder_from
from witnessmark.claims.fillers.find import Filler, Fillers, chance
from witnessmark.claims.fillers.forest import Forest
from witnessmark.claims.fillers.model import RELEVANT, ROLES, TYPES, FillerModel, Linear
from witnessmark.evaluation.metrics.templates import score_role_fillers, score_templates
from witnessmark.evaluation.template_rows import filled_roles, filled_templates
from witnessmark.model import Span

FOLDS = 3
READ = (0, 1)
"""Folds whose documents the entity model is fitted to; each needs an encoder of its own."""
SHIPPED = 1
"""The fold that the shipped encoder has not seen; one fitted to all documents is not made."""
THRESHOLD = 0.24
"""Probability from which on a candidate is a filler of any role. F1 is greatest near half of its own value; .16 to .28 were tried on the development part, .18 to .26 on the folds, and one
threshold for each role (cross-validation)."""
GROUPS = 5
"""Groups of documents by which the entity model is cross-validated."""
TARGET = Path(__file__).parents[2] / "src" / "witnessmark" / "claims" / "fillers"


def read_words(folder: Path) -> Words:
    """What tags.py and clusters.py wrote."""
    tables, clusters, plain = (
        json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("tagger", "clusters", "plain")
    )
    return Words(Tagger(tables["after"], tables["words"], tables["endings"]), clusters, frozenset(plain))


def folds_of(count: int) -> np.ndarray[Any, Any]:
    """The fold of each document."""
    return np.random.default_rng(0).integers(0, FOLDS, count)


def read_encoder(folder: Path, fold: int) -> Encoder:
    """What encode.py wrote for a fold."""
    with np.load(folder / f"encoder_{fold}.npz") as data:
        return encoder_from(data)


def crossed(wires: Sequence[Wire], words: Words, folder: Path) -> list[tuple[Wire, Pool]]:
    """The documents of the folds that are read, each with its candidates from models fitted to the other folds."""
    found = {wire.identifier: phrases_in(wire, words) for wire in wires}
    fold = folds_of(len(wires))
    out = []
    for number in READ:
        encoder = read_encoder(folder, number)
        parts = fit_parts([wire for wire, own in zip(wires, fold, strict=True) if own != number], found, words)
        model = parts.model(no_trees(), ())
        for at in np.flatnonzero(fold == number):
            out.append((wires[at], pool_of(wires[at], found[wires[at].identifier], model, encoder)))
        print("fold", number, flush=True)
    return out


def no_trees() -> Forest:
    """A forest that says nothing."""
    none = np.zeros((1, 1))
    return Forest(none.astype(np.int32), none.astype(np.float32), *(none.astype(np.int32),) * 2, none.astype(np.float32), 0, 0.0)


def crossed_scores(pools: Sequence[Pool]) -> list[Floats]:
    """The entity scores of each document from trees fitted to the other groups of documents."""
    out: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(pools)
    group = np.random.default_rng(0).integers(0, GROUPS, len(pools))
    for number in range(GROUPS):
        forest = fit_forest([pool for pool, own in zip(pools, group, strict=True) if own != number])
        for at in np.flatnonzero(group == number):
            if pools[at].rows:
                out[at] = forest.scores(np.asarray(pools[at].rows, dtype=np.float32))
    return out


def fillers_in(wire: Wire, pool: Pool, scores: Floats, thresholds: Sequence[float]) -> Fillers:
    """The fillers of a document as ``find_fillers`` gives them, but for their spans."""
    kept = [
        Filler(ROLES[candidate.role], Span(0, 1), wire.text_of(candidate.best.phrase, candidate.best.extent), (), chance(score), kinds)
        for candidate, score, kinds in zip(pool.candidates, scores.tolist(), pool.kinds, strict=True)
        if score >= thresholds[candidate.role]
    ]
    types = sorted(zip(TYPES, map(chance, pool.topics[RELEVANT + 1 :]), strict=True), key=lambda t: -t[1])
    return Fillers(tuple(kept), chance(pool.topics[RELEVANT]), tuple(types))


def report(wires: Sequence[Wire], pools: Sequence[Pool], scores: Sequence[Floats], thresholds: Sequence[float]) -> None:
    """Prints CEAF-REE by role, and template F1."""
    found = {wire.identifier: fillers_in(wire, *own, thresholds) for wire, *own in zip(wires, pools, scores, strict=True)}
    roles = score_role_fillers(
        {wire.identifier: wire.row["extracts"] for wire in wires}, {key: filled_roles(own.fillers) for key, own in found.items()}
    )
    print({name: round(rate.f1, 4) for name, rate in roles.items()}, flush=True)
    templates = score_templates(
        {wire.identifier: wire.row["templates"] for wire in wires}, {key: filled_templates(own) for key, own in found.items()}
    )
    print({f"template {name}": round(rate.f1, 4) for name, rate in templates.items()}, flush=True)


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
    seen, pools = zip(*crossed(wires, words, chosen.words), strict=True)
    scores = crossed_scores(pools)
    thresholds = [math.log(THRESHOLD / (1 - THRESHOLD))] * len(ROLES)
    report(seen, pools, scores, thresholds)
    if not chosen.folds_only:
        parts: Parts = fit_parts(wires, {wire.identifier: phrases_in(wire, words) for wire in wires}, words)
        written = io.BytesIO()
        np.savez_compressed(written, **packed(parts.model(fit_forest(pools), thresholds)))
        for name, data in (("fillers_en", written.getvalue()), ("encoder_en", (chosen.words / f"encoder_{SHIPPED}.npz").read_bytes())):
            (TARGET / f"{name}.npz").write_bytes(data)
            print(name, len(data), hashlib.sha256(data).hexdigest())


if __name__ == "__main__":
    main()
