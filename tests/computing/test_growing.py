"""What a case grew to is what computing all of it anew gives: tables, names, ids and the log."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
from pathlib import Path

import pytest

import witnessmark
from witnessmark.ledger import Ledger
from witnessmark.model import Decision
from witnessmark.review.log import write_decision

CASES = int(os.environ.get("WITNESSMARK_GROWING_CASES", "3"))
"""Random cases; WITNESSMARK_GROWING_CASES=100 for a long run."""

PLACES = ("Kherson", "Kharkiv", "Sumy")
STORY = "Shelling hit a {thing} in {place} on {day} June 2023. {n} people were killed and {m} wounded when shells struck the {thing}, {who} said.\n"


def _report(rng: random.Random) -> dict[str, str]:
    text = STORY.format(
        thing=rng.choice(["market", "school"]), place=rng.choice(PLACES), day=rng.choice([2, 2, 3]), n=rng.choice([3, 4]), m=rng.randint(5, 7),
        who=rng.choice(["the mayor", "police", "doctors"]),
    )  # fmt: skip
    return {"id": f"r{rng.randrange(10**6)}", "text": text, "published": rng.choice(["2023-06-03", "2023-06-04"])}


def _decide(path: Path, rng: random.Random) -> None:
    """Write down something that a person may say about claims of the case."""
    with witnessmark.open_case(path) as case, Ledger(path / "ledger.sqlite", tool_version="test") as ledger:
        claims = [c.identifier for c in case.claims]
        kind = rng.choice(["same", "distinct", "reject", "undo"])
        at = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
        made = list(ledger.events("decision"))
        if kind == "undo" and made:
            event = rng.choice(made)
            write_decision(ledger, Decision("undo", (event.subject,), "me", "lead", at, undoes=event.n))
        elif kind == "reject" or len(claims) < 2:
            write_decision(ledger, Decision("reject", tuple(rng.sample(claims, 1)), "me", "lead", at))
        else:
            write_decision(ledger, Decision("distinct" if kind == "distinct" else "same", tuple(rng.sample(claims, 2)), "me", "lead", at))
    (path / "seal.json").unlink()  # as after an interrupted run: the decision was not written through a desk


def _records(case: witnessmark.Case) -> tuple[object, ...]:
    return case.snapshot, case.inputs, case.documents, case.statements, case.claims, case.series, case.incidents, case.contradictions


def _log(path: Path) -> list[object]:
    with Ledger(path / "ledger.sqlite", tool_version="test", read_only=True) as ledger:
        return [(e.action, e.subject, ledger.payload(e.n)) for e in ledger.events() if e.action in ("incidents", "manifest")]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(CASES))
def test_a_case_that_grew_is_a_case_that_is_computed_anew(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("witnessmark.computing.basis.CAPTURES", 3)
    rng = random.Random(seed)
    path, anew = tmp_path / "case", tmp_path / "anew"
    for step in range(3):
        # The names of the files are not in the order of the runs, and some reports come twice.
        source = tmp_path / f"{rng.randrange(10**6)}.jsonl"
        reports = [_report(rng) for _ in range(rng.randint(1, 5))]
        source.write_text("".join(json.dumps(r) + "\n" for r in reports))
        witnessmark.read([source, tmp_path / f"missing-{step}.txt"], case=path).close()
        (anew / "computed.sqlite").unlink(missing_ok=True)
        witnessmark.read([source, tmp_path / f"missing-{step}.txt"], case=anew).close()
        for folder in (path, anew):
            _decide(folder, random.Random(f"{seed} {step}"))
    witnessmark.read([], case=path).close()
    (anew / "computed.sqlite").unlink()
    witnessmark.read([], case=anew).close()
    with witnessmark.open_case(path) as grown, witnessmark.open_case(anew) as full:
        assert _records(grown) == _records(full)
        assert grown.verify().findings == full.verify().findings == []
    assert [x[:2] for x in _log(path)] != []
    assert [x for x in _log(path) if x[0] == "incidents"] == [x for x in _log(anew) if x[0] == "incidents"]


def test_what_was_kept_is_not_trusted_when_it_was_changed_or_is_damaged(tmp_path: Path) -> None:
    source, path = tmp_path / "a.txt", tmp_path / "case"
    source.write_text(STORY.format(thing="market", place="Kherson", day=2, n=3, m=5, who="police"))
    with witnessmark.read([source], case=path) as case:
        snapshot = case.snapshot
    for damage in (b"", b"no database", (path / "computed.sqlite").read_bytes().replace(b"Kherson", b"Kharkiv")):
        for sealed in (True, False):
            (path / "computed.sqlite").write_bytes(damage[: len(damage) // 2] if not sealed else damage)
            if not sealed:
                (path / "seal.json").unlink()
            with witnessmark.read([], case=path) as case:
                assert case.snapshot == snapshot
                assert case.verify().findings == []


def test_a_damaged_segment_is_written_anew(tmp_path: Path) -> None:
    source, path = tmp_path / "a.txt", tmp_path / "case"
    source.write_text(STORY.format(thing="market", place="Kherson", day=2, n=3, m=5, who="police"))
    witnessmark.read([source], case=path).close()
    for table in ("documents", "incidents"):
        (found,) = (path / "tables").rglob(f"{table}.parquet")
        found.write_bytes(b"else")
        assert not witnessmark.open_case(path).verify().ok
        with witnessmark.read([], case=path) as case:
            assert case.verify().findings == []


def test_a_shard_without_inputs_has_a_snapshot(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Nothing happened.")
    totals = []
    for shard in ("1/2", "2/2"):
        with witnessmark.read([source], case=tmp_path / shard.partition("/")[0], shard=shard) as case:
            totals.append(case.totals["inputs"])
            assert case.verify().findings == []
    assert sorted(totals) == [0, 1]
