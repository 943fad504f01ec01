"""The weights of the recogniser and the resolver, trained offline and shipped as JSON."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from witnessmark.errors import DataError


@dataclass(frozen=True, slots=True)
class Models:
    """``recogniser`` has weights of yes/no features (logistic regression, with ``bias``), ``resolver`` those of :mod:`resolve`."""

    recogniser: Mapping[str, float]
    bias: float
    resolver: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """How likely a name with these features is a place."""
        weights = self.recogniser
        return 1.0 / (1.0 + math.exp(-self.bias - math.fsum([weights.get(f, 0.0) for f in features])))


@functools.cache
def models() -> Models:
    """The shipped weights, loaded once.

    Raises:
        DataError: WM401 when the file is missing or wrong.
    """
    source = resources.files("witnessmark.claims.places").joinpath("data/models.json")
    try:
        raw = json.loads(source.read_text(encoding="utf-8"))
        return Models(raw["recogniser"], raw["bias"], raw["resolver"])
    except (OSError, KeyError, ValueError) as error:
        raise DataError("WM401", str(error), origin="models.json") from error
