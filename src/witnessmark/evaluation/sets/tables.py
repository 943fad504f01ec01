"""Tables of claims that are already coded, one report a row, with the incident that each is of."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from witnessmark.evaluation.corpora import GoldFile, Row, write_rows
from witnessmark.evaluation.gold_sets import JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.clusters import clusters, pair_rates, score_clusters
from witnessmark.incidents.tables import merge_table


class ClaimTables:
    """See the module. The incidents stay out of what is merged."""

    name = "tables"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a report, a day and a place, and no text of a document's kind."""
        return {"report_id", "date", "place"} <= row.keys()

    def predict(self, file: GoldFile) -> list[Row]:
        """The incident of each report."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.jsonl"
            write_rows(path, [{k: v for k, v in row.items() if k != "incident_id"} for row in file.rows])
            merged = merge_table(path)
        return [{"report_id": report, "incident_id": incident} for report, incident in zip(merged.reports, merged.incidents, strict=True)]

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Pairs of reports of one incident, and the mean of MUC, B-cubed and CEAF-e."""
        gold = {str(row["report_id"]): row["incident_id"] for row in file.rows if "incident_id" in row}
        if not gold:
            return Outcome()
        told, ours = clusters(gold), clusters({str(row["report_id"]): row["incident_id"] for row in predictions})
        precision, recall = pair_rates(told, ours)
        score = score_clusters(told, ours)
        named = (("pairs_f1", score.pairs), ("pairs_precision", precision), ("pairs_recall", recall), ("b_cubed", score.b_cubed))
        return Outcome(tuple(Measure(name, value, len(gold)) for name, value in named))
