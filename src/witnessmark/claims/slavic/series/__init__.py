"""Rates, totals, comparisons and trends in Ukrainian and Russian."""

from witnessmark.claims.slavic.series.find import find_items, party_only, region_of

__all__ = ["find_items", "party_only", "region_of"]
