"""Series: rates, totals, comparisons and trends over many incidents, which are never incidents themselves."""

from witnessmark.claims.series.find import find_series, settle

__all__ = ["find_series", "settle"]
