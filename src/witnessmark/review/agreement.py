"""Agreement between reviewers: Krippendorff's alpha (Content Analysis, 4th ed., chapter 12) by field.

A unit is one value; its ratings are the newest verdicts of the reviewers, taken as nominal answers: the value that the reviewer holds, or
that the words do not say it. "Cannot tell" is a missing rating, as the method wants it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.errors import UsageError
from witnessmark.review.standing import Standings, answer


@dataclass(frozen=True, slots=True)
class Agreement:
    """``alpha`` of one field over ``units`` that at least two of ``reviewers`` rated; None where it is not defined (no such unit, or
    one answer only). ``blind`` counts the ratings given without seeing the others'."""

    field: str
    units: int
    reviewers: int
    alpha: float | None
    blind: int


def agreements(standings: Standings) -> tuple[Agreement, ...]:
    """Agreement on each field that two reviewers rated, by name.

    Raises:
        UsageError: WM701 when the library that computes alpha is not installed.
    """
    rated: dict[str, list[dict[str, bytes]]] = {}
    blind: dict[str, int] = {}
    for key in standings.decided():
        verdicts = [d for d in standings.at(key).decisions if d.kind != "cannot_tell" and not d.final]
        if len(verdicts) > 1:
            rated.setdefault(key[1] or "record", []).append({d.reviewer: answer(d) for d in verdicts})
            blind[key[1] or "record"] = blind.get(key[1] or "record", 0) + sum(d.blind for d in verdicts)
    return tuple(Agreement(n, len(u), len({r for unit in u for r in unit}), alpha(u), blind[n]) for n, u in sorted(rated.items()))


def alpha(units: Sequence[dict[str, bytes]]) -> float | None:
    """Krippendorff's alpha for nominal data. Each unit maps reviewers to answers.

    Raises:
        UsageError: WM701 when the library is not installed.
    """
    answers = sorted({a for unit in units for a in unit.values()})
    reviewers = sorted({r for unit in units for r in unit})
    if len(answers) < 2 or not any(len(unit) > 1 for unit in units):
        return None
    try:
        import krippendorff
        import numpy as np
    except ImportError as error:
        raise UsageError("WM701", "krippendorff") from error
    number = {a: float(n) for n, a in enumerate(answers)}
    table = np.array([[number[unit[r]] if r in unit else np.nan for unit in units] for r in reviewers])
    return float(krippendorff.alpha(reliability_data=table, level_of_measurement="nominal"))
