"""The modality model: multinomial logistic regression over named yes-or-no features, in a small data file, without its trainer.

Trained by ``training/modality.py``; its card is ``training/models/modality_en.md``. Inference adds up the weight rows of the features that are
present, so that a label can be explained by listing them.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any

from witnessmark.errors import DataError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

WORD_WEIGHT = 0.5
"""Input value of a word feature; all others have 1. Chosen among 0.3, 0.5 and 1 by cross-validation on the reports set."""


@dataclass(frozen=True, slots=True)
class ModalityModel:
    """``weights`` has a row for each name in ``rows`` (input value already multiplied in) and a column for each of ``labels``."""

    labels: tuple[str, ...]
    rows: Mapping[str, int]
    weights: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]

    def predict(self, names: Sequence[str]) -> tuple[str, float]:
        """The likeliest label and its probability."""
        import numpy as np

        found = [row for name in names if (row := self.rows.get(name)) is not None]
        scores = self.bias + self.weights[found].sum(axis=0) if found else self.bias
        best = int(scores.argmax())
        return self.labels[best], float(1.0 / np.exp(scores - scores[best]).sum())


def is_word_feature(name: str) -> bool:
    """True for features that are words of the text, as against cue classes and shapes."""
    return name.startswith(("w:", "b:", "w0:", "b0:"))


@functools.cache
def load_model(language: str) -> ModalityModel | None:
    """The model of ``language``, loaded once; None when there is none for it.

    Raises:
        DataError: WM401 when the file is there but cannot be read.
    """
    source = resources.files(f"witnessmark.statements.language.{language}").joinpath("modality.npz")
    if not source.is_file():
        return None
    import numpy as np

    try:
        with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as data:
            return _model(data)
    except (OSError, KeyError, ValueError) as error:
        raise DataError("WM401", str(error), origin=f"{language}/modality.npz") from error


def _model(data: Any) -> ModalityModel:
    names = bytes(data["names"]).decode("utf-8").split("\n")
    weights = data["weights"].astype("float32") * data["scale"].astype("float32")
    return ModalityModel(tuple(str(x) for x in data["labels"]), {n: i for i, n in enumerate(names)}, weights, data["bias"])
