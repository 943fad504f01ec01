import fcntl
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from witnessmark.archive import CaseFolder
from witnessmark.archive.files import write_atomic
from witnessmark.errors import CaseError


def test_the_seal_is_broken_while_writing_and_made_after(tmp_path: Path) -> None:
    folder = CaseFolder(tmp_path / "case")
    with folder.writing():
        assert not folder.seal.exists()
        (folder.root / "a").write_text("1")
    assert folder.seal.exists()
    with folder.writing():
        assert not folder.seal.exists()


def test_a_run_that_fails_leaves_no_seal(tmp_path: Path) -> None:
    folder = CaseFolder(tmp_path / "case")
    with pytest.raises(RuntimeError), folder.writing():
        raise RuntimeError
    assert not folder.seal.exists()


ATTEMPT = """
import sys
from pathlib import Path
from witnessmark.archive import CaseFolder
from witnessmark.errors import CaseError
try:
    with CaseFolder(Path(sys.argv[1])).writing():
        print("entered")
except CaseError as error:
    print(error.code)
"""


def attempt(root: Path) -> str:
    return subprocess.run([sys.executable, "-c", ATTEMPT, str(root)], capture_output=True, text=True, check=True).stdout.strip()


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    with CaseFolder(tmp_path).writing():
        assert attempt(tmp_path) == "WM305"
    assert attempt(tmp_path) == "entered"


def test_unfinished_files_are_cleared(tmp_path: Path) -> None:
    folder = CaseFolder(tmp_path)
    folder.aside.mkdir()
    (folder.aside / "half").write_text("ha")
    with folder.writing():
        assert not folder.aside.exists()


def test_an_empty_folder_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        CaseFolder(tmp_path).require()
    assert caught.value.code == "WM005"


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    (target / "held").write_text("x")
    with pytest.raises(OSError):
        write_atomic(target, b"new", aside=tmp_path / "tmp")
    assert (target / "held").read_text() == "x"
    assert list((tmp_path / "tmp").iterdir()) == []


def sealed(root: Path) -> CaseFolder:
    folder = CaseFolder(root)
    with folder.writing():
        (root / "a").write_text("1")
    return folder


def test_several_may_append_together_and_one_run_beside_them(tmp_path: Path) -> None:
    folder = sealed(tmp_path)
    with folder.appending():
        assert not folder.seal.exists()
        with folder.appending():
            assert attempt(tmp_path) == "entered"
        assert not folder.seal.exists(), "somebody still appends"
        with folder.writing():
            assert attempt(tmp_path) == "WM305", "a second run"
            with folder.appending():
                pass
            assert not folder.seal.exists()
    assert folder.seal.exists()
    assert attempt(tmp_path) == "entered"


def test_a_run_that_is_killed_beside_others_leaves_no_seal(tmp_path: Path) -> None:
    folder = sealed(tmp_path)
    killed = "import os, sys; from pathlib import Path; from witnessmark.archive import CaseFolder\n"
    killed += "with CaseFolder(Path(sys.argv[1])).writing(): os._exit(9)"
    with folder.appending():
        assert subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=False).returncode == 9
    assert not folder.seal.exists(), "nobody knows how far it came"
    with folder.appending(), pytest.raises(RuntimeError), folder.writing():
        raise RuntimeError
    assert not folder.seal.exists()
    with folder.appending(), folder.writing():
        pass
    assert folder.seal.exists(), "a run that ended made the case whole"


def test_a_run_waits_for_nobody_who_is_just_opening(tmp_path: Path) -> None:
    """Between the lock and the broken seal, files are held against the seal: a run that wrote then would look like a forger."""
    folder = sealed(tmp_path)
    handle = os.open(tmp_path / "case.lock", os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_SH)
    assert attempt(tmp_path) == "WM305"
    os.close(handle)
    assert folder.seal.exists()


def test_the_seal_comes_back_after_an_appender_was_killed(tmp_path: Path) -> None:
    folder = sealed(tmp_path)
    killed = "import os, sys; from pathlib import Path; from witnessmark.archive import CaseFolder\n"
    killed += "with CaseFolder(Path(sys.argv[1])).appending(): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", killed, str(tmp_path)], check=False).returncode == 9
    assert not folder.seal.exists()
    with folder.appending():
        pass
    assert folder.seal.exists()


def test_appending_does_not_hide_an_interrupted_run(tmp_path: Path) -> None:
    folder = CaseFolder(tmp_path)
    with pytest.raises(RuntimeError), folder.writing():
        raise RuntimeError
    with folder.appending():
        pass
    assert not folder.seal.exists()


def test_nothing_is_appended_to_what_was_changed_outside(tmp_path: Path) -> None:
    folder = sealed(tmp_path)
    folder.ledger.write_bytes(b"x")
    with pytest.raises(CaseError, match="WM302"), folder.appending():
        pass
    assert folder.seal.exists()


def test_who_comes_to_append_waits_for_the_one_who_seals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = CaseFolder(tmp_path / "case")
    with folder.writing():
        pass
    held = os.open(folder.root / "case.lock", os.O_RDWR)
    fcntl.flock(held, fcntl.LOCK_EX)
    monkeypatch.setattr("witnessmark.archive.folder.PATIENCE", 0.1)
    with pytest.raises(CaseError, match="WM305"), folder.appending():
        pass
    monkeypatch.setattr("witnessmark.archive.folder.PATIENCE", 60.0)
    leaving = threading.Timer(0.1, os.close, (held,))
    leaving.start()
    with folder.appending():
        assert not folder.seal.exists()
    leaving.join()
    assert folder.seal.exists()
