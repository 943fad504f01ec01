"""The data files beside this module."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib import resources
from typing import Any, TypeVar
from zipfile import BadZipFile

from witnessmark.errors import DataError

Built = TypeVar("Built")


def built_from(name: str, build: Callable[[Any], Built]) -> Built:
    """What ``build`` makes of the arrays in the file ``name``.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    import numpy as np

    source = resources.files("witnessmark.claims.fillers").joinpath(name)
    try:
        with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as data:
            return build(data)
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise DataError("WM401", str(error), origin=name) from error
