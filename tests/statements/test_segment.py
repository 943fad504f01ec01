"""Sentences: exact bounds, and full stops that end nothing."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.documents import text_document
from witnessmark.model import Document
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.reading import Sentence
from witnessmark.statements.segment import sentences


def cut(text: str, *, title: str | None = None, language: str = "en") -> list[str]:
    return [s.span.of(d.text) for d in [document(text, title=title, language=language)] for s in found(d)]


def document(text: str, *, title: str | None = "Title", language: str = "en") -> Document:
    return text_document(text, title=title, language=language)


def found(doc: Document) -> tuple[Sentence, ...]:
    return sentences(doc, tokenise(doc.text))


@pytest.mark.parametrize(
    "text",
    [
        "Gen. A. B. Holt met Col. Reyes at 5.30 p.m. Friday near St. Orm.",
        "The U.S. envoy spoke of 3.5 km of trenches.",
        "He told Mr. Dunn, the No. 2 official, to wait.",
        "About 1.2 million people fled, i.e. a third of the region.",
        "“Where is he?” she asked.",
    ],
)
def test_stops_inside_a_sentence_do_not_cut_it(text: str) -> None:
    assert cut(text, title="Head")[1:] == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It began at 5 a.m. The sirens came later.", 2),
        ("He lives in the U.S. They do not.", 2),
        ("One died. Two were hurt! Who fired? Nobody knows…", 4),
        ('"We ran." Then the roof fell.', 2),
        ("The toll rose to 9. Two of them were children.", 2),
    ],
)
def test_stops_that_end_a_sentence(text: str, count: int) -> None:
    assert len(cut(text, title="Head")) == count + 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Удар по м. Дубове на вул. Садовій, 5, біля ст. Північна, пошкодив школу ім. Сосюри.", "uk"),
        ("Взрыв на ул. Садовой в г. Дубово повредил больницу им. Пирогова.", "ru"),
    ],
)
def test_slavic_abbreviations(text: str, language: str) -> None:
    assert cut(text, title="Заголовок", language=language)[1:] == [text]


def test_a_headline_is_one_sentence_whatever_it_holds() -> None:
    assert cut("Body text here.", title="Live: two dead. More to come")[0] == "Live: two dead. More to come"


def test_clock_time_and_place_stay_with_the_entry_that_they_head() -> None:
    entries = cut("18:40 Oldport. Two men died, the mayor says.\n\n9:15 p.m. Far Hill. Nobody was hurt.", title="Live")
    assert entries[1:] == ["18:40 Oldport. Two men died, the mayor says.", "9:15 p.m. Far Hill. Nobody was hurt."]


def test_wrapped_upper_case_wire_text_is_read_across_lines() -> None:
    text = (
        "   SAN JACINTO, 12 APR 90 (WIRE) -- [TEXT] NOTHING MOVED.\n\n"
        "   REBELS ATTACKED THE TOWN HALL AND THE POST OFFICE IN THE MIDDLE OF\n"
        "SAN JACINTO LAST NIGHT, WOUNDING TWO POLICE OFFICERS AND A TEACHER. THE\n"
        "GOVERNMENT SAID THAT THE SITUATION IN THE WHOLE OF THE PROVINCE IS NOW\n"
        "UNDER CONTROL AND THAT TROOPS WILL STAY.\n\n"
        "   ACCORDING TO A NURSE, THE TEACHER DIED THIS MORNING IN THE HOSPITAL OF\n"
        "THE NEIGHBORING TOWN.\n"
    )
    whole = text_document(text, language="en")
    spans = [s.span.of(whole.text) for s in sentences(whole, tokenise(whole.text))]
    assert any(s.startswith("REBELS ATTACKED") and s.endswith("A TEACHER.") for s in spans)
    assert spans[:2] == ["SAN JACINTO, 12 APR 90 (WIRE) -- [TEXT]", "NOTHING MOVED."]
    assert any(s.startswith("THE\nGOVERNMENT SAID") for s in spans)


def test_list_lines_and_paragraphs() -> None:
    doc = document("Killed today:\n• two in Aster\n• one in Bram\n\nThe list is not complete.")
    read = sentences(doc, tokenise(doc.text))
    assert [s.span.of(doc.text) for s in read][1:] == ["Killed today:", "• two in Aster", "• one in Bram", "The list is not complete."]
    paragraphs = [s.paragraph for s in read]
    assert paragraphs == sorted(paragraphs)
    assert paragraphs[0] == 0
    assert paragraphs[-1] > paragraphs[-2]


def test_hidden_text_and_boilerplate_are_not_read() -> None:
    doc = document("The bridge was hit. Nobody died.")
    kept = tuple(p for p in doc.parts if p.kind == "headline")
    assert [s.part for s in sentences(replace(doc, parts=kept), tokenise(doc.text))] == ["headline"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet='aB .!?\n"”(5,:м•-', max_size=120))
def test_sentences_are_ordered_disjoint_trimmed_and_lose_no_token(text: str) -> None:
    doc = text_document(text, title="Head", language="en")
    tokens = tokenise(doc.text)
    read = sentences(doc, tokens)
    for left, right in itertools.pairwise(read):
        assert left.span.end <= right.span.start
        assert left.last <= right.first
        assert left.paragraph <= right.paragraph
    for sentence in read:
        words = sentence.span.of(doc.text)
        assert words == words.strip()
        assert (tokens[sentence.first].start, tokens[sentence.last - 1].end) == (sentence.span.start, sentence.span.end)
    inside = {t for s in read for t in range(s.first, s.last)}
    readable = {i for i, t in enumerate(tokens) if any(p.span.start <= t.start < p.span.end for p in doc.readable())}
    assert inside == readable


def test_a_stop_behind_a_hyphen_is_of_the_last_word_alone() -> None:
    text = "The Chilean-U.S. cultural institute was damaged. Nobody was hurt."
    assert cut(text.upper(), title="Title")[1:] == ["THE CHILEAN-U.S. CULTURAL INSTITUTE WAS DAMAGED.", "NOBODY WAS HURT."]
