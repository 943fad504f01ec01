"""From evidence to a probability: one logistic regression a field, in a table that can be read with the eye.

Fitted by ``training/confidence.py``; its card is ``training/models/confidence.md``.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from witnessmark.assess.confidence.evidence import Evidence
from witnessmark.errors import DataError

_FILE = "confidence.json"


@dataclass(frozen=True, slots=True)
class FieldModel:
    """``weights`` by feature name; a feature that is not known adds nothing."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, evidence: Evidence) -> float:
        """How likely the value is right, 0 to 1."""
        known = self.weights.get
        total = self.bias + sum(known(name, 0.0) * value for name, value in evidence.items())
        return 1.0 / (1.0 + math.exp(-total)) if total > -700 else 0.0


@functools.cache
def models() -> Mapping[str, FieldModel]:
    """The model of each field, loaded once.

    Raises:
        DataError: WM401 when the file is missing or cannot be read.
    """
    source = resources.files("witnessmark.assess.confidence").joinpath(_FILE)
    try:
        raw = json.loads(source.read_text(encoding="utf-8"))
        return {name: FieldModel(float(own["bias"]), {k: float(v) for k, v in own["weights"].items()}) for name, own in raw.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError("WM401", str(error), origin=_FILE) from error
