"""Stated patterns held against counts: rates, trends, comparisons, shares, clusters; and how many incidents no source tells of.

The way: series claims and a user's questions become hypotheses; incidents or the rows of a table become events; a selection says which events are
meant, by day, place, kind, distance to a border or area; counts in bins go into a model; the interval beside the claim gives the verdict.
"""

from witnessmark.assess.patterns.events import Event, events_of, read_table
from witnessmark.assess.patterns.hypotheses import of_series, read_hypotheses
from witnessmark.assess.patterns.layers import Layers, border_km, read_layers
from witnessmark.assess.patterns.series import hold_series
from witnessmark.assess.patterns.testing import Data, hold_all
from witnessmark.assess.patterns.undercount import undercount

__all__ = [
    "Data",
    "Event",
    "Layers",
    "border_km",
    "events_of",
    "hold_all",
    "hold_series",
    "of_series",
    "read_hypotheses",
    "read_layers",
    "read_table",
    "undercount",
]
