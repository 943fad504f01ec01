"""Counts of right, predicted and expected items, and the rates made from them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """``right_predicted`` of ``predicted`` items are right and ``right_gold`` of ``gold`` items are found.

    The two right counts differ where one prediction may answer several gold items.
    """

    right_predicted: float = 0
    predicted: int = 0
    right_gold: float = 0
    gold: int = 0

    def add(self, right: float, predicted: int, gold: int, *, right_gold: float | None = None) -> None:
        """Count one document; ``right_gold`` equals ``right`` unless it is given."""
        self.right_predicted += right
        self.predicted += predicted
        self.right_gold += right if right_gold is None else right_gold
        self.gold += gold

    def plus(self, other: Tally) -> Tally:
        """The sum of both."""
        return Tally(
            self.right_predicted + other.right_predicted,
            self.predicted + other.predicted,
            self.right_gold + other.right_gold,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of predictions that are right; 0 when there are none."""
        return self.right_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold items that are found; 0 when there are none."""
        return self.right_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when both are."""
        return f1(self.precision, self.recall)

    @property
    def measured(self) -> bool:
        """False when there is nothing in the gold and nothing was predicted."""
        return bool(self.predicted or self.gold)


@dataclass(slots=True)
class Rate:
    """How often something was right. ``value`` is None while nothing was seen."""

    right: float = 0
    seen: int = 0

    def add(self, right: float) -> None:
        """Count one case."""
        self.right += right
        self.seen += 1

    @property
    def value(self) -> float | None:
        """Share of cases that are right."""
        return self.right / self.seen if self.seen else None


def f1(precision: float, recall: float) -> float:
    """Harmonic mean; 0 when both are 0."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def total(tallies: list[Tally]) -> Tally:
    """The sum of all ``tallies``."""
    out = Tally()
    for tally in tallies:
        out = out.plus(tally)
    return out
