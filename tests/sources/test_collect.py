"""Files, folders, standard input and the containers in them."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from witnessmark.errors import CATALOGUE
from witnessmark.model import Problem
from witnessmark.sources import RawItem, collect


def taken(*inputs: object, **options: object) -> tuple[list[RawItem], list[Problem]]:
    """Items and problems of ``inputs``."""
    items: list[RawItem] = []
    problems: list[Problem] = []
    for outcome in collect([str(i) for i in inputs], **options):  # type: ignore[arg-type]
        if isinstance(outcome, RawItem):
            items.append(outcome)
        else:
            assert outcome.code in CATALOGUE
            problems.append(outcome)
    return items, problems


def test_file_gives_its_bytes_unchanged(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfA line\r\n\xff\x00 end"
    (tmp_path / "a.txt").write_bytes(data)
    (item,), problems = taken(tmp_path / "a.txt")
    assert (item.data, item.method, item.media_type, problems) == (data, "file", "text/plain", [])
    assert item.received.utcoffset() is not None


def test_folder_is_read_in_order_and_hidden_files_are_counted(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".secret", "sub/c.txt", ".git/config"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    items, problems = taken(tmp_path)
    assert [i.data.decode() for i in items] == ["a.txt", "b.txt", "sub/c.txt"]
    assert [p.code for p in problems] == ["WM112"]
    assert "2 hidden" in problems[0].message


def test_links_out_of_a_folder_are_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "x.txt").write_text("outside")
    (inside / "a.txt").write_text("inside")
    (inside / "file").symlink_to(outside / "x.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "again").symlink_to("a.txt")
    (inside / "loop").symlink_to(".")
    items, problems = taken(inside)
    assert [i.data for i in items] == [b"inside"]
    assert sorted(p.code for p in problems) == ["WM111", "WM111", "WM112"]


def test_what_is_no_file_is_coded_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("good")
    (tmp_path / "nothing").mkdir()
    os.mkfifo(tmp_path / "pipe")
    names = [tmp_path / n for n in ("empty.txt", "pipe", "nothing", "missing", "good.txt")]
    items, problems = taken(*names, "/dev/null", "nul\0name")
    assert [p.code for p in problems] == ["WM104", "WM103", "WM002", "WM101", "WM103", "WM101"]
    assert [i.data for i in items] == [b"good"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    assert [p.code for p in taken(tmp_path / "a.txt")[1]] == ["WM102"]


def test_file_that_vanishes_after_the_folder_was_listed(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    outcomes = collect([str(tmp_path)])
    first = next(outcomes)
    (tmp_path / "b.txt").unlink()
    second = next(outcomes)
    assert isinstance(first, RawItem)
    assert isinstance(second, Problem)
    assert second.code == "WM101"


def test_names_that_are_no_text(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff\n.txt", "wb") as stream:
        stream.write(b"x")
    (item,), _ = taken(tmp_path)
    item.origin.encode("utf-8")
    assert "\\xff" in item.origin


def test_item_larger_than_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 1001)
    assert [p.code for p in taken(tmp_path / "a.txt", max_bytes=1000)[1]] == ["WM105"]
    assert len(taken(tmp_path / "a.txt", max_bytes=1001)[0]) == 1


def test_standard_input() -> None:
    (item,), problems = taken("-", stdin=io.BytesIO(b"words"))
    assert (item.origin, item.method, item.data, problems) == ("-", "stdin", b"words", [])
    assert [p.code for p in taken("-")[1]] == ["WM104"]


def test_no_input_at_all() -> None:
    assert [p.code for p in taken()[1]] == ["WM002"]


def test_json_lines(tmp_path: Path) -> None:
    lines = ['{"id": "r1", "headline": "H", "body": "B", "date": "2024-01-02"}', "", "not json", '{"id": 2}', '{"text": "t"}']
    (tmp_path / "r.jsonl").write_text("\n".join(lines))
    items, problems = taken(tmp_path / "r.jsonl")
    assert [(i.item, i.method) for i in items] == [("line 1 id=r1", "jsonl"), ("line 5", "jsonl")]
    assert items[0].data.decode() == lines[0]
    assert dict(items[0].hints) == {"text_field": "body", "title_field": "headline", "title": "H", "published": "2024-01-02", "id": "r1"}
    assert [p.code for p in problems] == ["WM109", "WM110"]


def test_json_lines_that_are_hostile(tmp_path: Path) -> None:
    deep = '{"text": ' + "[" * 100_000
    (tmp_path / "r.jsonl").write_text("\n".join([deep, '{"text": "' + "x" * 3000 + '"}', '{"text": "fine"}']))
    items, problems = taken(tmp_path / "r.jsonl", max_bytes=200_000)
    assert [p.code for p in problems] == ["WM212"]
    assert len(items) == 2
    items, problems = taken(tmp_path / "r.jsonl", max_bytes=1000)
    assert [p.code for p in problems] == ["WM105", "WM105"]
    assert [i.item for i in items] == ["line 3"]


def test_json_array_and_single_record(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[ {"text": "one"},\n {"text": "two"} , 3]')
    items, problems = taken(tmp_path / "a.json")
    assert [(i.data, i.item) for i in items] == [(b'{"text": "one"}', "record 1"), (b'{"text": "two"}', "record 2")]
    assert [p.code for p in problems] == ["WM110"]
    (tmp_path / "b.json").write_text(' {"content": "words"}\n')
    assert taken(tmp_path / "b.json")[0][0].data == b'{"content": "words"}'


def test_csv_records_keep_their_bytes(tmp_path: Path) -> None:
    table = 'id;title;text\n7;"A ""b""";"two\nlines"\n8;;\n9;;plain\n'
    (tmp_path / "t.csv").write_text(table)
    items, problems = taken(tmp_path / "t.csv")
    assert [(i.data, i.item) for i in items] == [(b'7;"A ""b""";"two\nlines"', "record 1 id=7"), (b"9;;plain", "record 3 id=9")]
    assert items[0].hints["title"] == 'A "b"'
    assert [p.code for p in problems] == ["WM110"]


def test_csv_without_a_text_column_and_in_utf16(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    assert [p.code for p in taken(tmp_path / "a.csv")[1]] == ["WM110"]
    (tmp_path / "b.tsv").write_bytes("text\tdate\nслова\t2024-01-01\n".encode("utf-16"))
    assert [i.data.decode() for i in taken(tmp_path / "b.tsv")[0]] == ["слова\t2024-01-01"]


def test_csv_with_a_quote_that_never_ends(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('text\n"' + "x\n" * 5000)
    items, problems = taken(tmp_path / "t.csv", max_bytes=1000)
    assert {p.code for p in problems} <= {"WM105", "WM109"}
    assert problems
    assert all(len(i.data) <= 1000 for i in items)


def test_messenger_export(tmp_path: Path) -> None:
    messages = [
        {"id": 1, "type": "service", "text": ""},
        {"id": 2, "type": "message", "date": "2024-03-04T05:06:07", "text": "plain"},
        {"id": 3, "type": "message", "date": "2024-03-05T05:06:07", "text": ["a ", {"type": "bold", "text": "b"}]},
    ]
    (tmp_path / "result.json").write_text(json.dumps({"name": "Channel", "type": "public_channel", "messages": messages}, indent=1))
    items, problems = taken(tmp_path / "result.json")
    assert [i.item for i in items] == ["message 2", "message 3"]
    assert {i.hints["publisher"] for i in items} == {"Channel"}
    assert items[1].hints["published"] == "2024-03-05T05:06:07"
    assert json.loads(items[1].data) == messages[2]
    assert [p.code for p in problems] == ["WM110"]


def test_messenger_export_of_an_account(tmp_path: Path) -> None:
    chats = {"chats": {"about": "x", "list": [{"name": "One", "id": 5, "messages": [{"id": 1, "text": "t"}]}]}}
    (tmp_path / "result.json").write_text(json.dumps(chats))
    (item,), _ = taken(tmp_path / "result.json")
    assert item.hints["publisher"] == "One"


def test_zip_members_are_read_like_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("../up.txt", "climbs")
        archive.writestr("t.jsonl", '{"text": "record"}\n')
        archive.writestr("empty.txt", "")
    items, problems = taken(tmp_path / "z.zip")
    assert [i.data for i in items] == [b"climbs", b'{"text": "record"}']
    assert all(i.origin.startswith(str(tmp_path / "z.zip") + "!") for i in items)
    assert [p.code for p in problems] == ["WM104"]


def test_gzip_is_unpacked_and_damage_is_told(tmp_path: Path) -> None:
    packed = gzip.compress(b"words " * 200)
    (tmp_path / "a.txt.gz").write_bytes(packed)
    (tmp_path / "b.txt.gz").write_bytes(packed[:10] + b"\xff" * 30)
    items, problems = taken(tmp_path / "a.txt.gz", tmp_path / "b.txt.gz")
    assert [i.data for i in items] == [b"words " * 200]
    assert [p.code for p in problems] == ["WM109"]


def test_urls_need_the_network(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("# pages\nhttps://example.org/a\n\nhttp://example.org/b\n")
    _, problems = taken(tmp_path / "list.txt", "https://example.org/c")
    assert [(p.code, p.origin) for p in problems] == [
        ("WM106", "https://example.org/a"),
        ("WM106", "http://example.org/b"),
        ("WM106", "https://example.org/c"),
    ]
