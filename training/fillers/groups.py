"""Fits the trees that share fillers out to incidents: of which type the incident of a filler is, and whether two fillers belong to one incident."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from corpus import Wire, normal
from fit import Floats, Pool, Shape, fit_trees

from witnessmark.claims.fillers.entities import Candidate
from witnessmark.claims.fillers.find import scene_in
from witnessmark.claims.fillers.forest import Forest
from witnessmark.claims.fillers.kinds import kind_rows
from witnessmark.claims.fillers.model import ROLES, TYPES, FillerModel
from witnessmark.claims.fillers.pairs import pair_rows
from witnessmark.claims.fillers.views import view_of

LOW = math.log(0.1 / 0.9)
"""Log-odds from which on a candidate is learnt from; below the threshold of fillers, for more right ones."""
TYPE_TREES = Shape(120, 8, 4, 30, 5, 0.4)
PAIR_TREES = Shape(120, 12, 6, 20, 3, 0.5)


class Lot(NamedTuple):
    """The likely candidates of a document by falling score within their roles, with their scores, the templates (by number) that hold each, the incident
    types of those, and the rows of numbers for types and for pairs."""

    candidates: list[Candidate]
    scores: list[float]
    held: list[frozenset[int]]
    types: list[frozenset[int]]
    kind_rows: Floats
    pair_rows: Floats


_NO_ROWS: Floats = np.zeros((0, 1), dtype=np.float32)


def lot_of(wire: Wire, pool: Pool, scores: Floats, model: FillerModel) -> Lot:
    """The likely candidates of a document, as ``find.find_fillers`` sees them."""
    chosen = [own for own in zip(pool.candidates, scores.tolist(), strict=True) if own[1] >= LOW]
    if pool.evidence is None or not chosen:
        return Lot([], [], [], [], _NO_ROWS, _NO_ROWS)
    chosen.sort(key=lambda own: (own[0].role, -own[1]))
    scene = scene_in(wire.reading, pool.evidence)
    views = [view_of(candidate, score, pool.evidence, model, scene) for candidate, score in chosen]
    held = [_held(wire, candidate) for candidate, _ in chosen]
    pairs = pair_rows(views, scene, pool.topics) if len(views) > 1 else _NO_ROWS
    types = [_types(wire, own) for own in held]
    return Lot(
        [view.candidate for view in views],
        [view.score for view in views],
        held,
        types,
        kind_rows(views, scene, pool.topics, pool.bag),
        pairs,
    )


def _held(wire: Wire, candidate: Candidate) -> frozenset[int]:
    text, role = wire.text_of(candidate.best.phrase, candidate.best.extent), ROLES[candidate.role]
    templates = wire.row["templates"]
    return frozenset(at for at, own in enumerate(templates) if any(text == normal(m[0]) for entity in own[role] for m in entity))


def _types(wire: Wire, held: frozenset[int]) -> frozenset[int]:
    kinds = {kind.strip() for at in held for kind in wire.row["templates"][at]["incident_type"].split(" / ")}
    return frozenset(at for at, kind in enumerate(TYPES) if kind in kinds)


def fit_types(lots: Sequence[Lot]) -> Forest:
    """Trees for the incident types of right fillers."""
    rows: list[Floats] = []
    right: list[int] = []
    for lot in lots:
        for at, types in enumerate(lot.types):
            if types:
                rows.append(lot.kind_rows[at * len(TYPES) : (at + 1) * len(TYPES)])
                right += [int(kind in types) for kind in range(len(TYPES))]
    return fit_trees(np.concatenate(rows), np.asarray(right), TYPE_TREES)


def fit_pairs(lots: Sequence[Lot]) -> Forest:
    """Trees for pairs of right fillers that share a template. A document weighs as the square root of its pairs, lest a few long ones outweigh all else."""
    rows: list[Floats] = []
    right: list[int] = []
    weights: list[float] = []
    for lot in lots:
        own = [
            (row, bool(one & two))
            for (one, two), row in zip(itertools.combinations(lot.held, 2), lot.pair_rows, strict=True)
            if one and two
        ]
        rows += [row for row, _ in own]
        right += [int(label) for _, label in own]
        weights += [len(own) ** -0.5 for _ in own]
    return fit_trees(np.stack(rows), np.asarray(right), PAIR_TREES, np.asarray(weights))
