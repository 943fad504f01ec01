"""Search over the words of statements."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from witnessmark.archive import CaseFolder
from witnessmark.desk import Desk, index
from witnessmark.desk.keeping import keep, way
from witnessmark.desk.packing import add_words, pack
from witnessmark.desk.search import COUNTED, Part, expression, search
from witnessmark.desk.store import Store


def test_hits_stand_in_the_words(desk: Desk) -> None:
    found = desk.search("killed")
    assert found.total == len(found.hits) if found.total < 25 else found.hits
    for hit in found.hits:
        assert "killed" in desk.text(hit.document)[hit.start : hit.end].lower()
    assert found.facets is not None
    assert sum(found.facets["modality"].values()) == found.total
    assert not found.partial


def test_narrowing_and_pages(desk: Desk) -> None:
    found = desk.search("the")
    assert found.facets is not None
    kind = next(iter(found.facets["modality"]))
    narrowed = desk.search("the", modality=kind, language="en")
    assert {h.modality for h in narrowed.hits} == {kind}
    assert not {(h.document, h.start) for h in desk.search("the", page=1).hits} & {(h.document, h.start) for h in found.hits}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("cluster munitions", '"cluster" "munitions"'),
        ('"cluster munitions" kill*', '"cluster munitions" "kill"*'),
        ("", ""),
        ("* ( ) :", ""),
        ("Кам'янське", '"Кам\'янське"'),
        ('NEAR(a b) OR text:"x', '"NEAR a" "b" "OR" "text x"'),
    ],
)
def test_what_was_typed_is_never_syntax(text: str, expected: str) -> None:
    assert expression(text) == expected


def test_anything_can_be_typed(desk: Desk) -> None:
    for text in ("'; DROP TABLE words; --", '"""', "a" * 5000, "\x00", "-", "^x", "{a b}", "AND", '" OR 1=1 --'):
        desk.search(text)
    assert desk.search("killed").total


def test_a_search_that_takes_too_long_says_so() -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(
        """CREATE TABLE document (n INTEGER PRIMARY KEY, id, title, publisher, published, language);
           CREATE TABLE passage (n INTEGER PRIMARY KEY, document, start, end, modality);
           CREATE VIRTUAL TABLE words USING fts5 (text, content = '');
           INSERT INTO document VALUES (0, 'd', 't', 'p', '2024-01-01', 'en');"""
    )
    number = COUNTED + 5000
    db.executemany("INSERT INTO passage VALUES (?, 0, 0, 1, 'asserted')", ((n,) for n in range(1, number + 1)))
    db.executemany("INSERT INTO words (rowid, text) VALUES (?, 'fire')", ((n,) for n in range(1, number + 1)))
    found = search([Part(db)], "fire")
    assert found.partial and (found.facets is None or found.total == COUNTED)
    assert len(found.hits) == 25
    began = time.monotonic()
    slow = search([Part(db)], "fire", modality="denied", limit=0.0)
    assert slow.partial
    assert time.monotonic() - began < 1.5
    db.close()


def index_of(path: Path, snapshot: str, texts: dict[str, str]) -> None:
    """An index with nothing but documents of one statement each."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        index._prepare(db)
        for n, (name, text) in enumerate(texts.items()):
            said = [{"span": {"start": 0, "end": len(text)}, "modality": "asserted", "paragraph": 0}]
            db.execute("INSERT INTO record VALUES (?, 'document', ?)", (name, pack({"text": text})))
            db.execute("INSERT INTO said VALUES (?, ?)", (name, pack(said)))
            db.execute(
                "INSERT INTO document (n, id, title, language, statements) VALUES (?, ?, ?, 'en', 1)", (n, name, f"{name} in {snapshot}")
            )
            add_words(db, n, text, [(0, len(text), "asserted")])
        db.executemany("INSERT INTO meta VALUES (?, ?)", [("format", index.FORMAT), ("snapshot", snapshot)])
        db.executescript(index._LATER)


def test_a_search_in_the_past_finds_what_stood_there(tmp_path: Path) -> None:
    """Words that changed, documents that came later and such that are gone, through two later snapshots."""
    folder = CaseFolder(tmp_path)
    stages = {
        "s1": {"a": "mortar fire", "b": "mortar shells", "c": "mortar rounds"},
        "s2": {"z": "mortar later", "a": "mortar fire", "b": "rocket shells", "c": "mortar rounds"},
        "s3": {"z": "mortar later", "c": "mortar rounds", "y": "mortar last"},
    }
    for name, texts in stages.items():
        index_of(tmp_path / f"{name}.sqlite", name, texts)
    for older, newer in (("s1", "s2"), ("s2", "s3")):
        keep(folder, tmp_path / f"{older}.sqlite", tmp_path / f"{newer}.sqlite", index._prepare, index._LATER)
    present = Store(tmp_path / "s3.sqlite")
    for snapshot, words, expected in (
        ("s1", "mortar", {"a", "b", "c"}), ("s1", "rocket", set()), ("s1", "later", set()), ("s2", "mortar", {"z", "a", "c"}), ("s2", "rocket", {"b"}),
    ):  # fmt: skip
        path = way(folder, snapshot, "s3", index.FORMAT)
        assert path is not None
        then = Store(path[0], path[1:], present)
        found = search(then.word_parts(), words)
        assert {h.document for h in found.hits} == expected, (snapshot, words)
        assert all(h.title.endswith(snapshot) for h in found.hits), "the lists are those of then"
        assert found.total == len(expected) and not found.partial
        assert found.facets is not None and found.facets["language"] == ({"en": len(expected)} if expected else {})
        assert not search(then.word_parts(), words, modality="denied").hits
        then.close()
    assert {h.document for h in search(present.word_parts(), "mortar").hits} == {"z", "c", "y"}
    present.close()


def test_pages_of_a_search_in_the_past_hold_every_hit_once(tmp_path: Path) -> None:
    older = {f"d{n:03}": f"mortar fire {n}" for n in range(60)}
    newer = {name: text for n, (name, text) in enumerate(older.items()) if n % 2}
    index_of(tmp_path / "s1.sqlite", "s1", older)
    index_of(tmp_path / "s2.sqlite", "s2", newer)
    keep(CaseFolder(tmp_path), tmp_path / "s1.sqlite", tmp_path / "s2.sqlite", index._prepare, index._LATER)
    present = Store(tmp_path / "s2.sqlite")
    then = Store(tmp_path / "revisions/s1.sqlite", (), present)
    pages = [search(then.word_parts(), "mortar", page=n) for n in range(4)]
    assert [len(p.hits) for p in pages] == [25, 25, 10, 0]
    assert {h.document for p in pages for h in p.hits} == set(older)
    assert pages[0].total == 60
    assert then.like("d00") == [(f"d00{n}", "document") for n in range(10)]
    then.close()
    present.close()
