"""The report: one HTML file that needs no script, no network and no other file."""

from witnessmark.publish.report.page import render

__all__ = ["render"]
