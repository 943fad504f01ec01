"""Whole reports: title and text with publisher and date; the gold has statements, incidents, series and contradictions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.judging import judged_reports
from witnessmark.evaluation.metrics.reports import ReportScore, score_reports
from witnessmark.evaluation.mistakes import report_mistakes
from witnessmark.evaluation.report_rows import report_row
from witnessmark.evaluation.told import Told, each, told
from witnessmark.incidents import Wording, merge, wording_of
from witnessmark.model import IncidentClaim

_KEYS = frozenset({"id", "title", "text", "publisher"})

# The crude baseline that the development sets came with: first place, first date, first number near a word of harm.
_BASELINE_INCIDENTS = 0.22
_BASELINE_MODALITY = 0.22

_BY_LANGUAGE = frozenset(
    {"incident_f1", "perpetrator", "place_25km", "killed_exact", "statement_macro_f1", "contradiction_f1", "false_alarms_per_100"}
)


class Reports:
    """See the module."""

    name = "reports"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a title, a text, a publisher and an id."""
        return _KEYS <= row.keys()

    def predict(self, file: GoldFile) -> list[Row]:
        """Read every report, then merge incidents over all of them."""
        reports: dict[str, Told] = {}

        def read(row: Row) -> dict[str, object]:
            report = _read(row)
            out = report_row(row["id"], report)
            reports[row["id"]] = report
            return out

        rows = list(each(file.rows, lambda row: str(row["id"]), read))
        names = merged_names(reports.values())
        for row in rows:
            for incident in row["incidents"]:  # type: ignore[attr-defined]
                incident["incident"] = names.get(incident["incident"], incident["incident"])
        return rows

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Scores over all reports, then over those of each language when there are several."""
        gold = [row for row in file.rows if "statements" in row]
        if not gold:
            return Outcome()
        compared = file.part.startswith("dev")
        out = [m if compared else replace(m, published=None, by="") for m in _measures(score_reports(gold, predictions))]
        languages = sorted({row["lang"] for row in gold})
        for language in languages if len(languages) > 1 else ():
            score = score_reports([row for row in gold if row["lang"] == language], predictions)
            chosen = (m for m in _measures(score) if m.name in _BY_LANGUAGE)
            out += [Measure(f"{language}/{m.name}", m.value, m.count, higher=m.higher) for m in chosen]
        return Outcome(tuple(out), tuple(report_mistakes(gold, predictions)), tuple(judged_reports(gold, predictions)))


def _read(row: JsonRow) -> Told:
    return told(
        row["text"],
        title=row["title"],
        published=row.get("published"),
        publisher=row.get("publisher"),
        publisher_type=row.get("publisher_type"),
        language=row.get("lang"),
        item=str(row["id"]),
    )


def merged_names(reports: Iterable[Told]) -> dict[str, str]:
    """Claim id to incident id, after merging over all reports."""
    claims: list[IncidentClaim] = []
    published: dict[str, dt.date | None] = {}
    wordings: dict[str, Wording] = {}
    for report in reports:
        claims += report.claims.incidents
        day = report.document.published
        published[report.document.identifier] = day.value.latest if day else None
        wordings[report.document.identifier] = wording_of(report.document)
    merged = merge(claims, published=published, wordings=wordings)
    return {claim: incident.identifier for incident in merged for claim in incident.claims}


def _measures(score: ReportScore) -> Iterable[Measure]:
    detection, fields, sets = score.detection, score.fields.accuracy, score.fields.sets
    yield Measure("incident_f1", detection.f1, detection.gold, published=_BASELINE_INCIDENTS, by="crude baseline")
    yield Measure("incident_precision", detection.precision, detection.predicted)
    yield Measure("incident_recall", detection.recall, detection.gold)
    pairs = score.fields.pairs
    for name in ("act_exact", "perpetrator", "place_25km", "date_interval", "killed_exact", "injured_exact", "modality"):
        yield Measure(name, fields[name].value, pairs)
    for name in ("weapon", "effect", "object", "breakdown"):
        yield Measure(f"{name}_f1", sets[name].f1 if sets[name].measured else None, sets[name].gold)
    yield Measure("span_f1", score.fields.span_f1(), pairs)
    statements = score.statements
    yield Measure("statement_macro_f1", statements.macro_f1, statements.accuracy.seen, published=_BASELINE_MODALITY, by="crude baseline")
    yield Measure("statement_accuracy", statements.accuracy.value, statements.accuracy.seen)
    yield Measure("series_f1", _f1(score.series.found.measured, score.series.found.f1), score.series.found.gold)
    contradictions = score.contradictions
    yield Measure("contradiction_f1", _f1(contradictions.measured, contradictions.f1), contradictions.gold)
    yield Measure("false_alarms_per_100", score.false_alarm_rate, score.quiet, higher=False)
    yield Measure("merging_conll", score.merging.conll, len(score.gold_clusters))
    across = score.across_languages
    yield Measure("merging_across_languages", across.value, across.seen)


def _f1(measured: bool, value: float) -> float | None:
    return value if measured else None
