"""Figures: incidents and tolls over time, by act, munition, object and region, and how sources overlap; SVG or PNG, drawn without network."""

from witnessmark.publish.charts.figures import FIGURES, FORMS, draw

__all__ = ["FIGURES", "FORMS", "draw"]
