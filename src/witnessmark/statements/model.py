"""The modality model: multinomial logistic regression over named yes-or-no features, in a small data file, without its trainer.

Trained by ``training/modality.py``; its card is ``training/models/modality_en.md``. Inference adds up the weight rows of the features that are
present, so that a label can be explained by listing them.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from witnessmark.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

WORD_WEIGHT = 0.5
"""Input value of a word feature; all others have 1. Chosen among 0.3, 0.5 and 1 by cross-validation on the reports set."""


@dataclass(frozen=True, slots=True)
class ModalityModel:
    """``weights`` has a column for each of ``labels``; its first row is zero, the others are those that ``rows`` gives for a feature's name, with
    the input value already multiplied in."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def predict(
        self, named: Sequence[AbstractSet[str]], *, needs: Mapping[str, Sequence[str]] = MappingProxyType({})
    ) -> list[tuple[str, float]]:
        """The likeliest label and its probability for each list of feature names. Names that the model does not know count for nothing.

        ``needs`` gives, for some labels, features of which one must be there for the label to be chosen.
        """
        import numpy as np

        if not named:
            return []
        columns: list[int] = []
        starts: list[int] = []
        for names in named:
            starts.append(len(columns))
            # A first row of zeros stands for "nothing known", so that no run is empty; sorting makes the sum the same on every run.
            columns.append(0)
            columns.extend(sorted(row for name in names if (row := self.rows.get(name)) is not None))
        scores = np.add.reduceat(self.weights[columns], starts, axis=0) + self.bias
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        odds /= odds.sum(axis=1, keepdims=True)
        best = odds.argmax(axis=1).tolist()
        for at, names in enumerate(named):
            if _lacks(self.labels[best[at]], names, needs):
                best[at] = next(k for k in odds[at].argsort()[::-1].tolist() if not _lacks(self.labels[k], names, needs))
        return [(self.labels[b], float(odds[at, b])) for at, b in enumerate(best)]


def _lacks(label: str, names: AbstractSet[str], needs: Mapping[str, Sequence[str]]) -> bool:
    return label in needs and names.isdisjoint(needs[label])


def is_word_feature(name: str) -> bool:
    """True for features that are words of the text, as against cue classes and shapes."""
    return name.startswith(("w:", "w0:"))


@functools.cache
def load_model(language: str, file: str = "modality.npz") -> ModalityModel | None:
    """The model of ``language`` in ``file``, loaded once; None when there is none for it.

    Raises:
        DataError: WM401 when the file is there but cannot be read.
    """
    source = resources.files(f"witnessmark.statements.language.{language}").joinpath(file)
    if not source.is_file():
        return None
    import numpy as np

    try:
        with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as data:
            return _model(data)
    except (OSError, KeyError, ValueError) as error:
        raise DataError("WM401", str(error), origin=f"{language}/{file}") from error


def _model(data: Any) -> ModalityModel:
    names = bytes(data["names"]).decode("utf-8").split("\n")
    weights = data["weights"].astype("float32") * data["scale"].astype("float32")
    return model_of([str(label) for label in data["labels"]], names, weights, data["bias"])


def model_of(labels: Sequence[str], names: Sequence[str], weights: npt.NDArray[np.float32], bias: npt.NDArray[np.float32]) -> ModalityModel:
    """A model of ``weights`` with one row for each of ``names``."""
    import numpy as np

    padded = np.vstack([np.zeros((1, len(labels)), dtype=np.float32), weights])
    return ModalityModel(tuple(labels), {name: row for row, name in enumerate(names, start=1)}, padded, bias)
