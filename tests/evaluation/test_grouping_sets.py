"""Sets whose answer is a grouping: mentions of events, and tables of claims."""

from __future__ import annotations

from pathlib import Path

from witnessmark.evaluation.corpora import GoldFile
from witnessmark.evaluation.running import recognise
from witnessmark.evaluation.sets.coreference import NewsEvents, ShootingEvents
from witnessmark.evaluation.sets.tables import ClaimTables


def _row(name: str, words: str, at: int, chain: str, **more: str) -> dict[str, object]:
    mention = {"id": f"{name}.0.{at}", "sent": 0, "tokens": [at], "text": words.split()[at], "kind": "event", "type": None, "chain": chain}
    return {"docid": name, "sentences": {"0": words.split()}, "mentions": [mention], **more}


def test_mentions_are_recognised_predicted_and_scored() -> None:
    rows = (
        _row("a", "A gunman shot a baker in Lysohirka on Friday .", 2, "x", subtopic="1"),
        _row("b", "A baker was shot in Lysohirka on Friday .", 3, "x", subtopic="1"),
        _row("c", "The council approved a budget .", 2, "y", subtopic="1"),
    )
    file = GoldFile(Path("dev.jsonl"), rows)
    gold = recognise(file)
    assert isinstance(gold, NewsEvents)
    predicted = gold.predict(file)
    assert [row["docid"] for row in predicted] == ["a", "b", "c"]
    assert gold.score(file, predicted).measures[0].value == 1.0


def test_rows_without_a_sub_topic_are_those_of_shootings_and_need_no_answers() -> None:
    row = _row("a", "A man was shot .", 3, "", incident="7")
    file = GoldFile(Path("test.jsonl"), (row,))
    gold = recognise(file)
    assert isinstance(gold, ShootingEvents)
    predicted = gold.predict(file)
    assert len(predicted[0]["mentions"]) == 1
    assert gold.score(file, predicted).measures == ()


def test_a_table_of_claims_is_merged_without_its_answers() -> None:
    base = {"date": "2024-05-03", "place": "Lysohirka", "region": "Ostriv", "killed": 2, "injured": 9, "munition": "mortar"}
    rows = (
        {"report_id": 1, "incident_id": "x"} | base,
        {"report_id": 2, "incident_id": "x"} | base,
        {"report_id": 3, "incident_id": "y"} | base | {"place": "Dolyna"},
    )
    file = GoldFile(Path("table.jsonl"), rows)
    gold = recognise(file)
    assert isinstance(gold, ClaimTables)
    outcome = gold.score(file, gold.predict(file))
    assert {m.name: m.value for m in outcome.measures}["pairs_f1"] == 1.0
