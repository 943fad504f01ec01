"""The evidence that two claims tell of one incident, as weights that add up."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims (ids in order) and the weight of the evidence (log2 of the odds) that they tell of one incident, with its parts.

    ``told_alike`` is the chance, 0 to 1, that the wording of the two reports alone gives; 0 where it was not compared.
    """

    left: str
    right: str
    weight: float
    parts: tuple[tuple[str, float], ...]
    told_alike: float = 0.0


def chance(weight: float) -> float:
    """The chance, 0 to 1, that a weight in log2 of the odds stands for."""
    return 1.0 / (1.0 + math.exp2(-max(-60.0, min(60.0, weight))))


def weight_of(odds: float) -> float:
    """A log-odds to the base e as one to the base 2."""
    return odds / math.log(2.0)
