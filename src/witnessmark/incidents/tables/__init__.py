"""Tables of claims that others coded: one report a row, merged to incidents without reading a text."""

from witnessmark.incidents.tables.merging import MergedTable, merge_table

__all__ = ["MergedTable", "merge_table"]
