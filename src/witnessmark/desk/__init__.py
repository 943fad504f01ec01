"""The desk: a case as pages show it, quick enough for 100,000 incidents, and the decisions that people take there."""

from witnessmark.desk.overview import Filter
from witnessmark.desk.session import Desk

__all__ = ["Desk", "Filter"]
