"""Search over the words of statements."""

import sqlite3
import time

import pytest

from witnessmark.desk import Desk
from witnessmark.desk.search import COUNTED, expression, search


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
    found = search(db, "fire")
    assert found.partial and (found.facets is None or found.total == COUNTED)
    assert len(found.hits) == 25
    began = time.monotonic()
    slow = search(db, "fire", modality="denied", limit=0.0)
    assert slow.partial
    assert time.monotonic() - began < 1.5
    db.close()
