"""Patterns that sources state, held against the published incidents: verdict, reason, caveats and a chart of the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.assess import patterns
from witnessmark.errors import UsageError
from witnessmark.model.patterns import PatternTest
from witnessmark.publish.facts import Facts
from witnessmark.publish.patterns import chart

MOST = 40
"""Patterns that a report tests, in the order of the case."""

LARGE = 20_000
"""Incidents from which on a report tests none: all of them are read for each."""


@dataclass(frozen=True, slots=True)
class Stated:
    """``tests`` are (number of the source, test, chart as SVG or empty). ``reason`` is empty, or says why none was tested: ``library`` or ``large``."""

    tests: Sequence[tuple[int, PatternTest, str]]
    reason: str
    untested: int


def stated(facts: Facts) -> Stated:
    """The patterns of ``facts``; none is tested without the libraries of the extra ``patterns``."""
    series = facts.records.series[:MOST]
    if not series:
        return Stated((), "", 0)
    if len(facts.incidents) > LARGE:
        return Stated((), "large", len(facts.records.series))
    sources = {s.identifier: s.label for s in facts.sources}
    effort = Counter(s.published for s in facts.sources if s.published is not None)
    events = patterns.events_of(facts.records.incidents, facts.records.claim_by_id, sources)
    try:
        tests = patterns.hold_series(series, patterns.Data(events, effort=tuple(sorted(effort.items()))))
    except UsageError as error:
        if error.code != "WM007":
            raise
        return Stated((), "library", len(facts.records.series))
    by_id = {s.identifier: facts.numbers[s.document] for s in series}
    return Stated(
        [(by_id[t.hypothesis.stated_in or ""], t, chart(t, alone=False)) for t in tests],
        "",
        len(facts.records.series) - len(series),
    )
