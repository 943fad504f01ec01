"""MUC-4: templates of attacks in Latin American wire copy, and single-incident records derived from its key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from witnessmark.claims.fillers import find_fillers
from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.incident_rows import archive_rows
from witnessmark.evaluation.judging import judged_records
from witnessmark.evaluation.metrics.incident_records import score_records
from witnessmark.evaluation.metrics.templates import ROLES, score_role_fillers, score_templates
from witnessmark.evaluation.template_rows import filled_roles, filled_templates
from witnessmark.evaluation.told import Told, each, told

# "CITY, 4 FEB 90 (AGENCY) -- [TEXT] ...": the day that the wire gives for its report.
_DATELINE = re.compile(r"\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* (\d{2})\b")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DATELINE_REACH = 200
"""Characters from the start in which the dateline stands."""


def wire_day(text: str) -> str | None:
    """The dateline's day as an ISO string; the corpus is of the 20th century."""
    found = _DATELINE.search(text[:_DATELINE_REACH])
    if found is None:
        return None
    day, month, year = found.groups()
    return f"19{year}-{_MONTHS.index(month) + 1:02d}-{int(day):02d}"


def read_wire(row: JsonRow) -> Told:
    """One document of the corpus, read as its upper-case wire text."""
    text = str(row["text"])
    return told(text, published=wire_day(text), publisher_type="wire_agency", language="en", item=str(row["docid"]))


class Templates:
    """Role fillers and templates."""

    name = "muc4"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with the wire text and its lower-case form, or with templates."""
        return "docid" in row and "text" in row and bool({"doctext", "templates", "extracts"} & row.keys())

    def predict(self, file: GoldFile) -> list[Row]:
        """Roles for the document and for each template, in one row."""
        return list(each(file.rows, lambda row: str(row["docid"]), _predict))

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Micro F1 of both tasks, and F1 by role."""
        gold = [row for row in file.rows if "extracts" in row and "templates" in row]
        if not gold:
            return Outcome()
        fillers = score_role_fillers({r["docid"]: r["extracts"] for r in gold}, {r["docid"]: r for r in predictions})
        mapped = score_templates({r["docid"]: r["templates"] for r in gold}, {r["docid"]: r.get("templates") for r in predictions})
        by_role = [Measure(f"ree_{role}", fillers[role].f1, fillers[role].gold) for role in ROLES]
        micro = fillers["micro"]
        return Outcome(
            (
                Measure("ree_f1", micro.f1, micro.gold, published=0.578, by="TempGen, 2021, test part"),
                *by_role,
                Measure("template_f1", mapped["micro"].f1, mapped["micro"].gold, published=0.543, by="GE, 1992, test part"),
                Measure("incident_type_f1", mapped["incident_type"].f1, mapped["incident_type"].gold),
            )
        )


def _predict(row: JsonRow) -> dict[str, object]:
    found = find_fillers(read_wire(row).reading)
    return {"docid": row["docid"], **filled_roles(found.fillers), "templates": filled_templates(found)}


class Incidents:
    """One record a document; the texts stand in the other files of the folder."""

    name = "muc4_incidents"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a document id and no text that carry a record, or nothing else."""
        return "docid" in row and "text" not in row and (row.keys() <= {"docid"} or "gold" in row)

    def predict(self, file: GoldFile) -> list[Row]:
        """The incidents of each listed document whose text is found beside the file."""
        wanted = [row["docid"] for row in file.rows]
        texts = {row["docid"]: row for other in file.siblings() if "text" in other.first for row in other.rows}
        found = [texts[docid] for docid in wanted if docid in texts]
        return list(each(found, lambda row: str(row["docid"]), _records))

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Exact day, place and tolls."""
        return record_outcome({row["docid"]: row["gold"] for row in file.rows if row.get("gold")}, predictions)


def _records(row: JsonRow) -> dict[str, object]:
    return {"docid": row["docid"], "incidents": archive_rows(read_wire(row))}


def record_outcome(gold: dict[str, JsonRow], predictions: Sequence[JsonRow], published: dict[str, float] | None = None) -> Outcome:
    """Measures of incident records; ``published`` gives others' figures by measure."""
    if not gold:
        return Outcome()
    rates = score_records(gold, {row["docid"]: row.get("incidents") or [] for row in predictions})
    known = published or {}
    return Outcome(
        tuple(
            Measure(name, rates[name].value, rates[name].seen, published=known.get(name), by="regular expressions" if name in known else "")
            for name in ("date", "city", "state", "killed", "injured")
            if name in rates
        ),
        judged=tuple(judged_records(gold, predictions)),
    )
