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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from corpus import Wire, read_wires, sequence
from fit import Floats, Parts, Pool, Trees, Words, fit_forest, fit_parts, phrases_in, pool_of
from groups import Lot, fit_pairs, fit_types, lot_of

from witnessmark.claims.fillers.chunks import Tagger
from witnessmark.claims.fillers.encoder import Encoder, encoder_from
from witnessmark.claims.fillers.entities import Candidate, chance
from witnessmark.claims.fillers.find import Filler, Fillers, together_of, types_of
from witnessmark.claims.fillers.forest import Forest
from witnessmark.claims.fillers.model import RELEVANT, ROLES, TYPES, FillerModel, Linear
from witnessmark.evaluation.metrics.templates import score_role_fillers, score_templates
from witnessmark.evaluation.template_rows import filled_roles, filled_templates
from witnessmark.model import Span

FOLDS = 3
READ = (0, 1, 2)
"""Folds whose documents the entity model is fitted to; each needs an encoder of its own."""
SHIPPED = 1
"""The fold that the shipped encoder has not seen; one fitted to all documents is not made."""
THRESHOLD = 0.22
"""Probability from which on a candidate is a filler of any role. F1 is greatest near half of its own value; .16 to .28 were tried on the development part, .18 to .26 on the folds, and one
threshold for each role (cross-validation)."""
THRESHOLDS = (math.log(THRESHOLD / (1 - THRESHOLD)),) * len(ROLES)
GROUPS = 5
"""Groups of documents by which the trees are cross-validated."""
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


class Seen(NamedTuple):
    """A document, its candidates, and the models of phrases, which have not seen it, that they come from."""

    wire: Wire
    pool: Pool
    model: FillerModel


def crossed(wires: Sequence[Wire], words: Words, folder: Path) -> list[Seen]:
    """The documents of the folds that are read, each with its candidates from models fitted to the other folds."""
    found = {wire.identifier: phrases_in(wire, words) for wire in wires}
    fold = folds_of(len(wires))
    out = []
    for number in READ:
        encoder = read_encoder(folder, number)
        parts = fit_parts([wire for wire, own in zip(wires, fold, strict=True) if own != number], found, words)
        model = parts.model(no_trees(), ())
        for at in np.flatnonzero(fold == number):
            out.append(Seen(wires[at], pool_of(wires[at], found[wires[at].identifier], model, encoder), model))
        print("fold", number, flush=True)
    return out


def no_trees() -> Trees:
    """Forests that say nothing."""
    none = np.zeros((1, 1))
    forest = Forest(none.astype(np.int32), none.astype(np.float32), *(none.astype(np.int32),) * 2, none.astype(np.float32), 0, 0.0)
    return Trees(forest, forest, forest)


def groups_of(count: int) -> np.ndarray[Any, Any]:
    """The group of each document, by which all trees are cross-validated."""
    return np.random.default_rng(0).integers(0, GROUPS, count)


def crossed_scores(pools: Sequence[Pool]) -> list[Floats]:
    """The entity scores of each document from trees fitted to the other groups of documents."""
    out: list[Floats] = [np.zeros(0, dtype=np.float32)] * len(pools)
    group = groups_of(len(pools))
    for number in range(GROUPS):
        forest = fit_forest([pool for pool, own in zip(pools, group, strict=True) if own != number])
        for at in np.flatnonzero(group == number):
            if pools[at].rows:
                out[at] = forest.scores(np.asarray(pools[at].rows, dtype=np.float32))
    return out


def crossed_fillers(seen: Sequence[Seen], lots: Sequence[Lot]) -> dict[str, Fillers]:
    """The fillers of each document, with types and pairs from trees fitted to the other groups of documents."""
    out: dict[str, Fillers] = {}
    group = groups_of(len(seen))
    for number in range(GROUPS):
        others = [lot for lot, own in zip(lots, group, strict=True) if own != number]
        trees = Trees(no_trees().entities, fit_types(others), fit_pairs(others))
        for at in np.flatnonzero(group == number):
            out[seen[at].wire.identifier] = fillers_in(seen[at], lots[at], trees)
    return out


def fillers_in(seen: Seen, lot: Lot, trees: Trees) -> Fillers:
    """The fillers of a document as ``find_fillers`` gives them, but for their spans."""
    topics = seen.pool.topics
    if not lot.candidates:
        return Fillers((), chance(topics[RELEVANT]), types_of(topics), ())
    kinds = trees.types.scores(lot.kind_rows).reshape(-1, len(TYPES)).tolist()
    together = together_of(len(kinds), trees.pairs.scores(lot.pair_rows).tolist() if len(kinds) > 1 else [])
    kept = [at for at, score in enumerate(lot.scores) if score >= THRESHOLDS[lot.candidates[at].role]]
    fillers = tuple(_filler(seen.wire, lot.candidates[at], lot.scores[at], kinds[at]) for at in kept)
    return Fillers(fillers, chance(topics[RELEVANT]), types_of(topics), tuple(tuple(together[one][two] for two in kept) for one in kept))


def _filler(wire: Wire, candidate: Candidate, score: float, kinds: Sequence[float]) -> Filler:
    text = wire.text_of(candidate.best.phrase, candidate.best.extent)
    return Filler(ROLES[candidate.role], Span(0, 1), text, (), chance(score), tuple(map(chance, kinds)))


def report(seen: Sequence[Seen], found: Mapping[str, Fillers]) -> None:
    """Prints CEAF-REE by role, and template F1."""
    wires = [own.wire for own in seen]
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
    for name, forest in (("trees", model.entities), ("type_trees", model.types), ("pair_trees", model.pairs)):
        out |= {
            f"{name}_{part}": np.asarray(getattr(forest, part))
            for part in ("feature", "threshold", "left", "right", "value", "depth", "base")
        }
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
    seen = crossed(wires, words, chosen.words)
    pools = [own.pool for own in seen]
    lots = [lot_of(own.wire, own.pool, scores, own.model) for own, scores in zip(seen, crossed_scores(pools), strict=True)]
    report(seen, crossed_fillers(seen, lots))
    if not chosen.folds_only:
        trees = Trees(fit_forest(pools), fit_types(lots), fit_pairs(lots))
        parts: Parts = fit_parts(wires, {wire.identifier: phrases_in(wire, words) for wire in wires}, words)
        written = io.BytesIO()
        np.savez_compressed(written, **packed(parts.model(trees, THRESHOLDS)))
        for name, data in (("fillers_en", written.getvalue()), ("encoder_en", (chosen.words / f"encoder_{SHIPPED}.npz").read_bytes())):
            (TARGET / f"{name}.npz").write_bytes(data)
            print(name, len(data), hashlib.sha256(data).hexdigest())


if __name__ == "__main__":
    main()
