import multiprocessing
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


def attempt(root: Path, queue: "multiprocessing.Queue[str]") -> None:
    try:
        with CaseFolder(root).writing():
            queue.put("entered")
    except CaseError as error:
        queue.put(error.code)


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    with CaseFolder(tmp_path).writing():
        other = context.Process(target=attempt, args=(tmp_path, queue))
        other.start()
        assert queue.get(timeout=60) == "WM305"
        other.join()
    again = context.Process(target=attempt, args=(tmp_path, queue))
    again.start()
    assert queue.get(timeout=60) == "entered"
    again.join()


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
