from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.claims.fillers.chunks import Chunk, Tagger, chunks

TAGGER = Tagger(
    after={"Dstrike": "N"},
    words={
        "the": "D",
        "of": "I",
        "army": "N",
        "offices": "N",
        "bank": "N",
        "strike": "V",
        "bombed": "E",
        "were": "B",
        "and": "K",
        "big": "J",
    },
    endings={"ing": "G"},
)


def test_a_word_is_tagged_by_the_tag_before_it_then_by_itself_then_by_its_ending() -> None:
    assert TAGGER.tag(["the", "strike", "strike", "running", "zzz", "12", "."]) == ["D", "N", "V", "G", "N", "C", "M"]


def phrases(text: str) -> list[Chunk]:
    words = text.split()
    return chunks(words, TAGGER.tag(words))


def test_of_phrases_are_kept_as_an_extension_of_the_head() -> None:
    assert phrases("the offices of the bank were bombed") == [Chunk(1, 2, 5), Chunk(4, 5, 5)]


def test_a_noun_before_a_noun_is_a_phrase_of_its_own() -> None:
    assert Chunk(0, 1, 1) in phrases("army offices")
    assert Chunk(0, 2, 2) in phrases("army offices")


def test_a_conjunction_parts_phrases() -> None:
    assert phrases("army and bank") == [Chunk(0, 1, 1), Chunk(2, 3, 3)]


def test_a_possessor_is_a_phrase_of_its_own_and_no_short_form_of_is() -> None:
    assert phrases("the bank's offices") == [Chunk(1, 2, 2), Chunk(1, 3, 3)]
    assert TAGGER.tag(["the", "zzz’s"]) == ["D", "N"]
    assert Tagger(after={}, words={"it's": "P"}, endings={}).tag(["it's"]) == ["P"]


@given(st.lists(st.sampled_from(["the", "of", "army", "bank", "bombed", "-", ".", "'s", "de", "12", "running", "were"]), max_size=30))
def test_phrases_lie_inside_the_sentence_and_end_in_a_noun_or_a_number(words: list[str]) -> None:
    tags = TAGGER.tag(words)
    for chunk in chunks(words, tags):
        assert 0 <= chunk.first < chunk.last <= chunk.end <= len(words)
        assert tags[chunk.last - 1] in "NC"
