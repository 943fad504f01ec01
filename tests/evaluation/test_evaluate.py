"""Whole evaluations over small gold folders in our own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import witnessmark
from witnessmark.cli import group
from witnessmark.evaluation.corpora import write_rows
from witnessmark.evaluation.sets.muc4 import wire_day

SHOT = "Two men were shot on Maple Street in Toledo, Ohio, on Friday night. One of them died in hospital, police said."
WIRE = (
    "   BOGOTA, 12 MAR 91 (PRENSA) -- [TEXT] GUERRILLAS OF THE ELN ATTACKED THE POLICE STATION IN SARAVENA WITH A BOMB YESTERDAY.\n"
    "TWO POLICEMEN WERE KILLED AND THREE WERE WOUNDED, THE ARMY SAID."
)
RAINED = "The river rose after much rain. In Bergen the museum of ships has opened again, the mayor said on 3 June 2019."


def at(words: str) -> dict[str, int]:
    """Where ``words`` stand in the text about rain."""
    return {"start": RAINED.index(words), "end": RAINED.index(words) + len(words)}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    rows: dict[str, list[dict[str, Any]]] = {
        "muc4/dev.jsonl": [
            {
                "docid": "w1",
                "text": WIRE,
                "doctext": WIRE.lower(),
                "extracts": {"PerpOrg": [[["eln", 0]]], "Target": [[["police station", 0]]], "Weapon": [[["bomb", 0]]]},
                "templates": [{"incident_type": "attack / bombing", "PerpOrg": [[["eln", 0]]], "Weapon": [[["bomb", 0]]]}],
            }
        ],
        "muc4/incidents.jsonl": [{"docid": "w1", "gold": {"date": "1991-03-11", "state": "COLOMBIA", "killed": 2, "injured": 3}}],
        "gva/dev.jsonl": [
            {
                "docid": f"g{n}",
                "incident": "i1",
                "title": "One dead in Toledo shooting",
                "dct": "2016-03-06",
                "source": "paper.example",
                "text": SHOT,
                "gold": {"date": "2016-03-04", "state": "Ohio", "city_or_county": "Toledo", "killed": 1, "injured": 1},
            }
            for n in (1, 2)
        ],
        "geo/own.jsonl": [
            {
                "docid": "p1",
                "title": None,
                "url": "u",
                "date": None,
                "text": RAINED,
                "toponyms": [{**at("Bergen"), "name": "Bergen", "lat": 60.39, "lon": 5.32}],
            }
        ],
        "time/own.jsonl": [
            {
                "docid": "t1",
                "dct": "2019-06-04",
                "title": None,
                "text": RAINED,
                "timexes": [{**at("3 June 2019"), "text": "3 June 2019", "type": "DATE", "value": "2019-06-03"}],
            }
        ],
        "fnc1/pairs.jsonl": [
            {"headline": "Museum of ships opens again in Bergen", "body_id": "1", "stance": "agree"},
            {"headline": "Cat elected head of chess club", "body_id": "1", "stance": "unrelated"},
        ],
        "fnc1/bodies.jsonl": [{"body_id": "1", "text": RAINED}],
        "subjectivity/own.jsonl": [
            {"id": "s1", "lang": "en", "sentence": "What a shameful, disgraceful farce this is!", "label": "SUBJ"},
            {"id": "s2", "lang": "en", "sentence": "The bridge was closed on Monday.", "label": "OBJ"},
        ],
        "polnear/own.jsonl": [
            {
                "docid": "a1",
                "publisher": "p",
                "text": "The bridge is closed, the mayor said.",
                "annotations": [{"annotator": "x", "attributions": [{"source": [[22, 31]], "cue": [[32, 36]], "content": [[0, 20]]}]}],
            }
        ],
    }
    for name, listed in rows.items():
        write_rows(folder / name, listed)
    return folder


def value(evaluation: witnessmark.Evaluation, key: str) -> float | None:
    return next(m.value for part in evaluation.parts for m in part.outcome.measures if f"{part.key}/{m.name}" == key)


def test_every_set_is_read_scored_and_written(gold: Path, tmp_path: Path) -> None:
    evaluation = witnessmark.evaluate(gold, write=tmp_path / "out")
    keys = [part.key for part in evaluation.parts]
    assert keys == [
        "muc4/dev", "muc4_incidents/incidents", "gva/dev", "geo/own", "time/own", "fnc1/pairs", "subjectivity/own", "polnear/own",
    ]  # fmt: skip
    for part in evaluation.parts:
        written = [json.loads(line) for line in (tmp_path / "out" / f"{part.key}.jsonl").read_text(encoding="utf-8").splitlines()]
        assert written == list(part.predictions)
        assert len(written) == part.documents
        assert all(m.value is None or 0 <= m.value <= 1 for m in part.outcome.measures)


def test_a_plain_shooting_is_read_to_the_letter(gold: Path) -> None:
    evaluation = witnessmark.evaluate(gold, only=["gva"])
    assert [value(evaluation, f"gva/dev/{m}") for m in ("date", "city", "state", "killed")] == [1, 1, 1, 1]
    assert value(evaluation, "gva/dev/merging_conll_seen") == 1, "two copies of one report tell of one incident"


def test_plain_sentences_give_perfect_scores(gold: Path) -> None:
    evaluation = witnessmark.evaluate(gold, only=["geo", "time", "fnc1", "polnear", "muc4_incidents"])
    for key in (
        "geo/own/recognition_f1",
        "geo/own/end_to_end_161km",
        "time/own/value_f1",
        "fnc1/pairs/challenge_score",
        "polnear/own/linked_f1",
    ):
        assert value(evaluation, key) == 1, key
    assert value(evaluation, "muc4_incidents/incidents/date") == 1
    assert value(evaluation, "muc4_incidents/incidents/state") == 1


def test_scores_do_not_change_from_run_to_run(gold: Path) -> None:
    first, second = witnessmark.evaluate(gold), witnessmark.evaluate(gold)
    assert first.parts == second.parts


def test_a_blind_file_is_predicted_and_not_scored(gold: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in (gold / "geo/own.jsonl").read_text(encoding="utf-8").splitlines()]
    for row in rows:
        del row["toponyms"]
    write_rows(tmp_path / "blind" / "hidden.jsonl", rows)
    evaluation = witnessmark.evaluate(tmp_path / "blind")
    assert evaluation.parts[0].outcome.measures == ()
    assert evaluation.parts[0].predictions[0]["toponyms"]
    assert "no answers in the file" in evaluation.table()


def test_a_text_that_breaks_the_reader_is_logged_and_left_out(
    gold: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> str:
        raise ValueError("broken on purpose")

    monkeypatch.setattr("witnessmark.evaluation.sets.time.identify", broken)
    evaluation = witnessmark.evaluate(gold, only=["time"])
    assert evaluation.parts[0].predictions == ()
    assert value(evaluation, "time/own/strict_f1") == 0
    assert "WM213" in caplog.text


def test_floors_are_set_held_and_missed(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    assert witnessmark.evaluate(gold, only=["time"], floors=floors, raise_floors=True).falls == ()
    assert witnessmark.evaluate(gold, only=["time"], floors=floors).falls == ()
    raw = json.loads(floors.read_text(encoding="utf-8"))
    raw["floors"]["time/own/value_f1"] = 1.01
    floors.write_text(json.dumps(raw), encoding="utf-8")
    evaluation = witnessmark.evaluate(gold, only=["time"], floors=floors)
    assert [f.key for f in evaluation.falls] == ["time/own/value_f1"]
    assert evaluation.fall_lines()[0].startswith("[WM502] time/own/value_f1:")


def test_the_command_prints_the_table_and_fails_below_a_floor(gold: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    arguments = ["--gold", str(gold), "--only", "time", "--floors", str(floors)]
    done = CliRunner().invoke(group, ["eval", *arguments, "--raise-floors"])
    assert done.exit_code == 0
    assert "time/own" in done.stdout
    floors.write_text(floors.read_text(encoding="utf-8").replace("1.0", "1.5"), encoding="utf-8")
    done = CliRunner().invoke(group, ["eval", *arguments])
    assert done.exit_code == 1
    assert "WM502" in done.stderr


def test_the_command_without_a_folder_is_a_wrong_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WITNESSMARK_GOLD", raising=False)
    assert CliRunner().invoke(group, ["eval"]).exit_code == 2


def test_the_page_of_errors_escapes_what_it_shows(tmp_path: Path) -> None:
    row = {
        "id": "r1", "lang": "en", "title": "Shell hits <b>barn</b>", "publisher": "P", "publisher_type": "other", "published": "2024-01-02",
        "text": "A shell hit a barn near Lyman & burned it.", "incidents": [], "series": [], "contradictions": [],
        "statements": [{"start": 0, "end": 22, "modality": "rhetorical", "speaker": None}],
    }  # fmt: skip
    write_rows(tmp_path / "g" / "own.jsonl", [row])
    witnessmark.evaluate(tmp_path / "g", html=tmp_path / "errors.html")
    page = (tmp_path / "errors.html").read_text(encoding="utf-8")
    assert "modality: rhetorical read as" in page
    assert "Shell hits &lt;b&gt;barn&lt;/b&gt;" in page
    assert "<b>barn" not in page
    assert "<script" not in page


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SAN SALVADOR, 4 FEB 90 (AGENCY) -- [TEXT] ...", "1990-02-04"),
        ("LIMA, 28 JUNE 89 (RADIO) -- ...", "1989-06-28"),
        ("NO DATELINE HERE", None),
        ("X" * 300 + " 4 FEB 90", None),
    ],
)
def test_the_dateline_of_a_wire_gives_its_day(text: str, day: str | None) -> None:
    assert wire_day(text) == day
