"""The weights of the recogniser and the resolver, trained offline and shipped as JSON."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from witnessmark.claims.places.features import pairs_of
from witnessmark.errors import DataError


@dataclass(frozen=True, slots=True)
class Recogniser:
    """``single`` and ``pairs`` are the weights of yes/no features and of pairs of them (logistic regression, with ``bias``)."""

    single: Mapping[str, float]
    pairs: Mapping[str, Mapping[str, float]]
    bias: float

    def probability(self, features: set[str]) -> float:
        """How likely a name with these features is a place."""
        single, pairs = self.single, self.pairs
        terms = [single.get(feature, 0.0) for feature in features]
        for left, right in pairs_of(features):
            row = pairs.get(left)
            if row is not None:
                terms.append(row.get(right, 0.0))
        total = self.bias + math.fsum(terms)  # exact, so that the order of a set, which differs between processes, moves nothing
        return 1.0 / (1.0 + math.exp(-total))


@dataclass(frozen=True, slots=True)
class Models:
    """One recogniser for names in Latin letters and one for names in Cyrillic, whose cues are other words; ``resolver`` has the weights of
    :mod:`witnessmark.claims.places.resolve`."""

    latin: Recogniser
    cyrillic: Recogniser
    resolver: Mapping[str, float]

    def probability(self, features: set[str]) -> float:
        """How likely a name with these features is a place."""
        return (self.cyrillic if "cyrillic" in features else self.latin).probability(features)


@functools.cache
def models() -> Models:
    """The shipped weights, loaded once.

    Raises:
        DataError: WM401 when the file is missing or wrong.
    """
    source = resources.files("witnessmark.claims.places").joinpath("data/models.json")
    try:
        raw = json.loads(source.read_text(encoding="utf-8"))
        latin, cyrillic = (_recogniser(raw["recognisers"][script]) for script in ("latin", "cyrillic"))
        return Models(latin, cyrillic, raw["resolver"])
    except (OSError, KeyError, ValueError) as error:
        raise DataError("WM401", str(error), origin="models.json") from error


def _recogniser(raw: Mapping[str, Any]) -> Recogniser:
    single = {f: w for f, w in raw["weights"].items() if "|" not in f}
    pairs: dict[str, dict[str, float]] = {}
    for feature, weight in raw["weights"].items():
        left, bar, right = feature.partition("|")
        if bar:
            pairs.setdefault(left, {})[right] = weight
    return Recogniser(single, pairs, raw["bias"])
