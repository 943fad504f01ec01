"""The weights of the recogniser and the resolver, trained offline and shipped as JSON."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from witnessmark.claims.places.features import pairs_of
from witnessmark.errors import DataError


@dataclass(frozen=True, slots=True)
class Models:
    """``single`` and ``pairs`` are the weights of the recogniser's yes/no features and of pairs of them (logistic regression, with ``bias``);
    ``resolver`` those of :mod:`witnessmark.claims.places.resolve`."""

    single: Mapping[str, float]
    pairs: Mapping[str, Mapping[str, float]]
    bias: float
    resolver: Mapping[str, float]

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


@functools.cache
def models() -> Models:
    """The shipped weights, loaded once.

    Raises:
        DataError: WM401 when the file is missing or wrong.
    """
    source = resources.files("witnessmark.claims.places").joinpath("data/models.json")
    try:
        raw = json.loads(source.read_text(encoding="utf-8"))
        single = {f: w for f, w in raw["recogniser"].items() if "|" not in f}
        pairs: dict[str, dict[str, float]] = {}
        for feature, weight in raw["recogniser"].items():
            left, bar, right = feature.partition("|")
            if bar:
                pairs.setdefault(left, {})[right] = weight
        return Models(single, pairs, raw["bias"], raw["resolver"])
    except (OSError, KeyError, ValueError) as error:
        raise DataError("WM401", str(error), origin="models.json") from error
