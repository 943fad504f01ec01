"""What a decision is worth: how much would change, times how unsure the program is, times how many rest on it.

The weights order the queue and nothing else; no value or grade depends on them. They are set by hand after what users of the record ask
first (tolls, place and day, who, with what), not fitted to data.
"""

from __future__ import annotations

import math

FIELDS = {"killed": 5.0, "place": 4.0, "date": 4.0, "perpetrator": 4.0, "injured": 4.0, "act": 3.0, "munitions": 3.0, "objects": 1.5}
"""Fields that the queue asks about, and how much a mistake in each matters."""

_UNSURE = 0.15
"""A value that the program is sure of is still worth a look: its share of the weight."""


def field_worth(field: str, sure: float, documents: int, killed: int) -> float:
    """Worth of a decision on one value of an incident told by ``documents``; 0 for fields that the queue does not ask about.

    ``sure`` is the calibrated confidence of the value, or its score where there is none.
    """
    doubt = max(_UNSURE, 1.0 - sure)
    return round(FIELDS.get(field, 0.0) * doubt * _reach(documents) * _gravity(killed), 4)


def contradiction_worth(field: str, killed: int) -> float:
    """Worth of settling a contradiction: two readings, one of which is wrong, so the doubt is whole."""
    return round(2.0 * FIELDS.get(field, 2.0) * _gravity(killed), 4)


def merge_worth(weight: float, claims: int) -> float:
    """Worth of checking the weakest link that holds an incident of ``claims`` together; ``weight`` is in bits (log2 of the odds)."""
    doubt = 1.0 / (1.0 + 2.0 ** max(-30.0, min(30.0, weight)))
    worth: float = 6.0 * max(_UNSURE / 5, doubt) * _reach(claims)
    return round(worth, 4)


def _reach(number: int) -> float:
    return 1.0 + math.log2(max(1, number))


def _gravity(killed: int) -> float:
    return 1.0 + math.log10(1 + max(0, killed))
