"""The printed report: one self-contained HTML file without script for each language, and the same as PDF."""

from witnessmark.publish.paper.labels import LANGUAGES
from witnessmark.publish.paper.page import html, pdf

__all__ = ["LANGUAGES", "html", "pdf"]
