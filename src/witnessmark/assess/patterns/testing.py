"""Hypotheses held against counts: each gets a plain verdict, and the reason for it.

*supported*: the interval lies where the claim says. *not supported*: it lies elsewhere altogether. *not testable*: the data cannot tell, be it
that there are too few, that they count something else, or that the interval holds both. Reports are a sample of what happened: where the
events are not declared to be all there were, a rate below the claimed one refutes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from witnessmark.assess.patterns import statistics
from witnessmark.assess.patterns.events import Event
from witnessmark.assess.patterns.hypotheses import INCIDENT_UNITS
from witnessmark.assess.patterns.layers import Layers
from witnessmark.assess.patterns.selecting import PERIOD_DAYS, Selected, counted, fitting_bin, select, window
from witnessmark.errors import UsageError
from witnessmark.model.comparing import points_apart_km
from witnessmark.model.patterns import CountSeries, Estimate, Hypothesis, PatternTest
from witnessmark.vocabulary.telling import Term, Told, tell

NEAR_FACTOR = 1.25
"""How far "about" and a bare figure may lie from the truth: a claim of 100 is borne out by 80 to 125."""
FLAT_FACTOR = 1.25
"""Growth over the whole window below which counts are called flat."""
SHAPE_GAP = 4.0
"""Scaled deviance by which the exponential has to fit better than a straight line, or worse, for its shape to be told: odds of about 7 to 1."""
NEAR_KM, NEAR_DAYS = 10.0, 7
"""Pairs of events that a test of clustering calls near. Set beforehand and not sought: a search would need a correction."""
MOST_PAIRS_OF = 5000
_SAMPLE = tell("the events are those that were reported and read, not all there were")

PER = {
    "day": tell("a day"),
    "night": tell("a night"),
    "week": tell("a week"),
    "month": tell("a month"),
    "year": tell("a year"),
}
"""Periods of a rate in words."""

_TIMES, _OF_ALL = tell("times as many"), tell("of all")

_VERDICTS = {"supported": tell("supported"), "not_supported": tell("not supported")}


@dataclass(frozen=True, slots=True)
class Data:
    """What hypotheses are held against. ``unit`` is what ``events`` count, ``complete`` says that they are all there were; ``effort`` is the number of
    documents by day of publication, where known."""

    events: tuple[Event, ...]
    unit: str = "incident"
    complete: bool = False
    layers: Layers = field(default_factory=Layers)
    effort: tuple[tuple[dt.date, int], ...] = ()

    def counts(self, unit: str) -> bool:
        """True when the events may be counted in ``unit``."""
        return unit == self.unit or (self.unit in INCIDENT_UNITS and unit in INCIDENT_UNITS)


def hold_all(hypotheses: Sequence[Hypothesis], data: Data) -> tuple[PatternTest, ...]:
    """What becomes of each hypothesis; probabilities are corrected for their number.

    Raises:
        UsageError: WM007 when the statistical libraries are not installed, WM009 when a hypothesis names an area that there is not.
    """
    statistics.require()
    _known_areas(hypotheses, data.layers)
    return corrected([hold_one(h, data) for h in hypotheses])


def _known_areas(hypotheses: Sequence[Hypothesis], layers: Layers) -> None:
    named = {s.layer for h in hypotheses for s in (h.first, h.second) if s is not None and s.layer is not None}
    missing = sorted(named - layers.names)
    if missing:
        raise UsageError("WM009", f"no area is named {', '.join(missing)}")


def corrected(tests: Sequence[PatternTest]) -> tuple[PatternTest, ...]:
    """``tests`` with the probabilities of all of them corrected for their number (Holm 1979)."""
    out = list(tests)
    at = [n for n, t in enumerate(out) if t.estimate is not None and t.estimate.p is not None]
    for n, value in zip(at, statistics.adjusted([_p(out[n]) for n in at]), strict=True):
        estimate = out[n].estimate
        assert estimate is not None
        out[n] = _weighed(replace(out[n], estimate=replace(estimate, adjusted=value)), number=len(at))
    return tuple(out)


def _p(test: PatternTest) -> float:
    assert test.estimate is not None and test.estimate.p is not None
    return test.estimate.p


def _weighed(test: PatternTest, *, number: int) -> PatternTest:
    """A verdict that rests on a probability loses it when the correction takes the probability away."""
    assert test.estimate is not None and test.estimate.adjusted is not None and test.estimate.p is not None
    if test.verdict == "not_testable" or test.estimate.p >= _ALPHA or test.estimate.adjusted < _ALPHA:
        return test
    reason = tell(
        "by itself it would be {verdict}, but among {number} hypotheses tested at once chance may have done it",
        verdict=_VERDICTS[test.verdict], number=number,
    )  # fmt: skip
    return replace(test, verdict="not_testable", reason=reason)


_ALPHA = 1 - statistics.LEVEL


def hold_one(hypothesis: Hypothesis, data: Data) -> PatternTest:
    """What becomes of one hypothesis, without a correction for others."""
    if hypothesis.reason:
        return _refused(hypothesis, hypothesis.reason)
    if not data.counts(hypothesis.unit):
        reason = tell(
            "it counts {unit}, the data count {other}; different units are not compared",
            unit=Term("unit", hypothesis.unit),
            other=Term("unit", data.unit),
        )
        return _refused(hypothesis, reason)
    return _TESTS[hypothesis.kind](hypothesis, data)


def _refused(hypothesis: Hypothesis, reason: str, *, left_out: int = 0, caveats: tuple[str, ...] = ()) -> PatternTest:
    return PatternTest(hypothesis, "not_testable", reason, left_out=left_out, caveats=caveats)


# -- rates -----------------------------------------------------------------------------------------------------------------------------


def _rate(hypothesis: Hypothesis, data: Data) -> PatternTest:
    chosen = select(data.events, hypothesis.first, data.layers)
    span = window(chosen.events, hypothesis.first)
    if span is None:
        return _refused(hypothesis, tell("no event has a day in the period"), left_out=chosen.unclear)
    series = counted(chosen.events, span, days=1, unit=data.unit, name=hypothesis.first.name)
    daily, dispersion = statistics.rate(series.counts)
    days = PERIOD_DAYS[hypothesis.period]
    estimate = Estimate(daily.value * days, daily.low * days, daily.high * days)
    assert hypothesis.value is not None
    verdict, reason = against(estimate, hypothesis.value, hypothesis.comparator, PER[hypothesis.period])
    if verdict == "not_supported" and not data.complete and estimate.high < hypothesis.value:
        verdict = "not_testable"
        reason = tell(
            "{found} are documented, fewer than {value:g}; but {sample}",
            found=_told(estimate, PER[hypothesis.period]), value=hypothesis.value, sample=_SAMPLE,
        )  # fmt: skip
    series = replace(series, fitted=(daily.value,) * len(series.counts))
    return _result(hypothesis, verdict, reason, data, chosen, (series,), estimate, dispersion, tell("quasi-Poisson rate"))


def against(estimate: Estimate, value: float, comparator: str, unit: Told) -> tuple[str, Told]:
    """Where an interval lies beside a claimed value."""
    found = _told(estimate, unit)
    low, high = {
        "ge": (value, float("inf")),
        "le": (0.0, value),
    }.get(comparator, (value / NEAR_FACTOR, value * NEAR_FACTOR))
    if low <= estimate.low and estimate.high <= high:
        return "supported", tell("{found}: all of the interval lies where the claim says", found=found)
    if estimate.high < low or estimate.low > high:
        return "not_supported", tell("{found}: none of the interval lies where the claim says", found=found)
    return "not_testable", tell("{found}: the interval holds what bears the claim out and what does not", found=found)


def _told(estimate: Estimate, unit: Told) -> Told:
    return tell("{value:.3g} {unit} ({low:.3g} to {high:.3g})", value=estimate.value, unit=unit, low=estimate.low, high=estimate.high)


# -- trends ----------------------------------------------------------------------------------------------------------------------------


def _trend(hypothesis: Hypothesis, data: Data) -> PatternTest:
    chosen = select(data.events, hypothesis.first, data.layers)
    span = window(chosen.events, hypothesis.first)
    total = sum(e.number for e in chosen.events)
    if span is None or total < statistics.LEAST_EVENTS:
        return _refused(
            hypothesis,
            tell("{number} events have a day in the period; a trend needs {least}", number=total, least=statistics.LEAST_EVENTS),
            left_out=chosen.unclear,
        )
    days = fitting_bin(chosen.events, span, least=statistics.LEAST_BINS)
    series = counted(chosen.events, span, days=days, unit=data.unit, name=hypothesis.first.name)
    return _trend_of(hypothesis, series, data, chosen)


def _trend_of(hypothesis: Hypothesis, series: CountSeries, data: Data, chosen: Selected) -> PatternTest:
    """The verdict on a trend in counts that are already in bins."""
    if len(series.counts) < statistics.LEAST_BINS or not any(series.counts):
        reason = tell(
            "the period holds {number} bins of {days} days; a trend needs {least}",
            number=len(series.counts), days=series.days, least=statistics.LEAST_BINS,
        )  # fmt: skip
        return _refused(hypothesis, reason, left_out=chosen.unclear)
    found = statistics.growth(series.counts)
    verdict, reason = verdict_on(hypothesis, found, series.days)
    caveats: tuple[str, ...] = (tell("neighbouring bins go together; the interval was widened for it"),) if found.correlated else ()
    caveats += _effort_caveat(series, data, found)
    series = replace(series, fitted=found.fitted)
    changes = tuple(series.start + dt.timedelta(days=at * series.days) for at in statistics.changepoints(series.counts))
    result = _result(
        hypothesis, verdict, reason, data, chosen, (series,), found.over, found.dispersion, tell("quasi-Poisson log-linear trend")
    )
    return replace(result, caveats=caveats + result.caveats, changes=changes)


def verdict_on(hypothesis: Hypothesis, found: statistics.Growth, days: int) -> tuple[str, Told]:
    """Verdict and reason for a trend, found in bins of ``days`` days."""
    over, wanted = found.over, hypothesis.trend
    told = tell(
        "over the period the counts change by a factor of {value:.3g} ({low:.3g} to {high:.3g})",
        value=over.value,
        low=over.low,
        high=over.high,
    )
    if hypothesis.value is not None and wanted in ("up", "exponential", "none"):
        return _of_doubling(hypothesis.value, found, days)
    if wanted == "flat":
        if over.low >= 1 / FLAT_FACTOR and over.high <= FLAT_FACTOR:
            return "supported", tell("{told}: level", told=told)
        return ("not_supported" if over.low > 1 or over.high < 1 else "not_testable"), told
    rising = over.low > 1 if wanted != "down" else over.high < 1
    refuted = over.high < FLAT_FACTOR if wanted != "down" else over.low > 1 / FLAT_FACTOR
    if refuted:
        return "not_supported", tell("{told}: no such growth", told=told) if wanted != "down" else tell("{told}: no such fall", told=told)
    if not rising:
        return "not_testable", tell("{told}: the interval holds growth and decline", told=told)
    if wanted != "exponential":
        return "supported", told
    return _of_shape(found, told)


def _of_shape(found: statistics.Growth, told: Told) -> tuple[str, Told]:
    if found.shape is not None and found.shape >= SHAPE_GAP and not found.curved:
        return "supported", tell("{told}; exponential growth fits better than a straight line", told=told)
    if found.curved or (found.shape is not None and found.shape <= -SHAPE_GAP):
        return "not_supported", tell(
            "{told}; the counts grow, but not exponentially: a straight line or slowing growth fits better", told=told
        )
    return "not_testable", tell("{told}; the counts grow, but whether exponentially or in a straight line cannot be told", told=told)


def _of_doubling(claimed: float, found: statistics.Growth, days: int) -> tuple[str, Told]:
    """Doubling in so many days, as a factor per bin."""
    wanted = 2 ** (days / claimed)
    step = found.estimate
    told = tell("the counts do not grow")
    if step.value > 1:
        told = tell("the counts double in {days:.3g} days", days=found.doubling * days)
    near = (2 ** (days / (claimed * NEAR_FACTOR)), 2 ** (days / (claimed / NEAR_FACTOR)))
    if near[0] <= step.low and step.high <= near[1]:
        return "supported", told
    if step.high < min(wanted, near[0]) or step.low > max(wanted, near[1]):
        return "not_supported", told
    return "not_testable", tell("{told}; the interval holds what bears the claim out and what does not", told=told)


def _effort_caveat(series: CountSeries, data: Data, found: statistics.Growth) -> tuple[str, ...]:
    """What the trend is when the number of documents is taken for the effort of reporting."""
    if not data.effort:
        return ()
    bins = [0.0] * len(series.counts)
    for day, number in data.effort:
        at = (day - series.start).days // series.days
        if 0 <= at < len(bins):
            bins[at] += number
    if min(bins) == 0:
        return (tell("in some bins no document was published, so that reporting effort could not be taken into account"),)
    if max(bins) == min(bins):
        return ()
    held = statistics.growth(series.counts, effort=bins).over
    changed = (held.low > 1) != (found.over.low > 1) or (held.high < 1) != (found.over.high < 1)
    said = tell(
        "beside the number of documents, the factor is {value:.3g} ({low:.3g} to {high:.3g})",
        value=held.value,
        low=held.low,
        high=held.high,
    )
    return (tell("{told}: the trend may be one of reporting", told=said) if changed else said,)


# -- comparisons, shares, clusters -----------------------------------------------------------------------------------------------------


def _comparison(hypothesis: Hypothesis, data: Data) -> PatternTest:
    assert hypothesis.second is not None
    sides = [select(data.events, chosen, data.layers) for chosen in (hypothesis.first, hypothesis.second)]
    both = Selected(sides[0].events + sides[1].events, max(s.unclear for s in sides))
    spans = [window(both.events, chosen) for chosen in (hypothesis.first, hypothesis.second)]
    few = min(sum(e.number for e in s.events) for s in sides)
    if few < statistics.LEAST_EVENTS or spans[0] is None or spans[1] is None:
        reason = tell("one side has {number} events; each needs {least}", number=few, least=statistics.LEAST_EVENTS)
        return _refused(hypothesis, reason, left_out=both.unclear)
    days = min(fitting_bin(s.events, span, least=statistics.LEAST_BINS) for s, span in zip(sides, spans, strict=True) if span is not None)
    first, second = (
        counted(side.events, span, days=days, unit=data.unit, name=chosen.name)
        for side, span, chosen in zip(sides, spans, (hypothesis.first, hypothesis.second), strict=True)
        if span is not None
    )
    if min(len(first.counts), len(second.counts)) < statistics.LEAST_BINS:
        reason = tell("a period holds fewer than {least} bins of {days} days", least=statistics.LEAST_BINS, days=days)
        return _refused(hypothesis, reason, left_out=both.unclear)
    estimate, dispersion = statistics.ratio(first.counts, second.counts)
    if hypothesis.value is None:
        more = hypothesis.trend != "down"
        verdict, reason = against(estimate, 1.0, "ge" if more else "le", _TIMES)
    else:
        verdict, reason = against(estimate, hypothesis.value, hypothesis.comparator, _TIMES)
    result = _result(hypothesis, verdict, reason, data, both, (first, second), estimate, dispersion, tell("quasi-Poisson ratio of rates"))
    caveat = tell("the two sides may not be reported alike; the comparison holds only as far as they are")
    return replace(result, caveats=(caveat, *result.caveats))


def _share(hypothesis: Hypothesis, data: Data) -> PatternTest:
    """``first`` as a share of ``second``; events that cannot be told apart are left out of both."""
    assert hypothesis.second is not None and hypothesis.value is not None
    whole = select(data.events, hypothesis.second, data.layers)
    part = select(whole.events, hypothesis.first, data.layers)
    number = sum(e.number for e in whole.events) - part.unclear
    if number < statistics.LEAST_EVENTS:
        reason = tell("{number} events; a share needs {least}", number=number, least=statistics.LEAST_EVENTS)
        return _refused(hypothesis, reason, left_out=whole.unclear + part.unclear)
    estimate = statistics.share(sum(e.number for e in part.events), number, against=hypothesis.value)
    verdict, reason = _of_share(estimate, hypothesis.value, hypothesis.comparator)
    told = Selected(whole.events, whole.unclear + part.unclear)
    return _result(hypothesis, verdict, reason, data, told, (), estimate, None, tell("binomial share, Wilson's interval"))


def _of_share(estimate: Estimate, value: float, comparator: str) -> tuple[str, Told]:
    if comparator in ("ge", "le"):
        return against(estimate, value, comparator, _OF_ALL)
    told = _told(estimate, _OF_ALL)
    if not estimate.low <= value <= estimate.high:
        return "not_supported", tell("{told}: the claimed share lies outside", told=told)
    wide = estimate.high - estimate.low > 2 * (NEAR_FACTOR - 1) * value
    if wide:
        return "not_testable", tell("{told}: too wide to tell", told=told)
    return "supported", tell("{told}: the claimed share lies inside", told=told)


def _clustering(hypothesis: Hypothesis, data: Data) -> PatternTest:
    chosen = select(data.events, hypothesis.first, data.layers)
    placed = [e for e in chosen.events if e.point is not None and e.day is not None]
    left_out = chosen.unclear + len(chosen.events) - len(placed)
    if not 2 * statistics.LEAST_EVENTS <= len(placed) <= MOST_PAIRS_OF:
        reason = tell(
            "{number} events have a day and a point; between {least} and {most} are needed",
            number=len(placed), least=2 * statistics.LEAST_EVENTS, most=MOST_PAIRS_OF,
        )  # fmt: skip
        return _refused(hypothesis, reason, left_out=left_out)
    placed.sort(key=lambda e: e.point or (0.0, 0.0))
    near = _near_pairs(placed)
    if not near:
        return _refused(hypothesis, tell("no two events lie within {km:g} km", km=NEAR_KM), left_out=left_out)
    start = min(e.day for e in placed if e.day)
    estimate = statistics.clustering(near, [(e.day - start).days for e in placed if e.day], within_days=NEAR_DAYS)
    p = estimate.p or 1.0
    told = tell(
        "{value:.3g} times as many pairs within {km:g} km and {days} days as when days are dealt out anew (p = {p:.3g})",
        value=estimate.value, km=NEAR_KM, days=NEAR_DAYS, p=p,
    )  # fmt: skip
    verdict = "supported" if p < _ALPHA else "not_supported" if estimate.high < FLAT_FACTOR else "not_testable"
    result = _result(
        hypothesis, verdict, told, data, Selected(tuple(placed), left_out), (), estimate, None, tell("Knox's test with 999 permutations")
    )
    caveat = tell("a rising or falling number of events, at different places at different times, looks like clustering as well")
    return replace(result, caveats=(caveat, *result.caveats))


def _near_pairs(events: Sequence[Event]) -> list[tuple[int, int]]:
    """Pairs of events, which stand in order of latitude, within :data:`NEAR_KM`."""
    reach = NEAR_KM / 111.0
    out: list[tuple[int, int]] = []
    for a, one in enumerate(events):
        for b in range(a + 1, len(events)):
            two = events[b]
            assert one.point is not None and two.point is not None
            if two.point[0] - one.point[0] > reach:
                break
            if points_apart_km(one.point, two.point) <= NEAR_KM:
                out.append((a, b))
    return out


def _result(
    hypothesis: Hypothesis,
    verdict: str,
    reason: str,
    data: Data,
    chosen: Selected,
    series: tuple[CountSeries, ...],
    estimate: Estimate,
    dispersion: float | None,
    method: str,
) -> PatternTest:
    caveats: tuple[str, ...] = () if data.complete else (_SAMPLE,)
    if chosen.unclear:
        caveats += (tell("{number} events were left out: their day or place is not known finely enough", number=chosen.unclear),)
    return PatternTest(
        hypothesis=hypothesis,
        verdict=verdict,
        reason=reason,
        method=method,
        estimate=estimate,
        dispersion=dispersion,
        used=sum(e.number for e in chosen.events),
        left_out=chosen.unclear,
        series=series,
        caveats=caveats,
    )


_TESTS = {"rate": _rate, "trend": _trend, "comparison": _comparison, "share": _share, "clustering": _clustering}
