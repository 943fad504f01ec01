"""The models that patterns are tested with: counts in bins with overdispersion, shares, space-time pairs, changes of level.

Counts of incidents vary more than a Poisson process does. All models of counts are therefore quasi-Poisson: a Poisson mean, a variance that is a
multiple of it (estimated by Pearson's statistic), and Student's distribution for what is estimated (McCullagh and Nelder 1989, chapter 6). Where
neighbouring bins go together, the variance is raised by (1 + r) / (1 - r), r being the correlation of neighbours. The rates at which these tests
reject what is true are measured by ``evals/patterns_eval.py`` and stand in ``docs/patterns.md``.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from witnessmark.errors import UsageError
from witnessmark.model.patterns import Estimate

LEVEL = 0.95
"""Of intervals."""
LEAST_BINS = 8
"""Bins that a trend needs. With fewer, the interval of the growth is wider than any claim."""
LEAST_EVENTS = 10
"""Events that a trend, and each side of a comparison, needs: below, the quasi-Poisson interval covers less than it says."""
_CORRELATED = 0.05
_NOTHING = 1e-9
_PERMUTATIONS = 999
_SEED = 20230203


def require() -> None:
    """Make sure that the libraries are there.

    Raises:
        UsageError: WM007 when they are not.
    """
    try:
        import ruptures  # noqa: F401
        import scipy  # noqa: F401
        import statsmodels.api  # noqa: F401
    except ImportError as error:
        raise UsageError("WM007", f"{error.name}: pip install 'witnessmark[patterns]'") from error


@dataclass(frozen=True, slots=True)
class Growth:
    """A trend: ``estimate`` is the factor per bin (or unit of time), ``over`` the factor from the first bin to the last; ``doubling`` in bins (negative: halving).

    ``shape``: how much better exponential growth fits than a straight line, as a difference of scaled deviances; None when no line fits.
    ``curved``: the growth itself slows down (the square of time has a negative weight that is not chance).
    """

    estimate: Estimate
    over: Estimate
    doubling: float
    dispersion: float
    fitted: tuple[float, ...]
    shape: float | None
    curved: bool
    correlated: bool


def rate(counts: Sequence[int]) -> tuple[Estimate, float]:
    """The mean of ``counts`` a bin, and its dispersion."""
    from scipy import stats

    total, bins = sum(counts), len(counts)
    if total == 0:
        return Estimate(0.0, 0.0, float(stats.chi2.ppf(1 - (1 - LEVEL) / 2, 2)) / 2 / bins), 1.0
    if bins == 1:
        low, high = stats.chi2.ppf([(1 - LEVEL) / 2, (1 + LEVEL) / 2], [2 * total, 2 * total + 2]) / 2
        return Estimate(float(total), float(low), float(high)), 1.0
    fit = _fit(counts, [[1.0]] * bins)
    return _exponentiated(fit, 0), fit.dispersion


def growth(counts: Sequence[int], *, at: Sequence[float] | None = None, effort: Sequence[float] | None = None) -> Growth:
    """How ``counts`` of successive bins grow; ``at`` is the time of each where they are not equally far apart. ``effort``: how much was reported in
    each, as an offset."""
    times = [float(t) for t in (at or range(len(counts)))]
    middle, length = sum(times) / len(times), max(times) - min(times)
    time = [t - middle for t in times]
    fit = _fit(counts, [[1.0, t] for t in time], offset=[math.log(e) for e in effort] if effort else None)
    step = _exponentiated(fit, 1)
    slope = fit.parameters[1]
    return Growth(
        estimate=step,
        over=Estimate(step.value**length, step.low**length, step.high**length, step.p),
        doubling=math.log(2) / slope if slope else math.inf,
        dispersion=fit.dispersion,
        fitted=fit.fitted,
        shape=_shape(counts, time, fit) if effort is None else None,
        curved=_curved(counts, time),
        correlated=fit.correlated,
    )


def ratio(first: Sequence[int], second: Sequence[int]) -> tuple[Estimate, float]:
    """How many times as many events a bin there are in ``first`` as in ``second``, and the dispersion."""
    rows = [[1.0, 1.0]] * len(first) + [[1.0, 0.0]] * len(second)
    fit = _fit([*first, *second], rows, ordered=False)
    return _exponentiated(fit, 1), fit.dispersion


def share(part: int, whole: int, *, against: float | None) -> Estimate:
    """``part`` of ``whole`` with Wilson's interval; ``p`` from the exact binomial test ``against`` a share."""
    from scipy import stats
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(part, whole, alpha=1 - LEVEL, method="wilson")
    p = float(stats.binomtest(part, whole, against).pvalue) if against is not None and 0 < against < 1 else None
    return Estimate(part / whole, float(low), float(high), p)


def clustering(near: Sequence[tuple[int, int]], days: Sequence[int], *, within_days: int) -> Estimate:
    """Knox's test (1964): pairs of events that are ``near`` in space and ``within_days`` in time, as a multiple of what is expected when times
    are dealt out anew. The interval is that of chance, not of the figure."""
    import numpy as np

    times = np.asarray(days)
    left, right = (np.asarray([pair[side] for pair in near], dtype=int) for side in (0, 1))

    def close(order: Any) -> int:
        return int((np.abs(order[left] - order[right]) <= within_days).sum())

    found = close(times)
    rng = np.random.default_rng(_SEED)
    dealt = np.sort([close(rng.permutation(times)) for _ in range(_PERMUTATIONS)])
    mean = max(float(dealt.mean()), 1e-9)
    p = (1 + int((dealt >= found).sum())) / (_PERMUTATIONS + 1)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(dealt, [tail, 1 - tail])
    return Estimate(found / mean, float(low) / mean, float(high) / mean, p)


def changepoints(counts: Sequence[int]) -> list[int]:
    """Bins at which the level of ``counts`` changes: PELT (Killick, Fearnhead and Eckley 2012) on Anscombe's transform, which gives counts the
    variance of their dispersion. The penalty, 4 log n, lets one series in thirty at most without a change have one (``evals/patterns_eval.py``)."""
    import numpy as np
    import ruptures

    bins = len(counts)
    if bins < LEAST_BINS or sum(counts) < LEAST_EVENTS:
        return []
    level = 2 * np.sqrt(np.asarray(counts, dtype=float) + 0.375)
    spread = max(
        1.0, float(np.median(np.abs(np.diff(level))) / 0.9539) ** 2
    )  # of neighbours' differences: a change of level is in one of them
    found = ruptures.Pelt(model="l2", min_size=3, jump=1).fit(level.reshape(-1, 1)).predict(pen=4 * math.log(bins) * spread)
    return [at for at in found if at < bins]


def adjusted(values: Sequence[float]) -> list[float]:
    """``values`` after Holm's correction."""
    from statsmodels.stats.multitest import multipletests

    return [float(v) for v in multipletests(values, method="holm")[1]] if values else []


# -- the model -------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fit:
    parameters: tuple[float, ...]
    errors: tuple[float, ...]
    freedom: int
    dispersion: float
    fitted: tuple[float, ...]
    deviance: float
    correlated: bool


def _fit(counts: Sequence[int], rows: Sequence[Sequence[float]], *, offset: Sequence[float] | None = None, ordered: bool = True) -> _Fit:
    """Quasi-Poisson regression of ``counts`` on ``rows`` with a logarithmic link. ``ordered`` bins may be correlated with their neighbours."""
    import numpy as np
    import statsmodels.api as sm

    with quiet():
        result = sm.GLM(np.asarray(counts, float), np.asarray(rows, float), family=sm.families.Poisson(), offset=offset).fit()
    freedom = len(counts) - len(rows[0])
    dispersion = max(float(result.pearson_chi2) / freedom, _LEAST_DISPERSION)
    correlation = _correlation(np.asarray(result.resid_pearson)) if ordered else 0.0
    inflated = dispersion * (1 + correlation) / (1 - correlation)
    errors = np.sqrt(np.diag(np.asarray(result.cov_params())) * inflated)
    return _Fit(
        parameters=tuple(float(v) for v in result.params),
        errors=tuple(float(v) for v in errors),
        freedom=freedom,
        dispersion=dispersion,
        fitted=tuple(float(v) for v in result.fittedvalues),
        deviance=float(result.deviance),
        correlated=correlation > 0,
    )


_LEAST_DISPERSION = 0.2
"""Counts that hardly vary would else be given intervals of no width."""


def _correlation(residuals: Any) -> float:
    """The correlation of neighbouring bins, 0 when it is negative or may be chance (Ljung and Box 1978)."""
    from statsmodels.stats.diagnostic import acorr_ljungbox

    if len(residuals) < 2 * LEAST_BINS or float(residuals.std()) < _NOTHING:
        return 0.0
    test = acorr_ljungbox(residuals, lags=[1])
    centred = residuals - residuals.mean()
    value = float((centred[1:] * centred[:-1]).sum() / (centred**2).sum())
    return min(value, 0.9) if value > 0 and float(test["lb_pvalue"].iloc[0]) < _CORRELATED else 0.0


def _exponentiated(fit: _Fit, at: int) -> Estimate:
    from scipy import stats

    value, error = fit.parameters[at], fit.errors[at]
    reach = float(stats.t.ppf((1 + LEVEL) / 2, fit.freedom)) * error
    p = 2 * float(stats.t.sf(abs(value) / error, fit.freedom)) if error > 0 else None
    return Estimate(math.exp(value), math.exp(value - reach), math.exp(min(value + reach, 700.0)), p)


def _shape(counts: Sequence[int], time: Sequence[float], fit: _Fit) -> float | None:
    """How much worse a straight line fits than the exponential, in scaled deviance: positive where the exponential is better."""
    import numpy as np
    import statsmodels.api as sm
    from scipy.optimize import minimize

    y, t = np.asarray(counts, float), np.asarray(time)
    family = sm.families.Poisson()

    def deviance(line: Any) -> float:
        mean = np.maximum(line[0] + line[1] * t, 1e-6)
        return float(family.deviance(y, mean))

    slope = float(np.polyfit(t, y, 1)[0])
    with quiet():
        best = minimize(deviance, [float(y.mean()), slope], method="Nelder-Mead")
    return (float(best.fun) - fit.deviance) / fit.dispersion if best.success else None


def _curved(counts: Sequence[int], time: Sequence[float]) -> bool:
    if len(counts) < LEAST_BINS:
        return False
    from scipy import stats

    scale = max(time)
    fit = _fit(counts, [[1.0, t, (t / scale) ** 2] for t in time])
    return fit.parameters[2] < 0 and 2 * float(stats.t.sf(abs(fit.parameters[2]) / fit.errors[2], fit.freedom)) < 1 - LEVEL


@contextmanager
def quiet() -> Iterator[None]:
    """Fits that do not settle are told by their intervals, not by warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
