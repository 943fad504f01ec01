"""Scores for whole reports: incidents with their fields, statements, series, contradictions, and merging across documents.

Rows have the shape of the bundled corpus (see ``docs/evaluation.md``). What a prediction lacks, or holds in a wrong shape, counts as not
said.
"""

from witnessmark.evaluation.metrics.reports.score import ReportScore, score_reports

__all__ = ["ReportScore", "score_reports"]
