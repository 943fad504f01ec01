import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import witnessmark
from witnessmark import claims, corpus, pipeline
from witnessmark.errors import CaseError, IntegrityError, UsageError
from witnessmark.ledger import Ledger
from witnessmark.model import SeriesClaim
from witnessmark.pipeline import OUTCOMES, Progress

STORY = (
    "Shells hit {place} market\n\nShelling killed {n} people at a market in {place} on 2 June 2020, doctors said. A school burned down.\n"
)


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    root.mkdir()
    for i, place in enumerate(("Eastfield", "Oldbridge", "Millport")):
        (root / f"{i}.txt").write_text(STORY.format(place=place, n=i + 3), encoding="utf-8")
    (root / "empty.txt").write_bytes(b"")
    rows = [{"id": "r1", "text": STORY.format(place="Norwick", n=7)}, {"id": "r2", "text": ""}, {"id": "r3", "note": "no text"}]
    (root / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    return root


def events(case: Path) -> list[str]:
    with Ledger(case / "ledger.sqlite", tool_version="test", read_only=True) as ledger:
        return [e.action for e in ledger.events()]


def state(case: Path) -> dict[str, bytes]:
    return {p.relative_to(case).as_posix(): p.read_bytes() for p in case.rglob("*") if p.is_file()}


def test_totals_add_up_and_name_every_input(inputs: Path, tmp_path: Path) -> None:
    with witnessmark.read([inputs, tmp_path / "missing.txt"], case=tmp_path / "case") as case:
        totals = case.totals
        assert totals["inputs"] == sum(totals[o] for o in OUTCOMES) == len(case.inputs) == 8
        assert totals["failed"] == 1
        assert totals["read"] == len(case.documents) == 4
        by_origin = {(Path(i.origin).name.partition("#")[0], i.status) for i in case.inputs}
        assert {("missing.txt", "failed"), ("empty.txt", "empty"), ("0.txt", "read"), ("rows.jsonl", "empty")} <= by_origin
        for record in case.inputs:
            assert (record.status == "read") == (not record.problems)
        assert {p.code for p in case.problems} >= {"WM101", "WM104"}
        assert case.verify().findings == []


def test_the_same_again_changes_nothing(inputs: Path, tmp_path: Path) -> None:
    path = tmp_path / "case"
    with witnessmark.read([inputs], case=path) as first:
        before = state(path)
        snapshot, head = first.snapshot, first.head
    with witnessmark.read([inputs], case=path) as second:
        assert (second.snapshot, second.head) == (snapshot, head)
    after = state(path)
    assert {n for n in before if before[n] != after.get(n)} <= {"work.sqlite", "computed.sqlite", "seal.json"}
    assert set(before) == set(after)


def test_the_order_of_inputs_and_of_runs_does_not_matter(inputs: Path, tmp_path: Path) -> None:
    files = sorted(str(p) for p in inputs.iterdir())
    with witnessmark.read(files, case=tmp_path / "one") as case:
        expected = case.snapshot
    for name in reversed(files):
        with witnessmark.read([name], case=tmp_path / "many") as case:
            snapshot = case.snapshot
    assert snapshot == expected


def test_two_processes_give_what_one_gives(inputs: Path, tmp_path: Path) -> None:
    with witnessmark.read([inputs], case=tmp_path / "one") as one, witnessmark.read([inputs], case=tmp_path / "two", workers=2) as two:
        assert (one.problems, one.manifest.tables) == (two.problems, two.manifest.tables)
        assert one.snapshot == two.snapshot
        assert two.verify().findings == []


def test_a_case_without_inputs_is_gone_on_with(inputs: Path, tmp_path: Path) -> None:
    with witnessmark.read([inputs], case=tmp_path / "case") as case:
        snapshot = case.snapshot
    shutil.rmtree(tmp_path / "case" / "tables")
    with witnessmark.read([], case=tmp_path / "case") as case:
        assert case.snapshot == snapshot
        assert case.verify().findings == []
    with pytest.raises(UsageError) as nothing:
        witnessmark.read([])
    assert nothing.value.code == "WM002"
    with pytest.raises(CaseError) as empty:
        witnessmark.read([], case=tmp_path / "nowhere")
    assert empty.value.code == "WM005"


def test_the_working_store_can_be_made_anew_from_ledger_and_originals(inputs: Path, tmp_path: Path) -> None:
    path = tmp_path / "case"
    files = sorted(p for p in inputs.iterdir() if p.suffix == ".txt" and p.stat().st_size)
    with witnessmark.read(files, case=path, published="2020-06-03") as case:
        snapshot = case.snapshot
    (path / "work.sqlite").write_bytes((path / "work.sqlite").read_bytes().replace(b"Oldbridge", b"Newbridge").replace(b"1.txt", b"7.txt"))
    with pytest.raises(IntegrityError) as damaged:
        witnessmark.read([], case=path)
    assert damaged.value.code == "WM312"
    (path / "work.sqlite").unlink()
    with witnessmark.read([], case=path) as case:
        assert case.snapshot == snapshot
        assert case.verify().findings == []


@pytest.mark.parametrize(("name", "code"), [("ledger.sqlite", "WM302"), ("seal.json", "WM310")])
def test_what_was_changed_outside_is_not_sealed_anew(tmp_path: Path, name: str, code: str) -> None:
    source, path = tmp_path / "a.txt", tmp_path / "case"
    source.write_text(STORY.format(place="Eastfield", n=3))
    witnessmark.read([source], case=path).close()
    data = bytearray((path / name).read_bytes())
    data[len(data) // 2 if name == "ledger.sqlite" else 0] ^= 1
    (path / name).write_bytes(bytes(data))
    with pytest.raises(IntegrityError) as caught:
        witnessmark.read([source], case=path)
    assert caught.value.code == code
    assert not witnessmark.open_case(path).verify().ok


def test_a_changed_file_is_a_further_capture(tmp_path: Path) -> None:
    source, path = tmp_path / "a.txt", tmp_path / "case"
    source.write_text(STORY.format(place="Eastfield", n=3))
    witnessmark.read([source], case=path).close()
    source.write_text(STORY.format(place="Eastfield", n=4))
    with witnessmark.read([source], case=path) as case:
        assert [i.origin for i in case.inputs] == [str(source)] * 2
        assert len(case.documents) == len(case.captures) == 2
        assert case.totals["inputs"] == case.totals["read"] == 2


def test_the_same_bytes_from_two_places_are_one_document(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(STORY.format(place="Eastfield", n=3))
    with witnessmark.read([tmp_path / "b.txt", tmp_path / "a.txt"], case=tmp_path / "case") as case:
        assert len(case.captures) == len(case.inputs) == case.totals["read"] == 2
        assert [Path(d.origin).name for d in case.documents] == ["a.txt"]
        assert case.verify().findings == []


def test_an_input_that_was_missing_is_read_later(tmp_path: Path) -> None:
    source, path = tmp_path / "late.txt", tmp_path / "case"
    with witnessmark.read([source], case=path) as case:
        assert (case.totals["inputs"], case.totals["failed"]) == (1, 1)
    source.write_text(STORY.format(place="Eastfield", n=3))
    with witnessmark.read([source], case=path) as case:
        assert (case.totals["inputs"], case.totals["read"], case.totals["failed"]) == (1, 1, 0)


def test_what_the_user_says_goes_before_and_can_be_said_later(tmp_path: Path) -> None:
    source, path = tmp_path / "a.txt", tmp_path / "case"
    source.write_text(STORY.format(place="Eastfield", n=3))
    with witnessmark.read([source], case=path) as case:
        silent = case.snapshot
    with witnessmark.read([source], case=path, published="2020-06-03", publisher="The Example") as case:
        document = case.documents[0]
        assert document.published is not None
        assert (document.published.value.earliest, document.published_basis) == (dt.date(2020, 6, 3), "user")
        assert document.publisher == "The Example"
        assert case.snapshot != silent
        assert len(case.captures) == 1
    with pytest.raises(UsageError) as caught:
        witnessmark.read([source], published="June")
    assert caught.value.code == "WM003"


def test_a_fault_in_one_document_costs_that_document(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = claims.read_claims

    def fragile(reading: witnessmark.Case) -> claims.Claims:
        if "Oldbridge" in reading.text:  # type: ignore[attr-defined]
            raise ZeroDivisionError("a fault of ours")
        return real(reading)  # type: ignore[arg-type]

    monkeypatch.setattr(claims, "read_claims", fragile)
    with witnessmark.read([inputs], case=tmp_path / "case") as case:
        broken = [i for i in case.inputs if i.status == "failed"]
        assert [Path(i.origin).name for i in broken] == ["1.txt"]
        assert [p.code for p in broken[0].problems] == ["WM213"]
        assert "ZeroDivisionError" in broken[0].problems[0].message
        kept = next(d for d in case.documents if "Oldbridge" in d.text)
        assert (kept.status, case.statements[kept.identifier]) == ("failed", ())
        assert (case.totals["read"], case.totals["failed"]) == (3, 1)
        assert case.verify().findings == []


def test_a_fault_of_the_installation_ends_the_run(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(claims, "read_claims")
    with pytest.raises(AttributeError):
        witnessmark.read([inputs], case=tmp_path / "case")
    assert not (tmp_path / "case" / "seal.json").exists()


def test_an_interrupted_run_is_finished_by_the_next(inputs: Path, tmp_path: Path) -> None:
    with witnessmark.read([inputs], case=tmp_path / "whole") as case:
        expected = case.snapshot

    def stop(progress: Progress) -> None:
        if (progress.stage, progress.done) == ("reading", 2):
            raise KeyboardInterrupt

    path = tmp_path / "case"
    with pytest.raises(KeyboardInterrupt):
        witnessmark.read([inputs], case=path, progress=stop)
    with pytest.raises(CaseError) as unfinished:
        witnessmark.open_case(path)
    assert unfinished.value.code == "WM005"
    seen: list[Progress] = []
    with witnessmark.read([inputs], case=path, progress=seen.append) as case:
        assert case.snapshot == expected
    reading = [p for p in seen if p.stage == "reading"]
    assert reading[-1].done == reading[-1].total == 2
    assert events(path).count("capture") == 4


def test_a_new_version_of_the_reader_reads_again(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "case"
    witnessmark.read([inputs], case=path).close()
    other = pipeline.Producer("witnessmark.reader", "9", "x")
    monkeypatch.setattr(pipeline, "reader_producer", lambda: other)
    seen: list[Progress] = []
    with witnessmark.read([], case=path, progress=seen.append) as case:
        assert sum(p.stage == "reading" for p in seen) == 4
        assert case.manifest.producers[0] == other


def test_the_ledger_tells_what_was_done(inputs: Path, tmp_path: Path) -> None:
    witnessmark.read([inputs], case=tmp_path / "case").close()
    assert events(tmp_path / "case") == ["create", *["capture"] * 4, "manifest"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_odd_inputs_are_counted(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "broken.txt").write_bytes(b"\xff\xfe\x00Kill\xf0\x28\x8c" * 3)
    names = ["", "\0", str(tmp_path / "pipe"), str(tmp_path / "binary.bin"), str(tmp_path / "broken.txt"), "http://example.org/x"]
    with witnessmark.read(names, case=tmp_path / "case") as case:
        assert case.totals["inputs"] == sum(case.totals[o] for o in OUTCOMES) == 6
        assert case.verify().findings == []


@settings(max_examples=5, deadline=None)
@example(texts=[b"\x9f\xb1", b"Killed \x81\x8d four", b"\xef\xbb\xbfKilled \xff four \xe4\xb8"])
@given(texts=st.lists(st.binary(max_size=300) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")), max_size=4))
def test_any_bytes_give_totals_that_add_up(texts: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("any")
    for i, text in enumerate(texts):
        (root / f"{i}.txt").write_bytes(text)
    with witnessmark.read([root]) as case:
        assert case.totals["inputs"] == sum(case.totals[o] for o in OUTCOMES)
        assert case.totals["inputs"] >= len(texts)
        assert case.verify().findings == []
        assert all(isinstance(s, SeriesClaim) for s in case.series)


RUN = """
import sys
import witnessmark
if __name__ == "__main__":
    with witnessmark.read([sys.argv[1]], case=sys.argv[2]) as case:
        print(case.snapshot)
"""


def test_the_order_of_sets_moves_nothing(tmp_path: Path) -> None:
    """Hash seeds differ between processes; a result that depends on the order of a set differs then."""
    (tmp_path / "corpus.jsonl").write_text("".join(json.dumps(report) + "\n" for report in corpus.inputs()))
    snapshots = set()
    for seed in ("1", "2"):
        command = [sys.executable, "-c", RUN, str(tmp_path / "corpus.jsonl"), str(tmp_path / seed)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        snapshots.add(done.stdout)
    assert len(snapshots) == 1
