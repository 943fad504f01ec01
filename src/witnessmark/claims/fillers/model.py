"""The filler model: a small data file of word tables and weights, read without its trainer.

Trained by ``training/fillers/train.py``; its card is ``training/models/fillers_en.md``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from witnessmark.claims.fillers.bags import bag_value
from witnessmark.claims.fillers.chunks import Tagger
from witnessmark.claims.fillers.files import built_from
from witnessmark.claims.fillers.forest import Forest
from witnessmark.claims.fillers.phrases import Phrase

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
"""Roles of the MUC-4 task: individuals and organisations that did it, physical targets, named victims, instruments."""
TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")
"""Incident types of the same task."""
RELEVANT = len(ROLES)
"""Column of the topics that says whether the document tells of an incident; the roles stand before it, the types after it."""
_FILE = "fillers_en.npz"


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over names: ``weights`` has a row for each of ``rows``, after a first row of zeros."""

    rows: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def known(self, names: Iterable[str]) -> list[int]:
        """The rows of the names that the model knows."""
        find = self.rows.get
        return [row for row in map(find, names) if row is not None]

    def sums(self, named: Sequence[Iterable[str]]) -> npt.NDArray[np.float32]:
        """The sum of the weights of each list of names (lists x columns), without the bias."""
        import numpy as np

        columns: list[int] = []
        starts: list[int] = []
        for names in named:
            starts.append(len(columns))
            columns.append(0)  # The row of zeros, so that no run is empty.
            columns += self.known(names)
        total: npt.NDArray[np.float32] = np.add.reduceat(self.weights[columns], starts, axis=0)
        return total


@dataclass(frozen=True, slots=True)
class FillerModel:
    """All parts: tagger, word clusters, phrase roles, cuts, topics of the bag, incident types
    of phrases that fill a role, and the trees for entities, for the incident types of entities and for pairs of entities of one incident; ``thresholds`` are
    log-odds, one for each role."""

    tagger: Tagger
    clusters: Mapping[str, int]
    phrases: Linear
    extents: Linear
    topics: Linear
    kinds: Linear
    entities: Forest
    types: Forest
    pairs: Forest
    thresholds: tuple[float, ...]

    def phrase_scores(self, phrases: Sequence[Phrase]) -> npt.NDArray[np.float32]:
        """What each group of features adds to the scores of "none" and of each role (phrases x groups x columns), of at least one phrase.

        The last group holds the features that the phrases of a sentence share, and the bias.
        """
        import numpy as np

        sentences = {phrase.sentence: phrase.shared for phrase in phrases}
        rows = {sentence: row for row, sentence in enumerate(sentences)}
        shared = self.phrases.sums(list(sentences.values())) + self.phrases.bias
        own = self.phrases.sums([group for phrase in phrases for group in phrase.features]).reshape(len(phrases), -1, shared.shape[1])
        total: npt.NDArray[np.float32] = np.concatenate([own, shared[[rows[phrase.sentence] for phrase in phrases]][:, None]], axis=1)
        return total

    def kind_scores(self, phrases: Sequence[Phrase]) -> npt.NDArray[np.float32]:
        """For phrases that fill a role, the log-odds that their incident is of each type (phrases x types)."""
        total = self.kinds.sums([[*chain.from_iterable(phrase.features), *phrase.shared] for phrase in phrases]) + self.kinds.bias
        return total

    def topic_scores(self, bag: Iterable[str]) -> list[float]:
        """The log-odds of each role, of relevance and of each type, from the bag of words."""
        known = self.topics.known(bag)
        total: list[float] = (self.topics.weights[known].sum(axis=0) * bag_value(known) + self.topics.bias).tolist()
        return total


def odds_of(scores: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The probability of "none" and of each role for each phrase, from ``FillerModel.phrase_scores``."""
    import numpy as np

    summed = scores.sum(axis=1)
    odds = np.exp(summed - summed.max(axis=1, keepdims=True))
    total: npt.NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
    return total


@functools.cache
def load_model() -> FillerModel:
    """The model, loaded once.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    return built_from(_FILE, _model)


def _names(data: Any, name: str) -> list[str]:
    return bytes(data[name]).decode("utf-8").split("\n")


def _table(data: Any, name: str) -> dict[str, str]:
    return dict(zip(_names(data, name), bytes(data[f"{name}_tags"]).decode("ascii"), strict=True))


def _linear(data: Any, name: str) -> Linear:
    import numpy as np

    names = _names(data, name)
    weights = data[f"{name}_weights"].astype("float32") * data[f"{name}_scale"].astype("float32")
    padded = np.vstack([np.zeros((1, weights.shape[1]), dtype=np.float32), weights])
    return Linear({own: row for row, own in enumerate(names, start=1)}, padded, data[f"{name}_bias"].astype("float32"))


def _forest(data: Any, name: str) -> Forest:
    parts = {part: data[f"{name}_{part}"] for part in ("feature", "threshold", "left", "right", "value")}
    return Forest(**parts, depth=int(data[f"{name}_depth"]), base=float(data[f"{name}_base"]))


def _model(data: Any) -> FillerModel:
    return FillerModel(
        tagger=Tagger(_table(data, "after"), _table(data, "words"), _table(data, "endings")),
        clusters=dict(zip(_names(data, "clusters"), data["clusters_of"].tolist(), strict=True)),
        phrases=_linear(data, "phrases"),
        extents=_linear(data, "extents"),
        topics=_linear(data, "topics"),
        kinds=_linear(data, "kinds"),
        entities=_forest(data, "trees"),
        types=_forest(data, "type_trees"),
        pairs=_forest(data, "pair_trees"),
        thresholds=tuple(data["thresholds"].tolist()),
    )
