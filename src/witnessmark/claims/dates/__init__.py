"""Time expressions found and resolved: words to an interval of civil days with precision, basis and anchor."""

from witnessmark.claims.dates.finder import find_dates
from witnessmark.claims.dates.timex import TimeExpression, tag, to_timex

__all__ = ["TimeExpression", "find_dates", "tag", "to_timex"]
