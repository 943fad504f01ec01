import datetime as dt
import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from witnessmark.errors import CaseError, IntegrityError
from witnessmark.ledger import Entry, Ledger, merkle
from witnessmark.ledger.events import ORIGIN
from witnessmark.ledger.store import payload_hash


def opened(path: Path, *, read_only: bool = False) -> Ledger:
    return Ledger(path / "ledger.sqlite", tool_version="1", read_only=read_only)


def test_events_are_chained_and_rooted(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        first = ledger.append(Entry("create", "case"), actor="me")
        second, third = ledger.append_all([Entry("capture", "ab", {"x": 1}), Entry("capture", "cd")], actor="me")
        assert [e.n for e in (first, second, third)] == [0, 1, 2]
        assert (first.prev_hash, second.prev_hash, third.prev_hash) == (ORIGIN, first.hash, second.hash)
        assert tuple(ledger.events()) == (first, second, third)
        assert tuple(ledger.events("capture")) == (second, third)
        leaves = [merkle.leaf_hash(line.encode()) for line in ledger.lines()]
        assert [leaf.hex() for leaf in leaves] == [first.hash, second.hash, third.hash]
        assert ledger.head().size == 3
        assert ledger.head().root == merkle.root(leaves).hex()
        assert ledger.head(2).root == merkle.root(leaves[:2]).hex()


def test_time_is_utc_and_order_is_by_number(tmp_path: Path) -> None:
    kyiv = dt.timezone(dt.timedelta(hours=2))
    with opened(tmp_path) as ledger:
        late = ledger.append(Entry("a", "s"), actor="me", time=dt.datetime(2030, 1, 1, 1, 30, tzinfo=kyiv))
        early = ledger.append(Entry("a", "s"), actor="me", time=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
        assert late.time == "2029-12-31T23:30:00.000000Z"
        assert early.n > late.n
        with pytest.raises(ValueError, match="UTC"):
            ledger.append(Entry("a", "s"), actor="me", time=dt.datetime(2030, 1, 1))  # noqa: DTZ001


def test_payloads_are_committed_with_a_salt(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        one = ledger.append(Entry("a", "s", {"name": "X"}), actor="me")
        two = ledger.append(Entry("a", "s", {"name": "X"}), actor="me")
        assert one.payload_hash != two.payload_hash
        assert ledger.payload(0) == {"name": "X"}
        assert [p for _, p in ledger.payloads("a")] == [{"name": "X"}] * 2
        assert "X" not in "".join(json.loads(line)["subject"] for line in ledger.lines())
    db = sqlite3.connect(tmp_path / "ledger.sqlite")
    salt, body = db.execute("SELECT salt, body FROM payloads WHERE n = 0").fetchone()
    db.close()
    assert payload_hash(salt, body) == one.payload_hash


def test_an_erased_payload_leaves_no_bytes_and_an_event(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append(Entry("a", "s", {"name": "Zyxwvut"}), actor="me")
        head = ledger.head()
        event = ledger.erase(0, "a court order", actor="me")
        assert (event.action, event.subject) == ("erase", "0")
        assert ledger.payload(0) is None
        assert ledger.head(1) == head
        with pytest.raises(IndexError):
            ledger.erase(0, "again", actor="me")
    assert b"Zyxwvut" not in (tmp_path / "ledger.sqlite").read_bytes()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET event = 'x' WHERE n = 0",
        "DELETE FROM events",
        "DELETE FROM payloads",
        "UPDATE payloads SET body = '{}'",
        "INSERT INTO events VALUES (7, 'x', 'y')",
        "INSERT INTO events VALUES (0, 'x', 'y')",
        "INSERT OR REPLACE INTO payloads VALUES (0, 'x', 'y')",
    ],
)
def test_the_database_refuses_changes(tmp_path: Path, statement: str) -> None:
    with opened(tmp_path) as ledger:
        ledger.append(Entry("a", "s", {"k": 1}), actor="me")
    db = sqlite3.connect(tmp_path / "ledger.sqlite")
    with pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)
    db.close()


def test_an_entry_that_fails_takes_its_batch_with_it(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        with pytest.raises(ValueError, match="JSON"):
            ledger.append_all([Entry("a", "s"), Entry("a", "s", {"k": float("nan")})], actor="me")
        assert ledger.head().size == 0
        assert ledger.append(Entry("a", "s"), actor="me").n == 0


def test_proofs_of_the_ledger_hold(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        events = ledger.append_all([Entry("a", str(i)) for i in range(11)], actor="me")
        old, new = ledger.head(6), ledger.head()
        proof = [bytes.fromhex(d) for d in ledger.inclusion(4, 11)]
        assert merkle.verify_inclusion(bytes.fromhex(events[4].hash), 4, 11, proof, bytes.fromhex(new.root))
        path = [bytes.fromhex(d) for d in ledger.consistency(6, 11)]
        assert merkle.verify_consistency(6, bytes.fromhex(old.root), 11, bytes.fromhex(new.root), path)
        with pytest.raises(IndexError):
            ledger.head(12)


def test_read_only_writes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append(Entry("a", "s"), actor="me")
    before = (tmp_path / "ledger.sqlite").read_bytes()
    with opened(tmp_path, read_only=True) as ledger:
        assert ledger.head().size == 1
        with pytest.raises(CaseError) as caught:
            ledger.append(Entry("a", "s"), actor="me")
        assert caught.value.code == "WM307"
    assert [p.name for p in tmp_path.iterdir()] == ["ledger.sqlite"]
    assert (tmp_path / "ledger.sqlite").read_bytes() == before


def test_a_newer_format_and_a_damaged_file_are_named(tmp_path: Path) -> None:
    with opened(tmp_path) as ledger:
        ledger.append(Entry("a", "s"), actor="me")
    db = sqlite3.connect(tmp_path / "ledger.sqlite")
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(CaseError) as newer:
        opened(tmp_path)
    assert newer.value.code == "WM306"
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(IntegrityError) as damaged:
        opened(tmp_path)
    assert damaged.value.code == "WM302"


WRITER = """
import sys
from pathlib import Path
from witnessmark.ledger import Entry, Ledger
with Ledger(Path(sys.argv[1]), tool_version="1") as ledger:
    for i in range(25):
        ledger.append(Entry("note", f"{sys.argv[2]}-{i}"), actor=sys.argv[2])
"""


def test_several_processes_write_without_loss(tmp_path: Path) -> None:
    path = str(tmp_path / "ledger.sqlite")
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, path, f"w{k}"]) for k in range(3)]
    assert [w.wait() for w in writers] == [0, 0, 0]
    with opened(tmp_path) as ledger:
        events = list(ledger.events())
        assert {e.subject for e in events} == {f"w{k}-{i}" for k in range(3) for i in range(25)}
        assert [e.prev_hash for e in events] == [ORIGIN, *(e.hash for e in events[:-1])]
