"""Single news sentences, subjective or objective."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.evaluation.corpora import GoldFile, Row
from witnessmark.evaluation.gold_sets import SEEN, JsonRow, Measure, Outcome
from witnessmark.evaluation.metrics.labels import pair_up, score_labels
from witnessmark.evaluation.told import each, told
from witnessmark.statements.subjectivity import subjectivities

_SUBJECTIVE = frozenset({"opinion", "rhetorical", "directive"})
_TRAINED_ON = ("train_dev", "en")
_READ = ("en", "uk")
"""Languages of the set that are read; the others get the commoner label."""
_PUBLISHED = {"en": 0.81, "uk": 0.64}


class Subjectivity:
    """See the module."""

    name = "subjectivity"

    def recognises(self, row: JsonRow) -> bool:
        """Rows with a sentence."""
        return {"id", "sentence"} <= row.keys()

    def predict(self, file: GoldFile) -> list[Row]:
        """SUBJ where the model of the language says so; without one, where the sentence is read as opinion, rhetoric or a call; else OBJ."""
        return list(each(file.rows, lambda row: str(row["id"]), _predict))

    def score(self, file: GoldFile, predictions: Sequence[JsonRow]) -> Outcome:
        """Macro F1 of each language that is read."""
        out = []
        for language in _READ:
            gold = [row for row in file.rows if row.get("lang") == language and "label" in row]
            if gold:
                score = score_labels(pair_up(gold, predictions, identity=("id",), label="label"))
                out.append(
                    Measure(
                        f"{language}/macro_f1{SEEN if (file.part, language) == _TRAINED_ON else ''}",
                        score.macro_f1,
                        score.items,
                        published=_PUBLISHED[language],
                        by="best of CheckThat! 2025, test part",
                    )
                )
        return Outcome(tuple(out))


def _predict(row: JsonRow) -> dict[str, object]:
    language = str(row.get("lang", "en"))
    label = "OBJ"
    if language in _READ:
        reading = told(str(row["sentence"]), language=language, item=str(row["id"])).reading
        sure = [p for p in subjectivities(reading) if p is not None]
        if max(sure) > 0.5 if sure else any(s.modality in _SUBJECTIVE for s in reading.statements):
            label = "SUBJ"
    return {"id": row["id"], "lang": language, "label": label}
