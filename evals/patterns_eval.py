"""How often the tests of patterns find what is not there, and what is: simulated counts with known truth.

Counts are Poisson or negative binomial with twice the variance, at several means and lengths. Rejections are counted at 5 %.

usage: patterns_eval.py [--runs N] [--markdown]
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Iterator

import numpy as np

from witnessmark.assess.patterns import statistics

Draw = Callable[[np.random.Generator, np.ndarray], np.ndarray]
LEVEL = 0.05


def poisson(rng: np.random.Generator, means: np.ndarray) -> np.ndarray:
    """Independent Poisson counts."""
    return rng.poisson(means)


def overdispersed(rng: np.random.Generator, means: np.ndarray) -> np.ndarray:
    """Negative binomial counts whose variance is twice their mean."""
    return rng.negative_binomial(means, 0.5)


PROCESSES: tuple[tuple[str, Draw], ...] = (("Poisson", poisson), ("variance x 2", overdispersed))


def share_of(runs: int, test: Callable[[np.random.Generator], bool], seed: int) -> float:
    """The share of ``runs`` in which ``test`` rejects."""
    rng = np.random.default_rng(seed)
    return sum(test(rng) for _ in range(runs)) / runs


def misses(estimate: object, truth: float) -> bool:
    """True when the interval of ``estimate`` does not hold ``truth``."""
    return not (estimate.low <= truth <= estimate.high)  # type: ignore[attr-defined]


def rows(runs: int) -> Iterator[tuple[str, str, str, float]]:
    """What was tested, on which counts, what is true, how often it was rejected."""
    for name, draw in PROCESSES:
        for bins, mean in ((12, 5.0), (30, 1.0), (30, 5.0), (60, 2.0), (100, 20.0)):
            means = np.full(bins, mean)
            made = f"{name}, {bins} bins of {mean:g}"
            yield "rate", made, "as claimed", share_of(runs, lambda r, m=means, d=draw: misses(statistics.rate(d(r, m))[0], m[0]), 1)
            yield "trend", made, "none", share_of(runs, lambda r, m=means, d=draw: (statistics.growth(d(r, m)).estimate.p or 1) < LEVEL, 2)
            half = np.full(bins // 2, mean)
            yield (
                "comparison",
                made,
                "equal",
                share_of(runs, lambda r, m=half, d=draw: misses(statistics.ratio(d(r, m), d(r, m))[0], 1.0), 3),
            )
            yield "change of level", made, "none", share_of(runs, lambda r, m=means, d=draw: bool(statistics.changepoints(d(r, m))), 4)
    for name, draw in PROCESSES:
        for weekly in (1.02, 1.05, 1.1):
            means = 5 * weekly ** np.arange(26)
            made = f"{name}, 26 weeks from 5 on"
            yield (
                "trend",
                made,
                f"{100 * (weekly - 1):.0f} % a week",
                share_of(runs, lambda r, m=means, d=draw: (statistics.growth(d(r, m)).estimate.p or 1) < LEVEL, 5),
            )
        for times in (1.25, 1.5, 2.0):
            one, two = np.full(30, 3.0 * times), np.full(30, 3.0)
            yield (
                "comparison",
                f"{name}, 30 days of 3 each",
                f"{times:g} times",
                share_of(runs, lambda r, a=one, b=two, d=draw: misses(statistics.ratio(d(r, a), d(r, b))[0], 1.0), 6),
            )
        for times in (1.5, 2.0, 3.0):
            means = np.concatenate([np.full(30, 3.0), np.full(30, 3.0 * times)])
            yield (
                "change of level",
                f"{name}, 60 days of 3",
                f"{times:g} times from day 31",
                share_of(runs, lambda r, m=means, d=draw: bool(statistics.changepoints(d(r, m))), 7),
            )
    for size in (40, 120):
        yield "clustering", f"{size} events over 100 days", "none", share_of(runs // 4, lambda r, n=size: knox(r, n, 0) < LEVEL, 8)
        yield (
            "clustering",
            f"{size} events over 100 days",
            "a third in bursts",
            share_of(runs // 4, lambda r, n=size: knox(r, n, n // 3) < LEVEL, 9),
        )


def knox(rng: np.random.Generator, events: int, bursts: int) -> float:
    """The p-value of events at random, of which ``bursts`` follow another at its place within three days."""
    place, day = rng.integers(0, 12, events), rng.integers(0, 100, events)
    for at in range(1, bursts + 1):
        place[at], day[at] = place[at - 1], day[at - 1] + rng.integers(0, 3)
    near = [(a, b) for a in range(events) for b in range(a + 1, events) if place[a] == place[b]]
    return statistics.clustering(near, [int(d) for d in day], within_days=3).p or 1.0


def main() -> None:
    """Print one line a row."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--markdown", action="store_true")
    chosen = parser.parse_args()
    warnings.simplefilter("ignore")
    for test, made, truth, share in rows(chosen.runs):
        print(
            f"| {test} | {made} | {truth} | {share:.3f} |" if chosen.markdown else f"{test:16} {made:32} {truth:24} {share:.3f}", flush=True
        )


if __name__ == "__main__":
    main()
