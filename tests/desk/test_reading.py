"""A document's text as pieces."""

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.desk import Desk, Filter
from witnessmark.desk.pages import DocumentPage, DocumentRow, Find, Passage, Section
from witnessmark.desk.reading import FINDS, LONG, cuts, finds, reading, section_at
from witnessmark.model import Document, Part, Span


def page_of(text: str, parts: tuple[Part, ...], statements: tuple[Passage, ...]) -> DocumentPage:
    record = Document("d", "c", "", text, "v", parts, "en", "read", "utf-8", "bom", "o")
    return DocumentPage(
        record, DocumentRow("d", "", "", "", "en", "read", "o", len(text), 0, 0), statements, (), (), (), Section(0, 1, 0, len(text))
    )


def test_the_pieces_are_the_text(desk: Desk) -> None:
    for row in desk.documents():
        page = desk.document(row.identifier)
        text = page.record.text
        for block in reading(page):
            joined = "".join(p.text for p in block.pieces)
            assert joined == text[block.start : block.start + len(joined)]
            assert all(text[p.start : p.start + len(p.text)] == p.text for p in block.pieces)
        words = "".join(p.text for block in reading(page) for p in block.pieces)
        assert words.replace("\n", "") == "".join(line for line in text.split("\n") if line.strip())


def test_every_value_is_marked_where_its_words_stand(desk: Desk) -> None:
    for row in desk.listed(Filter()):
        document = desk.incident(row.identifier).claims[0].document.identifier
        page = desk.document(document)
        marked: dict[str, str] = {}
        for block in reading(page):
            for piece in block.pieces:
                for number in piece.fields:
                    marked[number] = marked.get(number, "") + piece.text
        for claim in page.claims:
            for field in claim.fields:
                if field.mention.span is not None:
                    assert marked[field.number] == field.mention.quote.replace("\n", "")


def test_text_that_is_not_read_is_told_apart() -> None:
    text = "Head\nBody words.\nCookies\nSecret"
    parts = (
        Part("headline", Span(0, 4)),
        Part("body", Span(5, 16)),
        Part("boilerplate", Span(17, 24), "menu"),
        Part("hidden", Span(25, 31), "display"),
    )
    blocks = list(reading(page_of(text, parts, ())))
    assert [(b.part, b.readable, b.reason) for b in blocks] == [
        ("headline", True, ""), ("body", True, ""), ("boilerplate", False, "menu"), ("hidden", False, "display"),
    ]  # fmt: skip


def test_an_endless_line_is_cut() -> None:
    blocks = list(reading(page_of("x" * (LONG * 2 + 10), (), ())))
    assert [len(b.pieces[0].text) for b in blocks] == [LONG, LONG, 10]


@settings(max_examples=60, deadline=None)
@given(st.text("ab \n", max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=6))
def test_statements_cover_what_they_span(text: str, spans: list[tuple[int, int]]) -> None:
    at = 0
    statements = []
    for gap, long in spans:
        start = at + gap % 7
        if start + long > len(text):
            break
        statements.append(Passage(start, start + long, "asserted", 0))
        at = start + long
    seen: dict[int, str] = {}
    for block in reading(page_of(text, (), tuple(statements))):
        for piece in block.pieces:
            if piece.statement is not None:
                seen[piece.statement] = seen.get(piece.statement, "") + piece.text
    for n, said in enumerate(statements):
        inside = "".join(c for line in text[said.start : said.end].split("\n") for c in line)
        assert seen.get(n, "").replace(" ", "") == inside.replace(" ", "")


@given(st.lists(st.integers(0, 900), max_size=20))
@settings(max_examples=60, deadline=None)
def test_sections_are_the_text_in_order(lines: list[int]) -> None:
    text = "".join("x" * n + "\n" for n in lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("witnessmark.desk.reading.SECTION", 500)
        starts = [*cuts(text), len(text)]
        assert starts == sorted(set(starts)) or not text
        for low, high in itertools.pairwise(starts):
            assert high - low <= 750
            for at in {low, max(low, high - 1)}:
                assert (section_at(text, at).start, section_at(text, at).end) == (low, high) or not text


def test_words_are_found_whatever_their_case_and_line() -> None:
    assert finds("The mayor\nsaid. THE  MAYOR said", "the mayor") == [Span(0, 9), Span(16, 26)]
    assert finds("a.b", ".") == [Span(1, 2)] and finds("abc", "  ") == []
    assert len(finds("x " * (FINDS + 50), "x")) == FINDS + 1


def test_what_was_looked_for_is_marked_across_lines() -> None:
    page = dataclasses.replace(page_of("One two\nthree", (), ()), found=(Find(Span(4, 13), ("", "", "")),))
    assert [(p.text, p.found) for b in reading(page) for p in b.pieces] == [("One ", False), ("two", True), ("three", True)]
