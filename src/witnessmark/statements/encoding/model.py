"""The encoder of a language with the heads that read its states, in one data file.

Trained by ``training/voices.py``; its card is ``training/models/voices_en.md``.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from witnessmark.errors import DataError
from witnessmark.statements.encoding.body import Body, Dense, body_from, dense_from

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_FILE = "voices.npz"
_HEADS = ("cue", "token", "by_cue", "role", "subjective")
_TABLES = ("distances", "offsets")


@dataclass(frozen=True, slots=True)
class Encoding:
    """``heads`` are affine maps of states, or of what other heads made of them; ``tables`` have a row for each class that a head adds."""

    body: Body
    heads: Mapping[str, Dense]
    tables: Mapping[str, npt.NDArray[np.float32]]


@functools.cache
def load_encoding(language: str) -> Encoding | None:
    """The encoder of ``language``, loaded once; None when there is none for it.

    Raises:
        DataError: WM401 when the file is there but cannot be read.
    """
    source = resources.files("witnessmark.statements.language").joinpath(language, _FILE)
    if not source.is_file():
        return None
    import numpy as np

    try:
        with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as data:
            return encoding_from(data)
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise DataError("WM401", str(error), origin=f"{language}/{_FILE}") from error


def encoding_from(data: Mapping[str, npt.NDArray[np.float32]]) -> Encoding:
    """The encoder in the arrays of its file (or of its trainer)."""
    heads = {name: dense_from(data, name) for name in _HEADS}
    return Encoding(body_from(data), heads, {name: data[name].astype("float32") for name in _TABLES})
