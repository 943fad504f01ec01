"""Gold folders: any file name, plain or gzipped, with or without answers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from witnessmark.errors import DataError, UsageError
from witnessmark.evaluation.corpora import GoldFile, bundled, write_rows
from witnessmark.evaluation.running import jobs

ROWS: dict[str, dict[str, Any]] = {
    "reports": {"id": "r1", "lang": "en", "title": "T", "text": "A shell hit a barn.", "publisher": "P"},
    "muc4": {"docid": "m1", "text": "A BOMB WENT OFF.", "doctext": "a bomb went off."},
    "muc4_incidents": {"docid": "m1", "gold": {"date": "1990-02-17"}},
    "gva": {"docid": "g1", "title": "T", "text": "One was shot.", "dct": "2014-01-02", "source": "s"},
    "geo": {"docid": "p1", "title": None, "url": "u", "date": None, "text": "In Oslo.", "toponyms": []},
    "time": {"docid": "t1", "dct": "2001-01-01", "title": None, "text": "On Monday.", "timexes": []},
    "fnc1": {"headline": "H", "body_id": "1", "stance": "agree"},
    "subjectivity": {"id": "s1", "lang": "en", "sentence": "It is splendid.", "label": "SUBJ"},
    "polnear": {"docid": "a1", "publisher": "p", "text": "He said so.", "annotations": [{"annotator": "x", "attributions": []}]},
}
WITHOUT_ANSWERS = {"gold", "toponyms", "timexes", "stance", "label", "annotations"}


@pytest.mark.parametrize("name", ROWS)
def test_every_set_is_known_by_its_rows_whatever_the_file_is_called(name: str, tmp_path: Path) -> None:
    write_rows(tmp_path / "somewhere" / "part_seven.jsonl", [ROWS[name]])
    assert [job.key for job in jobs(tmp_path)] == [f"{name}/part_seven"]


@pytest.mark.parametrize("name", ROWS)
def test_a_blind_file_is_known_too(name: str, tmp_path: Path) -> None:
    blind = {k: v for k, v in ROWS[name].items() if k not in WITHOUT_ANSWERS}
    write_rows(tmp_path / "test.jsonl", [blind])
    assert [job.gold.name for job in jobs(tmp_path)] == [name]


def test_the_folder_of_one_set_is_a_gold_folder(tmp_path: Path) -> None:
    write_rows(tmp_path / "x.jsonl", [ROWS["geo"]])
    assert [job.key for job in jobs(tmp_path)] == ["geo/x"]


def test_gzipped_and_plain_files_have_the_same_rows_and_digest(tmp_path: Path) -> None:
    write_rows(tmp_path / "a.jsonl", [ROWS["time"]])
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress((tmp_path / "a.jsonl").read_bytes()))
    plain, packed = GoldFile(tmp_path / "a.jsonl"), GoldFile(tmp_path / "b.jsonl.gz")
    assert plain.rows == packed.rows
    assert plain.digest == packed.digest
    assert packed.part == "b"


def test_training_parts_stay_out_unless_named_or_alone(tmp_path: Path) -> None:
    for part in ("train", "dev"):
        write_rows(tmp_path / "muc4" / f"{part}.jsonl", [ROWS["muc4"]])
    write_rows(tmp_path / "fnc1" / "train_stances.jsonl", [ROWS["fnc1"]])
    assert [job.key for job in jobs(tmp_path)] == ["muc4/dev", "fnc1/train_stances"]
    assert [job.key for job in jobs(tmp_path, ["muc4/train"])] == ["muc4/train"]


def test_bodies_beside_stances_are_no_set_of_their_own(tmp_path: Path) -> None:
    write_rows(tmp_path / "s.jsonl", [ROWS["fnc1"]])
    write_rows(tmp_path / "b.jsonl", [{"body_id": "1", "text": "words"}])
    assert [job.key for job in jobs(tmp_path)] == ["fnc1/s"]


def test_no_folder_and_nothing_in_it_are_coded(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="WM501"):
        jobs(tmp_path / "none")
    with pytest.raises(UsageError, match="WM505"):
        jobs(tmp_path)
    write_rows(tmp_path / "x.jsonl", [ROWS["geo"]])
    with pytest.raises(UsageError, match="WM505"):
        jobs(tmp_path, ["muc4"])


@pytest.mark.parametrize("line", ["{", "[1]", '"x"'])
def test_a_line_that_is_no_object_is_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(ROWS["geo"]) + "\n\n" + line + "\n")
    with pytest.raises(DataError, match=r"WM503.*line 3"):
        _ = GoldFile(path).rows


def test_the_bundled_corpus_is_a_file_like_any_other() -> None:
    file = bundled()
    assert file.part == "bundled"
    assert file.first is file.rows[0]
    assert file.siblings() == ()
    assert len(file.digest) == 16
