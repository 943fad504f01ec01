"""The filler model: a small data file of word tables and weights, read without its trainer.

Trained by ``training/fillers/train.py``; its card is ``training/models/fillers_en.md``.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from witnessmark.claims.fillers.bags import bag_value
from witnessmark.claims.fillers.chunks import Tagger
from witnessmark.claims.fillers.forest import Forest
from witnessmark.errors import DataError

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

    def scores(self, named: Sequence[Iterable[str]]) -> npt.NDArray[np.float32]:
        """The sum of the weights of each list of names (lists x columns)."""
        import numpy as np

        columns: list[int] = []
        starts: list[int] = []
        for names in named:
            starts.append(len(columns))
            columns.append(0)  # The row of zeros, so that no run is empty.
            columns += self.known(names)
        total: npt.NDArray[np.float32] = np.add.reduceat(self.weights[columns], starts, axis=0) + self.bias
        return total


@dataclass(frozen=True, slots=True)
class FillerModel:
    """All parts: tagger, word clusters, phrase roles, cuts, topics of the bag, entities; ``thresholds`` are log-odds, one for each role."""

    tagger: Tagger
    clusters: Mapping[str, int]
    phrases: Linear
    extent_rows: Mapping[str, Sequence[float]]
    extent_bias: float
    topics: Linear
    entities: Forest
    thresholds: tuple[float, ...]

    def phrase_odds(self, named: Sequence[Iterable[str]]) -> npt.NDArray[np.float32]:
        """The probability of "none" and of each role for each list of feature names, at least one list."""
        import numpy as np

        scores = self.phrases.scores(named)
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        total: npt.NDArray[np.float32] = odds / odds.sum(axis=1, keepdims=True)
        return total

    def topic_scores(self, bag: Iterable[str]) -> list[float]:
        """The log-odds of each role, of relevance and of each type, from the bag of words."""
        known = self.topics.known(sorted(bag))
        total: list[float] = (self.topics.weights[known].sum(axis=0) * bag_value(known) + self.topics.bias).tolist()
        return total


@functools.cache
def load_model() -> FillerModel:
    """The model, loaded once.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    import numpy as np

    source = resources.files("witnessmark.claims.fillers").joinpath(_FILE)
    try:
        with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as data:
            return _model(data)
    except (OSError, KeyError, ValueError) as error:
        raise DataError("WM401", str(error), origin=_FILE) from error


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


def _model(data: Any) -> FillerModel:
    extents = _linear(data, "extents")
    return FillerModel(
        tagger=Tagger(_table(data, "after"), _table(data, "words"), _table(data, "endings")),
        clusters=dict(zip(_names(data, "clusters"), data["clusters_of"].tolist(), strict=True)),
        phrases=_linear(data, "phrases"),
        extent_rows=dict(zip(extents.rows, extents.weights[1:].tolist(), strict=True)),
        extent_bias=float(extents.bias[0]),
        topics=_linear(data, "topics"),
        entities=Forest(
            **{part: data[f"trees_{part}"] for part in ("feature", "threshold", "left", "right", "value")},
            depth=int(data["trees_depth"]),
            base=float(data["trees_base"]),
        ),
        thresholds=tuple(data["thresholds"].tolist()),
    )
