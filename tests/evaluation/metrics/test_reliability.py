"""Calibration error, precision at coverage, and what is kept above a threshold."""

from __future__ import annotations

import pytest

from witnessmark.evaluation.metrics.reliability import Judged, kept_above, reliability


def judged(*pairs: tuple[float, bool]) -> list[Judged]:
    return [Judged("date", sure, right) for sure, right in pairs]


def test_perfect_confidence_has_no_error() -> None:
    made = reliability(judged((1.0, True), (0.0, False)))
    assert (made.error, made.brier, made.right) == (0.0, 0.0, 0.5)


def test_the_error_is_weighed_by_the_size_of_the_class() -> None:
    made = reliability(judged((0.95, True), (0.95, False), (0.95, False), (0.05, False)))
    assert made.error == pytest.approx((3 * abs(0.95 - 1 / 3) + 0.05) / 4)
    assert [row[3] for row in made.rows] == [1, 3]


def test_precision_is_that_of_the_surest() -> None:
    made = reliability(judged((0.9, True), (0.8, True), (0.2, False), (0.1, False)))
    assert made.precision[0] == 1.0
    assert made.precision[-1] == 0.5


def test_what_is_kept() -> None:
    held = judged((0.9, True), (0.8, False), (0.2, False))
    assert kept_above(held, 0.5) == (pytest.approx(2 / 3), 0.5)
    assert kept_above(held, 0.95) == (0.0, None)
