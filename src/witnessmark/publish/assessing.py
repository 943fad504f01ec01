"""Whether a series claim can be tested with the figures at hand. No test is run here; this only says what is missing."""

from __future__ import annotations

from witnessmark.model import SeriesClaim
from witnessmark.publish import wording
from witnessmark.publish.view import CaseView

POINTS_NEEDED = 3
"""Fewest dated figures of one unit that a trend can be held against: two points make a line of any shape."""


def testable(view: CaseView, series: SeriesClaim) -> str:
    """Whether ``series`` can be tested: a trend needs dated counts of its unit, a figure a second figure of its unit and period."""
    same = [s for s in view.series if s is not series and s.unit == series.unit and s.quantity is not None and s.date is not None]
    alone = all(s.document == series.document for s in same)
    where = "this document alone" if alone else "this case"
    if series.trend != "none":
        if len(same) < POINTS_NEEDED:
            return f"not testable with {where}: it holds {_figures(len(same))}, a trend needs at least {POINTS_NEEDED}"
        return f"testable: {_figures(len(same))} in the same unit"
    alike = [s for s in same if s.rate_period == series.rate_period]
    if not alike:
        return f"not testable with {where}: no second figure in the same unit and period"
    return f"testable: {_figures(len(alike))} in the same unit and period"


def _figures(number: int) -> str:
    return "no dated figures" if number == 0 else wording.plural(number, "dated figure")
