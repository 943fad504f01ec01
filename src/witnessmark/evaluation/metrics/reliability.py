"""Is confidence what it says? Expected calibration error, reliability by class, precision against coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10
COVERAGES = (0.5, 0.7, 0.8, 0.9, 1.0)
"""Shares of the values, the surest first, at which precision is given."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One value that was read: its field, the confidence in it, and whether the gold has the same."""

    field: str
    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """``error`` is the expected calibration error over ten classes of equal width; ``rows`` holds, for each class that is not empty, its lower
    end, mean confidence, share right and size. ``precision`` answers :data:`COVERAGES`; ``brier`` is the mean squared error."""

    count: int
    right: float
    error: float
    brier: float
    rows: tuple[tuple[float, float, float, int], ...]
    precision: tuple[float, ...]


def reliability(judged: Sequence[Judged]) -> Reliability:
    """The figures of a list that is not empty."""
    classes: dict[int, list[Judged]] = defaultdict(list)
    for one in judged:
        classes[min(int(one.confidence * BINS), BINS - 1)].append(one)
    rows = tuple(
        (at / BINS, _mean(j.confidence for j in held), _mean(j.right for j in held), len(held)) for at, held in sorted(classes.items())
    )
    ordered = sorted(judged, key=lambda j: -j.confidence)
    cut = [ordered[: max(1, round(share * len(ordered)))] for share in COVERAGES]
    return Reliability(
        count=len(judged),
        right=_mean(j.right for j in judged),
        error=sum(size * abs(sure - right) for _, sure, right, size in rows) / len(judged),
        brier=_mean((j.confidence - j.right) ** 2 for j in judged),
        rows=rows,
        precision=tuple(_mean(j.right for j in held) for held in cut),
    )


def kept_above(judged: Sequence[Judged], threshold: float) -> tuple[float, float | None]:
    """Share of the values whose confidence is at least ``threshold``, and the share of these that is right (None when there are none)."""
    kept = [j for j in judged if j.confidence >= threshold]
    return len(kept) / len(judged), _mean(j.right for j in kept) if kept else None


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held)
