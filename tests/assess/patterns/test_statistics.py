"""The models of counts: what they find in counts of known make, and how wide their intervals are."""

import math

import numpy as np
import pytest

from witnessmark.assess.patterns import statistics


def test_a_rate_is_the_mean_and_its_interval_holds_it() -> None:
    estimate, dispersion = statistics.rate([3, 5, 4, 6, 2, 4, 5, 3])
    assert estimate.value == pytest.approx(4.0)
    assert estimate.low < 4.0 < estimate.high
    assert 0.2 <= dispersion < 1


def test_counts_that_vary_more_give_a_wider_interval() -> None:
    even, _ = statistics.rate([4] * 5 + [5] * 5 + [3] * 5)
    uneven, dispersion = statistics.rate([0, 12, 0, 0, 12, 4, 0, 12, 0, 0, 12, 4, 0, 0, 4])
    assert uneven.value == pytest.approx(even.value)
    assert uneven.high - uneven.low > 2 * (even.high - even.low)
    assert dispersion > 3


def test_no_events_leave_an_upper_bound() -> None:
    estimate, _ = statistics.rate([0] * 30)
    assert (estimate.value, estimate.low) == (0.0, 0.0)
    assert estimate.high == pytest.approx(3.689 / 30, rel=1e-3)  # the exact Poisson bound for nothing seen


def test_counts_that_double_every_week_are_found_to() -> None:
    found = statistics.growth([round(4 * 2 ** (day / 7)) for day in range(28)])
    assert found.doubling == pytest.approx(7, abs=0.5)
    assert found.shape is not None and found.shape > 4
    assert not found.curved
    assert found.estimate.p is not None and found.estimate.p < 1e-6


def test_a_straight_line_is_not_taken_for_an_exponential() -> None:
    found = statistics.growth([2 + 3 * week for week in range(26)])
    assert found.estimate.low > 1
    assert found.curved or (found.shape is not None and found.shape < -4)


def test_times_that_are_not_equally_far_apart_count_as_they_are() -> None:
    days = [0, 1, 2, 7, 8, 14, 15, 21, 28, 29]
    found = statistics.growth([round(10 * 2 ** (d / 14)) for d in days], at=days)
    assert found.doubling == pytest.approx(14, abs=1)


def test_effort_explains_growth_that_is_only_of_reporting() -> None:
    effort = [float(2 + week) for week in range(20)]
    counts = [round(3 * e) for e in effort]
    plain, held = statistics.growth(counts), statistics.growth(counts, effort=effort)
    assert plain.over.low > 2
    assert held.over.low < 1.05 and held.over.high > 0.95


def test_neighbours_that_go_together_widen_the_interval() -> None:
    rng = np.random.default_rng(4)
    level = np.zeros(80)
    for at in range(1, 80):
        level[at] = 0.9 * level[at - 1] + rng.normal(0, 0.3)
    counts = [int(c) for c in rng.poisson(5 * np.exp(level))]
    assert statistics.growth(counts).correlated


def test_a_ratio_and_its_inverse() -> None:
    one, _ = statistics.ratio([8, 9, 7, 8, 10, 6], [4, 5, 3, 4, 4, 4])
    other, _ = statistics.ratio([4, 5, 3, 4, 4, 4], [8, 9, 7, 8, 10, 6])
    assert one.value == pytest.approx(2.0)
    assert one.low == pytest.approx(1 / other.high)


def test_a_share_has_wilsons_interval() -> None:
    estimate = statistics.share(8, 10, against=0.5)
    assert (estimate.low, estimate.high) == pytest.approx((0.490, 0.943), abs=1e-3)
    assert estimate.p == pytest.approx(0.109, abs=1e-3)


def test_a_jump_of_level_is_found_where_it_is() -> None:
    assert statistics.changepoints([2, 3, 2, 1, 3, 2, 2, 3, 2, 1] + [12, 11, 13, 12, 10, 12, 13, 11, 12, 12]) == [10]
    assert statistics.changepoints([3, 2, 4, 3, 3, 2, 3, 4, 3, 3, 2, 4]) == []


def test_bursts_are_clusters_and_even_days_are_none() -> None:
    near = [(a, b) for a in range(40) for b in range(a + 1, 40) if a // 4 == b // 4]
    bursts = [9 * (n // 4) + n % 2 for n in range(40)]
    spread = [(n * 37) % 90 for n in range(40)]
    found, none = (statistics.clustering(near, days, within_days=3) for days in (bursts, spread))
    assert found.p is not None and found.p < 0.01 and found.value > 3
    assert none.p is not None and none.p > 0.05


def test_holm_never_makes_a_probability_smaller() -> None:
    values = [0.01, 0.04, 0.03, 0.5]
    assert statistics.adjusted(values) == pytest.approx([0.04, 0.09, 0.09, 0.5])
    assert statistics.adjusted([]) == []


@pytest.mark.slow
@pytest.mark.parametrize("spread", [1.0, 2.0])
def test_what_is_not_there_is_found_about_as_often_as_it_should(spread: float) -> None:
    rng = np.random.default_rng(1)
    runs, found = 200, 0
    for _ in range(runs):
        counts = rng.poisson(5, 30) if spread == 1 else rng.negative_binomial(5 / (spread - 1), 1 / spread, 30)
        p = statistics.growth([int(c) for c in counts]).estimate.p
        found += p is not None and p < 0.05
    assert found / runs < 0.05 + 3 * math.sqrt(0.05 * 0.95 / runs)
