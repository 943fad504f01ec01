"""Incidents: claims of one event in several documents, merged."""

from witnessmark.incidents.merging import merge

__all__ = ["merge"]
