"""The child process: what it may use, and what becomes of the parent when it breaks."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from witnessmark.documents.isolation.limits import ParserLimits
from witnessmark.documents.isolation.worker import ParserWorker
from witnessmark.errors import DocumentError

PAGE = b"<html><body><p>Two people were killed in the town on Monday, the mayor said.</p></body></html>"


def stub(code: str) -> tuple[str, ...]:
    """A child that does ``code`` after it has read the head of a job."""
    start = "import sys, struct, os, time\nsys.stdin.buffer.read(8)\n"
    return sys.executable, "-c", start + code


def failure(worker: ParserWorker) -> tuple[str, str]:
    """Code and detail of a job that must fail."""
    with pytest.raises(DocumentError) as caught:
        worker.parse("html", PAGE, {}, origin="x")
    return caught.value.code, caught.value.detail


@pytest.fixture
def worker() -> Iterator[ParserWorker]:
    """A worker of its own."""
    found = ParserWorker()
    yield found
    found.close()


def test_one_child_serves_many_pages(worker: ParserWorker) -> None:
    worker.parse("html", PAGE, {}, origin="x")
    child = worker._process
    draft = worker.parse("html", PAGE, {}, origin="x")
    assert child is not None
    assert worker._process is child
    assert "Two people were killed" in draft.text
    assert draft.offsets.segments


def test_child_that_was_killed_is_replaced(worker: ParserWorker) -> None:
    worker.parse("html", PAGE, {}, origin="x")
    assert worker._process is not None
    worker._process.kill()
    worker._process.wait()
    assert "Two people" in worker.parse("html", PAGE, {}, origin="x").text


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("os.abort()", "WM203"),
        ("os.kill(os.getpid(), 11)", "WM204"),
        ("sys.exit(3)", "WM204"),
        ("sys.stdout.buffer.write(struct.pack('<II', 2**31, 0)); sys.stdout.flush(); time.sleep(60)", "WM204"),
        ("sys.stdout.buffer.write(struct.pack('<II', 4, 0) + b'nope'); sys.stdout.flush(); time.sleep(60)", "WM204"),
        ("sys.stdout.buffer.write(struct.pack('<II', 9, 0) + b'{\"draft\":{}}'[:9]); sys.stdout.flush(); time.sleep(60)", "WM204"),
        ("sys.stdout.buffer.write(struct.pack('<II', 12, 0) + b'{\"draft\":{}}'); sys.stdout.flush(); time.sleep(60)", "WM204"),
    ],
)
def test_child_that_misbehaves(code: str, expected: str) -> None:
    worker = ParserWorker(command=stub(code))
    assert failure(worker)[0] == expected
    worker.close()


def test_child_that_hangs_is_ended() -> None:
    worker = ParserWorker(ParserLimits(wall=0.5), command=stub("time.sleep(600)"))
    assert failure(worker) == ("WM202", "wall clock")
    assert worker._process is None


def test_processor_time_is_limited() -> None:
    code = "from witnessmark.documents.isolation.limits import allow_cpu\nallow_cpu(0)\nwhile True: pass"
    worker = ParserWorker(ParserLimits(wall=50), command=stub(code))
    assert failure(worker) == ("WM202", "processor time")


def test_memory_is_limited() -> None:
    code = (
        "from witnessmark.documents.isolation.limits import ParserLimits, apply_to_process\n"
        "apply_to_process(ParserLimits(memory=300_000_000))\n"
        "try:\n    bytearray(2_000_000_000)\nexcept MemoryError:\n"
        "    out = b'{\"code\":\"WM203\"}'\n    sys.stdout.buffer.write(struct.pack('<II', len(out), 0) + out)\n    sys.stdout.flush()\n"
    )
    worker = ParserWorker(command=stub(code))
    assert failure(worker)[0] == "WM203"
    worker.close()


def test_child_has_no_secrets_of_the_environment(worker: ParserWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "value")
    worker.parse("html", PAGE, {}, origin="x")
    assert worker._process is not None
    with open(f"/proc/{worker._process.pid}/environ", "rb") as stream:
        assert b"SOME_TOKEN" not in stream.read()


def test_coded_errors_come_through(worker: ParserWorker) -> None:
    with pytest.raises(DocumentError) as caught:
        worker.parse("pdf", b"%PDF-1.4 rubbish", {}, origin="x")
    assert caught.value.code == "WM209"
