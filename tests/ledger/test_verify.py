import datetime as dt
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.archive import Archive, Blobs, CaseFolder
from witnessmark.errors import CATALOGUE
from witnessmark.ledger import Entry, Ledger
from witnessmark.ledger import verify as module
from witnessmark.ledger.merkle import leaf_hash, root
from witnessmark.ledger.verify import CAUSES, check_bytes, check_values, main, seal_bytes, sums_bytes, verify
from witnessmark.model.serialise import canonical

NOON = dt.datetime(2023, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with two originals, a table and a manifest, put together by hand."""
    folder = CaseFolder(tmp_path / "case")
    with folder.writing(), Ledger(folder.ledger, tool_version="1") as ledger:
        ledger.append(Entry("create", "case", {"format": 1}), actor="me")
        archive = Archive(Blobs(folder.blobs, aside=folder.aside), ledger, actor="me")
        for data in (b"one", b"two"):
            archive.store(data, origin="o", method="file", received=NOON, media_type="text/plain")
        table = folder.tables / "s" / "documents.parquet"
        table.parent.mkdir(parents=True)
        table.write_bytes(b"rows")
        head = ledger.head()
        manifest = {
            "files": {"tables/s/documents.parquet": hashlib.sha256(b"rows").hexdigest()},
            "ledger": {"size": head.size, "root": head.root},
        }
        folder.manifest.write_bytes(canonical(manifest))
        ledger.append(Entry("manifest", hashlib.sha256(canonical(manifest)).hexdigest(), {"snapshot": "s"}), actor="me")
    return folder.root


def found(folder: Path) -> set[tuple[str, str]]:
    return {(f.code, f.file) for f in verify(folder).findings}


def unsealed(case: Path) -> Path:
    """The case without its seal, as one who can write all files would leave it: the other checks stand alone."""
    (case / "seal.json").unlink()
    return case


def blob(data: bytes) -> str:
    return module.blob_path(hashlib.sha256(data).hexdigest())


def rewrite(path: Path, data: bytes) -> None:
    path.chmod(0o644)
    path.write_bytes(data)


def test_a_whole_case_passes_and_is_counted(case: Path) -> None:
    report = verify(case)
    assert report.findings == []
    assert (report.counts["blobs"], report.counts["events"], report.counts["tables"]) == (2, 4, 1)


def test_without_a_seal_only_that_is_told(case: Path) -> None:
    assert found(unsealed(case)) == {("WM309", "seal.json")}


def test_a_changed_original_is_named(case: Path) -> None:
    rewrite(case / blob(b"one"), b"One")
    assert found(case) == {("WM301", blob(b"one"))}
    assert ("WM301", blob(b"one")) in found(unsealed(case))


def test_missing_swapped_and_added_files_are_named(case: Path) -> None:
    one, two = case / blob(b"one"), case / blob(b"two")
    one.rename(case / "x")
    two.rename(one)
    (case / "x").rename(two)
    assert found(case) == {("WM301", blob(b"one")), ("WM301", blob(b"two"))}
    two.unlink()
    (case / "stranger").write_text("hello")
    assert found(case) == {("WM301", blob(b"one")), ("WM308", blob(b"two")), ("WM311", "stranger")}
    assert ("WM308", blob(b"two")) in found(unsealed(case))


@pytest.mark.parametrize("name", ["ledger.sqlite", "manifest.json", "tables/s/documents.parquet"])
def test_truncated_and_missing_files_are_named_with_and_without_seal(case: Path, name: str) -> None:
    data = (case / name).read_bytes()
    rewrite(case / name, data[: len(data) // 2])
    assert name in {file for _, file in found(case)}
    (case / name).unlink()
    assert ("WM308", name) in found(case)
    assert name in {file for _, file in found(unsealed(case))}


def tamper(case: Path, *statements: str) -> None:
    """What someone with SQL and no scruples does: triggers off, rows changed."""
    db = sqlite3.connect(case / "ledger.sqlite")
    for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        db.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()
    for rest in case.glob("ledger.sqlite-*"):
        rest.unlink()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET event = replace(event, '\"me\"', '\"you\"') WHERE n = 1",
        "UPDATE events SET event = replace(event, ',', ', ') WHERE n = 1",
        "UPDATE events SET hash = upper(hash) WHERE n = 1",
        "DELETE FROM events WHERE n = 1",
        "DELETE FROM events WHERE n >= 2",
        "UPDATE events SET n = CASE n WHEN 1 THEN -2 ELSE -1 END WHERE n IN (1, 2)",
        "UPDATE payloads SET body = replace(body, 'file', 'url') WHERE n = 1",
        "UPDATE payloads SET salt = '00' WHERE n = 1",
        "UPDATE payloads SET salt = 'zz' WHERE n = 1",
        "DELETE FROM payloads WHERE n = 1",
        "INSERT INTO payloads VALUES (9, '00', '{}')",
        "UPDATE events SET event = 'not json' WHERE n = 1",
        "UPDATE events SET event = x'ff00ff' WHERE n = 1",
    ],
)
def test_an_edited_ledger_is_found_without_the_seal(case: Path, statement: str) -> None:
    tamper(case, statement)
    assert ("WM302", "ledger.sqlite") in found(unsealed(case))


def test_a_rewritten_chain_is_found_by_the_head_in_the_manifest(case: Path) -> None:
    """All hashes are made anew after the edit, so the chain holds; the Merkle root in the manifest does not."""
    db = sqlite3.connect(case / "ledger.sqlite")
    lines = [json.loads(line) for (line,) in db.execute("SELECT event FROM events ORDER BY n")]
    db.close()
    lines[1]["actor"] = "you"
    updates, previous = [], lines[0]["prev_hash"]
    for event in lines:
        event["prev_hash"] = previous
        line = canonical(event)
        previous = leaf_hash(line).hex()
        updates.append(f"UPDATE events SET event = '{line.decode()}', hash = '{previous}' WHERE n = {event['n']}")
    tamper(case, "UPDATE events SET hash = n", *updates)
    report = verify(unsealed(case))
    assert ("WM302", "ledger.sqlite") in {(f.code, f.file) for f in report.findings}
    assert any("Merkle" in f.detail for f in report.findings)


def test_a_manifest_without_its_event_is_found(case: Path) -> None:
    data = json.loads((case / "manifest.json").read_bytes())
    (case / "manifest.json").write_bytes(json.dumps(data).encode())
    assert ("WM303", "manifest.json") in found(unsealed(case))


def test_an_erased_payload_is_no_fault(case: Path) -> None:
    folder = CaseFolder(case)
    with folder.writing(), Ledger(folder.ledger, tool_version="1") as ledger:
        ledger.erase(1, "a request of the person concerned", actor="me")
    assert found(case) == set()


@pytest.mark.parametrize("raw", [b"", b"null", b"[]", b"{}", b'{"self": 1}', b'{"self":"x","files":{"a":3}}', b"\xff", b"[" * 100_000])
def test_a_senseless_seal_is_named_not_raised(case: Path, raw: bytes) -> None:
    (case / "seal.json").write_bytes(raw)
    assert ("WM310", "seal.json") in found(case)


@given(st.dictionaries(st.text(), st.tuples(st.integers(0), st.text()).map(list)))
def test_a_seal_is_written_as_the_library_indents_it(files: dict[str, list[Any]]) -> None:
    raw = seal_bytes({"format": 1, "files": files})
    assert raw == (json.dumps(json.loads(raw), sort_keys=True, indent=0) + "\n").encode("ascii")


def test_a_seal_of_other_contents_is_found(case: Path) -> None:
    contents = json.loads((case / "seal.json").read_bytes())
    del contents["self"]
    contents["format"] = 2
    (case / "seal.json").write_bytes(seal_bytes(contents).replace(b'"format": 2', b'"format": 1'))
    assert found(case) == {("WM310", "seal.json")}


def test_a_pending_log_is_read_and_reported(case: Path) -> None:
    with Ledger(case / "ledger.sqlite", tool_version="1") as ledger:
        ledger.append(Entry("note", "s"), actor="me")
        assert verify(case).counts["events"] == 5
        assert ("WM311", "ledger.sqlite-wal") in found(case)


def test_causes_are_worded_as_in_the_catalogue() -> None:
    assert {code: CATALOGUE[code].cause for code in CAUSES} == CAUSES


def test_it_runs_alone_without_the_package(case: Path, tmp_path: Path) -> None:
    script = shutil.copy(str(module.__file__), tmp_path / "verify.py")

    def run() -> "subprocess.CompletedProcess[str]":
        # -I and -S: no site-packages, no environment, no current folder on the path
        return subprocess.run([sys.executable, "-I", "-S", str(script), str(case)], capture_output=True, text=True, check=False)

    assert (run().returncode, run().stdout[:9]) == (0, "OK: case,")
    rewrite(case / blob(b"one"), b"One")
    assert run().returncode == 1
    assert run().stdout.startswith(f"[WM301] {blob(b'one')}: ")


def test_wrong_calls_are_told(tmp_path: Path) -> None:
    said: list[str] = []
    assert main([], said.append) == 2
    assert main([str(tmp_path)], said.append) == 2
    assert "usage" in said[0]
    assert "neither" in said[1]


# -- exports ---------------------------------------------------------------------------------------------------------------------------

TEXT = "Вибух у Північному: 4 dead"
BYTES = TEXT.encode("cp1251")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    root_ = tmp_path / "export"
    digest = hashlib.sha256(BYTES).hexdigest()
    events = [canonical({"n": 0, "prev_hash": "0" * 64, "action": "create"})]
    document = {
        "id": "d1", "capture": digest, "text": TEXT, "text_version": hashlib.sha256(TEXT.encode()).hexdigest(),
        "encoding": "cp1251", "offset_map": [[0, len(TEXT), 0, len(BYTES), 1]],
    }  # fmt: skip
    claim = {
        "id": "c1", "document": "d1",
        "killed": {"value": {"minimum": 4}, "document": "d1", "start": 20, "end": 21, "quote": "4"},
        "date": {"value": {}, "document": "d1", "start": None, "end": None, "quote": ""},
    }  # fmt: skip
    files: dict[str, bytes] = {
        "documents.jsonl": json.dumps(document, ensure_ascii=False).encode() + b"\n",
        "claims.jsonl": json.dumps(claim).encode() + b"\n",
        "incidents.jsonl": b'{"id": "i1", "claims": ["c1"]}\n',
        "ledger.jsonl": b"\n".join(events) + b"\n",
        module.blob_path(digest): BYTES,
    }
    head = {"size": 1, "root": root([leaf_hash(e) for e in events]).hex()}
    manifest = {"ledger": head, "files": {n: {"sha256": hashlib.sha256(d).hexdigest()} for n, d in files.items()}}
    write(root_, {**files, "manifest.json": json.dumps(manifest).encode()})
    return root_


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "SHA256SUMS").write_bytes(sums_bytes({n: hashlib.sha256(d).hexdigest() for n, d in files.items()}))


def relist(folder: Path) -> None:
    """Make the checksums anew, as a forger would: only the contents can betray the change."""
    names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() and p.name not in ("SHA256SUMS", "manifest.json")]
    digests = {n: hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in names}
    manifest = json.loads((folder / "manifest.json").read_bytes()) | {"files": {n: {"sha256": d} for n, d in digests.items()}}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    digests["manifest.json"] = hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    (folder / "SHA256SUMS").write_bytes(sums_bytes(digests))


def test_a_whole_export_passes_and_is_counted(export: Path) -> None:
    report = verify(export)
    assert report.findings == []
    assert report.counts["values"] == 1
    assert report.counts["code points back to bytes"] == len(TEXT)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("claims.jsonl", b'"quote": "4"', b'"quote": "5"'),
        ("claims.jsonl", b'"start": 20', b'"start": 19'),
        ("claims.jsonl", b'"start": 20', b'"start": "20"'),
        ("claims.jsonl", b'"d1"', b'"d2"'),
        ("claims.jsonl", b'"quote": ""', b'"quote": "May"'),
        ("claims.jsonl", b"{", b"["),
        ("claims.jsonl", b'"c1"', b'"c2"'),
        ("documents.jsonl", b"4 dead", b"5 dead"),
        ("documents.jsonl", b'"cp1251"', b'"koi8_u"'),
        ("documents.jsonl", b'"cp1251"', b'"nonsense"'),
        ("documents.jsonl", b'"offset_map": [[0', b'"offset_map": [[1'),
        ("ledger.jsonl", b"create", b"delete"),
    ],
)  # fmt: skip
def test_a_forger_who_makes_all_checksums_anew_is_found(export: Path, name: str, old: bytes, new: bytes) -> None:
    data = (export / name).read_bytes()
    assert old in data
    (export / name).write_bytes(data.replace(old, new))
    relist(export)
    assert verify(export).findings != []


def test_a_changed_list_is_named_itself(export: Path) -> None:
    raw = (export / "SHA256SUMS").read_bytes()
    for at in range(0, len(raw), 5):
        (export / "SHA256SUMS").write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
        assert "SHA256SUMS" in {file for _, file in found(export)}, at


def test_sums_are_those_of_sha256sum(export: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("no sha256sum on this system")
    done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=export, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_missing_and_added_files_of_an_export_are_named(export: Path) -> None:
    (export / "claims.jsonl").unlink()
    (export / "more.txt").write_text("x")
    assert {("WM308", "claims.jsonl"), ("WM311", "more.txt")} <= found(export)
    (export / "SHA256SUMS").unlink()
    assert ("WM308", "SHA256SUMS") in found(export)


def test_white_space_may_differ_in_kind_only() -> None:
    document: dict[str, Any] = {"id": "d", "text": "a b", "encoding": "cp1252", "offset_map": [[0, 3, 0, 3, 1]]}
    assert check_bytes(document, b"a\xa0b", Counter()) == ""
    assert check_bytes(document, b"a-b", Counter()) != ""
    assert check_bytes(document, b"a", Counter()) != ""


WORDS = st.text(min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.data())
def test_true_quotes_pass_and_any_other_fails(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    other = data.draw(WORDS)
    row = {"document": "d", "deep": [{"start": start, "end": end, "quote": text[start:end]}]}
    assert list(check_values({"d": {"text": text}}, [("f", row)], Counter())) == []
    row["deep"] = [{"start": start, "end": end, "quote": other}]
    assert bool(list(check_values({"d": {"text": text}}, [("f", row)], Counter()))) == (other != text[start:end])


def test_nothing_is_written(case: Path) -> None:
    def state() -> dict[str, tuple[int, bytes]]:
        return {str(p): (p.stat().st_mtime_ns, p.read_bytes()) for p in case.rglob("*") if p.is_file()}

    before = state()
    verify(case)
    assert state() == before
    assert sorted(os.listdir(case)) == ["blobs", "case.lock", "ledger.sqlite", "manifest.json", "seal.json", "tables"]
