import datetime as dt
import hashlib
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.archive import Archive, Blobs, Receipt, captures
from witnessmark.errors import CaseError, IntegrityError
from witnessmark.ledger import Ledger

NOON = dt.datetime(2023, 5, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Ledger(tmp_path / "ledger.sqlite", tool_version="1") as ledger:
        yield Archive(Blobs(tmp_path / "blobs", aside=tmp_path / "tmp"), ledger, actor="me")


def keep(archive: Archive, data: bytes, origin: str = "a.txt", item: str = "") -> str:
    return archive.store(data, origin=origin, method="file", received=NOON, media_type="text/plain", item=item).digest


def blob(root: Path, digest: str) -> Path:
    return root / "blobs" / digest[:2] / digest[2:]


def test_bytes_come_back_under_their_hash_and_are_read_only(archive: Archive, tmp_path: Path) -> None:
    digest = keep(archive, b"three words here")
    assert digest == hashlib.sha256(b"three words here").hexdigest()
    assert archive.read(digest) == b"three words here"
    assert stat.S_IMODE(blob(tmp_path, digest).stat().st_mode) == 0o444
    assert not any((tmp_path / "tmp").iterdir())


def test_same_bytes_twice_are_one_blob_and_two_captures(archive: Archive, tmp_path: Path) -> None:
    first, second = keep(archive, b"x", "a"), keep(archive, b"x", "b", "row 2")
    assert first == second
    assert sum(p.is_file() for p in (tmp_path / "blobs").rglob("*")) == 1
    listed = list(archive.captures())
    assert [(t.capture.number, t.capture.origin, t.item) for t in listed] == [(1, "a", ""), (2, "b", "row 2")]
    assert all(t.capture.received == NOON and t.capture.actor == "me" and t.capture.size == 1 for t in listed)


def test_numbers_go_on_after_reopening(tmp_path: Path) -> None:
    for expected in (1, 2):
        with Ledger(tmp_path / "ledger.sqlite", tool_version="1") as ledger:
            archive = Archive(Blobs(tmp_path / "blobs", aside=tmp_path / "tmp"), ledger, actor="me")
            capture = archive.store(b"x", origin="a", method="url", received=NOON, media_type="", headers=(("b", "2"), ("a", "1")))
            assert capture.number == expected
            assert list(captures(ledger))[-1].capture == capture
            assert capture.headers == (("a", "1"), ("b", "2"))


def test_a_changed_or_missing_original_is_refused(archive: Archive, tmp_path: Path) -> None:
    digest = keep(archive, b"original")
    path = blob(tmp_path, digest)
    path.chmod(0o644)
    path.write_bytes(b"Original")
    with pytest.raises(IntegrityError) as changed:
        archive.read(digest)
    assert changed.value.code == "WM301"
    with pytest.raises(IntegrityError):
        keep(archive, b"original")
    path.unlink()
    with pytest.raises(CaseError) as gone:
        archive.read(digest)
    assert gone.value.code == "WM308"


def test_a_batch_with_a_fault_records_nothing(archive: Archive) -> None:
    good = Receipt(b"1", "a", "file", NOON, "text/plain")
    naive = Receipt(b"2", "b", "file", NOON, "text/plain", headers=(("k", float("nan")),))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="JSON"):
        archive.store_all([good, naive])
    assert list(archive.captures()) == []
    assert archive.store_all([good])[0].number == 1


def test_a_folder_that_cannot_be_written_is_coded(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file stands where the folder should be")
    with pytest.raises(CaseError) as caught:
        Blobs(tmp_path / "blobs", aside=tmp_path / "tmp").put(b"x")
    assert caught.value.code == "WM307"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=64), max_size=6))
def test_whatever_is_put_is_read_back(tmp_path_factory: pytest.TempPathFactory, items: list[bytes]) -> None:
    root = tmp_path_factory.mktemp("blobs")
    blobs = Blobs(root / "blobs", aside=root / "tmp", durable=False)
    digests = [blobs.put(item) for item in items]
    assert [blobs.read(d) for d in digests] == items
    assert sum(p.is_file() for p in (root / "blobs").rglob("*")) == len(set(items))
