"""The quotation model: two chains and the words that they know, in a small data file.

Trained by ``training/quotations.py``; its card is ``training/models/quotations_en.md``.
"""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from importlib import resources
from typing import Any

from witnessmark.errors import DataError
from witnessmark.statements.quoting.chain import Chain

_FILE = "quotations.npz"


@dataclass(frozen=True, slots=True)
class QuotationModel:
    """``cues`` labels the words of a sentence B, I (words that attribute) or O; ``roles`` those around one cue S (source), C (content), Q (the
    cue) or O. ``known`` are the words that may be features."""

    cues: Chain
    roles: Chain
    known: frozenset[str]


@functools.cache
def load_model(language: str) -> QuotationModel | None:
    """The model of ``language``, loaded once; None when there is none for it.

    Raises:
        DataError: WM401 when the file is there but cannot be read.
    """
    source = resources.files("witnessmark.statements.language").joinpath(language, _FILE)
    if not source.is_file():
        return None
    import numpy as np

    try:
        with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as data:
            return QuotationModel(_chain(data, "cues"), _chain(data, "roles"), frozenset(_names(data, "known")))
    except (OSError, KeyError, ValueError) as error:
        raise DataError("WM401", str(error), origin=f"{language}/{_FILE}") from error


def _names(data: Any, name: str) -> list[str]:
    return bytes(data[name]).decode("utf-8").split("\n")


def _chain(data: Any, name: str) -> Chain:
    import numpy as np

    names = _names(data, f"{name}_names")
    weights = data[f"{name}_weights"].astype("float32") * float(data[f"{name}_scale"])
    padded = np.vstack([np.zeros((1, weights.shape[1]), dtype=np.float32), weights])
    rows = {own: row for row, own in enumerate(names, start=1)}
    return Chain(tuple(str(label) for label in data[f"{name}_labels"]), rows, padded, data[f"{name}_moves"].astype("float32"))
