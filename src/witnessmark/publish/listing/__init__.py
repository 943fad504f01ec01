"""Listings for terminals and notebooks: a case, or one record of it, as titled tables and marked text without any markup.

A listing knows nothing of colours or widths; the command line draws it. Texts are exact, so whoever prints them has to escape control
characters.
"""

from __future__ import annotations

from witnessmark.publish.listing.explaining import HasView, explain
from witnessmark.publish.listing.merges import explain_merge
from witnessmark.publish.listing.records import show as _show
from witnessmark.publish.listing.shapes import Cell, Grid, Listing, Passage, Piece
from witnessmark.publish.listing.weighing import assessment, weigh
from witnessmark.publish.listing.whole import overview as _overview

__all__ = ["Cell", "Grid", "Listing", "Passage", "Piece", "assessment", "explain", "explain_merge", "overview", "show", "weigh"]


def overview(case: HasView) -> Listing:
    """What was found in ``case``: incidents, series, contradictions, the status of each document, problems and totals."""
    return _overview(case.view())


def show(case: HasView, identifier: str) -> Listing:
    """One incident, claim, series, contradiction or document of ``case`` with its words marked.

    ``identifier`` may be cut short as long as it names one record only.

    Raises:
        UsageError: WM001 when no record, or more than one, has an id that begins so.
    """
    return _show(case.view(), identifier)
