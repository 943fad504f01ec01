"""Fits the parts of the filler model to a set of documents. Every constant was chosen by five-fold cross-validation on the training part."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from corpus import Wire, label_of
from scipy import sparse
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from witnessmark.claims.fillers.bags import STEM, bag_of, bag_value
from witnessmark.claims.fillers.chunks import Tagger
from witnessmark.claims.fillers.encoder import Encoder
from witnessmark.claims.fillers.entities import Candidate
from witnessmark.claims.fillers.evidence import Evidence, evidence_of
from witnessmark.claims.fillers.extents import extent_features
from witnessmark.claims.fillers.find import rows_of
from witnessmark.claims.fillers.forest import Forest
from witnessmark.claims.fillers.model import RELEVANT, ROLES, FillerModel, Linear
from witnessmark.claims.fillers.phrases import Phrase, phrases_of

PHRASE_PENALTY = 0.05
EXTENT_PENALTY = 0.5
TOPIC_PENALTY = 10.0
KIND_PENALTY = 0.05
LIKELY = -1.0
"""Log-odds of relevance, by the bag of words, under which encoder and trees do not learn from a document; at run time ``find.GATE`` lets some more pass."""
LEAST_PHRASES = 2
"""Occurrences of a feature of phrases or cuts, at least; of the bag 4."""
LEAST_BAGS = 4

_SPLIT = re.compile("[ =~]")
_PEOPLE = (ROLES.index("PerpInd"), ROLES.index("Victim"))
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Words:
    """Tagger and clusters, which are made without the gold answers, and the words that are no names."""

    tagger: Tagger
    clusters: Mapping[str, int]
    plain: frozenset[str]

    def private(self, wires: Sequence[Wire]) -> frozenset[str]:
        """Words of the people named in the answers, and their stems: no feature may hold one."""
        people = {
            word for wire in wires for role in _PEOPLE for entity in wire.gold[role] for mention in entity for word in mention.split()
        }
        names = people - self.plain
        return frozenset(names | ({name[:STEM] for name in names} - self.plain))


def phrases_in(wire: Wire, words: Words) -> list[Phrase]:
    """The phrases of a document, as at run time."""
    return phrases_of(wire.words, wire.bounds, words.tagger, words.clusters)


def _rows_of(named: Sequence[Iterable[str]], least: int, private: frozenset[str]) -> dict[str, int]:
    counts = Counter(name for names in named for name in set(names))
    kept = (name for name, count in counts.items() if count >= least and private.isdisjoint(_SPLIT.split(name)))
    return {name: row for row, name in enumerate(sorted(kept), start=1)}


def _matrix(named: Sequence[Iterable[str]], rows: Mapping[str, int], *, bags: bool = False) -> sparse.csr_matrix:
    columns: list[int] = []
    values: list[float] = []
    starts = [0]
    for names in named:
        known = [row - 1 for name in names if (row := rows.get(name)) is not None]
        columns += known
        values += [bag_value(known) if bags else 1.0] * len(known)
        starts.append(len(columns))
    return sparse.csr_matrix((np.asarray(values, dtype=np.float32), columns, starts), shape=(len(named), len(rows)))


def _linear(rows: dict[str, int], weights: Floats, bias: Floats) -> Linear:
    return Linear(rows, np.vstack([np.zeros((1, weights.shape[1]), dtype=np.float32), weights.astype(np.float32)]), bias.astype(np.float32))


def fit_phrases(phrases: Sequence[Phrase], labels: Sequence[int], private: frozenset[str]) -> Linear:
    """Multinomial logistic regression: no role or one of the five."""
    named = [[*chain.from_iterable(phrase.features), *phrase.shared] for phrase in phrases]
    rows = _rows_of(named, LEAST_PHRASES, private)
    fitted = LogisticRegression(C=PHRASE_PENALTY, max_iter=100, tol=1e-4).fit(_matrix(named, rows), labels)
    return _linear(rows, fitted.coef_.T, fitted.intercept_)


def fit_extents(pairs: Sequence[tuple[Wire, Phrase]], words: Words, private: frozenset[str]) -> Linear:
    """Logistic regression over the cuts of the phrases that fill a role, with weights of its own for each role."""
    named: list[list[str]] = []
    right: list[bool] = []
    for wire, phrase in pairs:
        fills = {extent: wire.roles_of(wire.text_of(phrase, extent)) for extent in phrase.extents()}
        for role in sorted(set().union(*fills.values())):
            for extent, roles in fills.items():
                named.append([f"{role} {name}" for name in extent_features(phrase, extent, words.clusters)])
                right.append(role in roles)
    rows = _rows_of(named, LEAST_PHRASES, private)
    fitted = LogisticRegression(C=EXTENT_PENALTY, max_iter=300, solver="liblinear", random_state=1).fit(_matrix(named, rows), right)
    plain = {name: at for at, name in enumerate(sorted({name.split(" ", 1)[1] for name in rows}), start=1)}
    weights = np.zeros((len(plain), len(ROLES)), dtype=np.float32)
    for name, row in rows.items():
        role, own = name.split(" ", 1)
        weights[plain[own] - 1, int(role)] = fitted.coef_[0, row - 1]
    return _linear(plain, weights, np.repeat(fitted.intercept_, len(ROLES)))


def fit_topics(wires: Sequence[Wire], private: frozenset[str]) -> Linear:
    """One logistic regression for each target of the bag."""
    named = [bag_of(wire.words) for wire in wires]
    rows = _rows_of(named, LEAST_BAGS, private)
    matrix = _matrix(named, rows, bags=True)
    targets = np.asarray([wire.targets() for wire in wires])
    fitted = [LogisticRegression(C=TOPIC_PENALTY, solver="liblinear", random_state=1).fit(matrix, column) for column in targets.T]
    return _linear(rows, np.vstack([one.coef_[0] for one in fitted]).T, np.asarray([one.intercept_[0] for one in fitted]))


def fit_kinds(pairs: Sequence[tuple[Wire, Phrase]], private: frozenset[str]) -> Linear:
    """For phrases that fill a role: one logistic regression for each incident type, whether a template of that type holds the filler."""
    named = [[*chain.from_iterable(phrase.features), *phrase.shared] for _, phrase in pairs]
    rows = _rows_of(named, LEAST_PHRASES, private)
    matrix = _matrix(named, rows)
    targets = np.asarray([wire.kinds_of(phrase) for wire, phrase in pairs])
    fitted = [LogisticRegression(C=KIND_PENALTY, solver="liblinear", random_state=1).fit(matrix, column) for column in targets.T]
    return _linear(rows, np.vstack([one.coef_[0] for one in fitted]).T, np.asarray([one.intercept_[0] for one in fitted]))


class Trees(NamedTuple):
    """The trees for entities, for the incident types of entities, and for pairs of entities."""

    entities: Forest
    types: Forest
    pairs: Forest


@dataclass(frozen=True)
class Parts:
    """The parts that read phrases and documents, before the entities."""

    words: Words
    phrases: Linear
    extents: Linear
    topics: Linear
    kinds: Linear

    def model(self, trees: Trees, thresholds: Sequence[float]) -> FillerModel:
        """The whole model."""
        tagger, clusters = self.words.tagger, self.words.clusters
        return FillerModel(tagger, clusters, self.phrases, self.extents, self.topics, self.kinds, *trees, thresholds=tuple(thresholds))


def fit_parts(wires: Sequence[Wire], found: Mapping[str, list[Phrase]], words: Words) -> Parts:
    """Phrases, cuts and topics; ``found`` gives the phrases by document."""
    phrases = [phrase for wire in wires for phrase in found[wire.identifier]]
    labels = [label_of(wire, phrase) for wire in wires for phrase in found[wire.identifier]]
    owners = [wire for wire in wires for _ in found[wire.identifier]]
    filling = [(wire, phrase) for wire, phrase, label in zip(owners, phrases, labels, strict=True) if label]
    private = words.private(wires)
    return Parts(
        words,
        fit_phrases(phrases, labels, private),
        fit_extents(filling, words, private),
        fit_topics(wires, private),
        fit_kinds(filling, private),
    )


class Pool(NamedTuple):
    """The candidates of a document with their rows of numbers, which of them is a new right entity, the evidence (none for a document that is not searched),
    and what the bag of words says of the document."""

    candidates: list[Candidate]
    rows: list[list[float]]
    right: list[int]
    evidence: Evidence | None
    bag: list[float]

    @property
    def topics(self) -> list[float]:
        """The pooled log-odds of the document's topics."""
        return self.bag if self.evidence is None else self.evidence.topics


def pool_of(wire: Wire, phrases: list[Phrase], model: FillerModel, encoder: Encoder) -> Pool:
    """What the entity model reads; as in ``find.find_fillers``, with the answers beside."""
    bag = model.topic_scores(bag_of(wire.words))
    if bag[RELEVANT] < LIKELY or not phrases:
        return Pool([], [], [], None, bag)
    evidence = evidence_of(wire.words, wire.bounds, bag, model, encoder)
    assert evidence is not None
    candidates, rows = rows_of(evidence, model)
    return Pool(candidates, rows, _right(wire, candidates), evidence, bag)


def _right(wire: Wire, candidates: Sequence[Candidate]) -> list[int]:
    taken: set[tuple[int, int]] = set()
    out = []
    for candidate in candidates:
        text = wire.text_of(candidate.best.phrase, candidate.best.extent)
        new = [(candidate.role, at) for at, entity in enumerate(wire.gold[candidate.role]) if text in entity]
        free = next((hit for hit in new if hit not in taken), None)
        if free:
            taken.add(free)
        out.append(int(free is not None))
    return out


class Shape(NamedTuple):
    """Settings of the trees."""

    max_iter: int
    max_leaf_nodes: int
    max_depth: int
    min_samples_leaf: int
    l2_regularization: float
    max_features: float
    learning_rate: float = 0.06


ENTITIES = Shape(150, 20, 8, 25, 3, 0.25)
SEEDS = 3
"""Forests whose mean is taken."""


def fit_forest(pools: Sequence[Pool]) -> Forest:
    """Boosted trees over the candidates' numbers."""
    rows = np.asarray([row for pool in pools for row in pool.rows], dtype=np.float32)
    return fit_trees(rows, np.asarray([label for pool in pools for label in pool.right]), ENTITIES)


def fit_trees(rows: Floats, right: npt.NDArray[np.int64], shape: Shape, weights: npt.NDArray[np.float64] | None = None) -> Forest:
    """Boosted trees that tell which rows are right: the mean of ``SEEDS`` forests, each of which sees other features at its splits."""
    trees: list[npt.NDArray[np.void]] = []
    base = 0.0
    for seed in range(1, 1 + SEEDS):
        fitted = HistGradientBoostingClassifier(**shape._asdict(), early_stopping=False, random_state=seed)
        fitted.fit(rows, right, sample_weight=weights)
        trees += [one.nodes for (one,) in fitted._predictors]
        base += float(fitted._baseline_prediction.ravel()[0]) / SEEDS
    return _forest(trees, base)


def _forest(trees: Sequence[npt.NDArray[np.void]], base: float) -> Forest:
    """The arrays of all trees together; each tells of its own forest, so that their sum is the mean of the forests."""
    width = max(len(nodes) for nodes in trees)
    shape = (len(trees), width)
    feature, left, right = (np.zeros(shape, dtype=np.int32) for _ in range(3))
    threshold, value = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    depth = 0
    for at, nodes in enumerate(trees):
        own = np.arange(len(nodes))
        leaf = nodes["is_leaf"].astype(bool)
        feature[at, own] = np.where(leaf, 0, nodes["feature_idx"])
        # The trainer compares in double precision: the next float below keeps every split as it was.
        threshold[at, own] = np.where(leaf, 0.0, nodes["num_threshold"])
        left[at, own] = np.where(leaf, own, nodes["left"])
        right[at, own] = np.where(leaf, own, nodes["right"])
        value[at, own] = np.where(leaf, nodes["value"] / SEEDS, 0.0)
        depth = max(depth, int(nodes["depth"].max()))
    return Forest(feature, threshold, left, right, value, depth, base)
