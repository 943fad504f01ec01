"""Whether a series claim can be tested with the figures at hand. No test is run here; this only says what is missing."""

from __future__ import annotations

from witnessmark.model import SeriesClaim
from witnessmark.publish import wording
from witnessmark.publish.view import CaseView

POINTS_NEEDED = 3
"""Fewest dated figures of one unit that a trend can be held against: two points make a line of any shape."""


def can_be_tested(view: CaseView, series: SeriesClaim) -> str:
    """Whether ``series`` can be tested: a trend needs dated counts of its unit and place, a figure a second one."""
    same = [s for s in view.series if s is not series and s.unit == series.unit and s.quantity is not None and s.date is not None]
    if series.trend != "none":
        same = [s for s in same if _same_place(s, series)]
    alone = all(s.document == series.document for s in same)
    where = "this document alone" if alone else "this case"
    if series.trend != "none":
        if len(same) < POINTS_NEEDED:
            return f"not testable with {where}: it holds {_figures(len(same))}, a trend needs at least {POINTS_NEEDED}"
        return f"testable: {_figures(len(same))} of the same unit and place"
    if series.quantity is None or (series.quantity.minimum is None and series.quantity.maximum is None):
        return "not testable: it states no figure"
    alike = [s for s in same if s.rate_period == series.rate_period and _same_place(s, series)]
    if not alike:
        beside = _not_comparable(view, series)
        return f"not testable with {where}: no second figure of the same unit, period and place" + (f"; {beside}" if beside else "")
    return f"testable: {_figures(len(alike))} of the same unit, period and place"


def _not_comparable(view: CaseView, series: SeriesClaim) -> str:
    """Why the figure of the same document that looks most like this one must not be held against it; "" when there is none."""
    others = [
        s for s in view.series if s is not series and s.document == series.document and s.unit == series.unit and s.quantity is not None
    ]
    other = next((s for s in others if s.rate_period == series.rate_period and s.trend == "none"), None)
    if other is None:
        return ""
    mine, theirs = series.quote.split()[-1].lower(), other.quote.split()[-1].lower()
    reasons = [f"{theirs} are not {mine}"] if mine != theirs else []
    reasons += ["the places differ"] if not _same_place(series, other) else []
    reasons += ["the scopes differ"] if (series.scope_note is None) != (other.scope_note is None) else []
    return f"not comparable with “{other.quote}”: {', '.join(reasons)}" if reasons else ""


def _same_place(first: SeriesClaim, second: SeriesClaim) -> bool:
    """Both are stated and mean the same row of the gazetteer (the same name, when unresolved)."""
    if first.place is None or second.place is None:
        return False
    one, other = first.place.value, second.place.value
    return (one.gazetteer_id or one.name) == (other.gazetteer_id or other.name)


def _figures(number: int) -> str:
    return "no dated figures" if number == 0 else wording.plural(number, "dated figure")
