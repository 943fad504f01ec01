"""Series claims held against the case: its incidents where they count the same thing, else further dated figures of the same unit and place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from witnessmark.assess.patterns import statistics
from witnessmark.assess.patterns.hypotheses import of_series, points_of
from witnessmark.assess.patterns.testing import PER, Data, against, corrected, hold_one, verdict_on
from witnessmark.model import SeriesClaim
from witnessmark.model.patterns import CountSeries, Estimate, Hypothesis, PatternTest
from witnessmark.vocabulary.telling import Term, tell

LEAST_FIGURES = 3
"""Further figures that a stated rate needs: of two, neither says how much they vary."""


def hold_series(series: Sequence[SeriesClaim], data: Data) -> tuple[PatternTest, ...]:
    """What becomes of each of ``series``; probabilities are corrected for their number.

    Raises:
        UsageError: WM007 when the statistical libraries are not installed.
    """
    statistics.require()
    return corrected([_held(claim, series, data) for claim in series])


def _held(claim: SeriesClaim, series: Sequence[SeriesClaim], data: Data) -> PatternTest:
    hypothesis = of_series(claim)
    if hypothesis.reason or data.counts(hypothesis.unit):
        return hold_one(hypothesis, data)
    figures = {day: figure for day, (figure, source) in points_of(series, claim).items() if source != claim.identifier}
    needed = statistics.LEAST_BINS if hypothesis.kind == "trend" else LEAST_FIGURES
    if len(figures) < needed:
        reason = tell(
            "it counts {unit}, which the incidents of a case are not, and there are {number} further dated figures of its unit and place, "
            "of which {least} are needed",
            unit=Term("unit", claim.unit), number=len(figures), least=needed,
        )  # fmt: skip
        return PatternTest(hypothesis, "not_testable", reason)
    return _by_figures(hypothesis, dict(sorted(figures.items())))


def _by_figures(hypothesis: Hypothesis, figures: Mapping[dt.date, int]) -> PatternTest:
    days, counts = list(figures), list(figures.values())
    name = hypothesis.first.name
    if hypothesis.kind == "trend":
        found = statistics.growth(counts, at=[(day - days[0]).days for day in days])
        verdict, reason = verdict_on(hypothesis, found, 1)
        fitted, estimate, dispersion, method = (
            found.fitted,
            found.over,
            found.dispersion,
            tell("quasi-Poisson log-linear trend in stated figures"),
        )
    else:
        assert hypothesis.value is not None
        estimate, dispersion = statistics.rate(counts)
        verdict, reason = against(estimate, hypothesis.value, hypothesis.comparator, PER[hypothesis.period])
        fitted, method = (estimate.value,) * len(counts), tell("quasi-Poisson mean of stated figures")
    return PatternTest(
        hypothesis=hypothesis,
        verdict=verdict,
        reason=reason,
        method=method,
        estimate=Estimate(estimate.value, estimate.low, estimate.high, estimate.p),
        dispersion=dispersion,
        used=len(counts),
        series=tuple(
            CountSeries(hypothesis.unit, day, 1, (count,), (fit,), name) for day, count, fit in zip(days, counts, fitted, strict=True)
        ),
        caveats=(tell("the figures are those that sources state; whoever counts them may count otherwise than before"),),
    )
