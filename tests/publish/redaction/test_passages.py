"""Rewriting passages keeps every span on its words."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from witnessmark.model import Span
from witnessmark.publish.redaction.passages import GAP, Change, Rewritten, joined, merged


def test_only_what_is_cited_is_left() -> None:
    made = Rewritten("One. Secret. Two.", [Span(0, 4), Span(13, 17)], lambda text, at: ())
    assert made.text == f"One.{GAP}Two."
    assert made.span(Span(13, 16)) == Span(len("One." + GAP), len("One." + GAP) + 3)
    assert made.span(Span(5, 11)) is None


def test_a_span_that_cuts_a_replacement_grows_over_it() -> None:
    text = "The nurse Zorvana died."
    made = Rewritten(text, [Span(0, len(text))], lambda words, at: [Change(10, 17, "[name withheld]")])
    assert made.text == "The nurse [name withheld] died."
    for old, words in (
        (Span(10, 17), "[name withheld]"),
        (Span(4, 12), "nurse [name withheld]"),
        (Span(12, 22), "[name withheld] died"),
        (Span(0, 3), "The"),
    ):
        found = made.span(old)
        assert found is not None and found.of(made.text) == words


def test_invisible_characters_are_taken_out_before_anything_is_looked_for() -> None:
    text = "The nurse Zor\u200bva\u00adna died."
    seen: list[str] = []

    def rewrite(words: str, at: int) -> list[Change]:
        seen.append(words)
        start = words.index("Zorvana")
        return [Change(start, start + 7, "#")]

    made = Rewritten(text, [Span(0, len(text))], rewrite)
    assert seen == ["The nurse Zorvana died."] and made.text == "The nurse # died."
    found = made.span(Span(10, 19))
    assert found is not None and found.of(made.text) == "#"


def test_a_span_that_begins_or_ends_on_an_invisible_character() -> None:
    text = "\ud800one two\u200b"
    made = Rewritten(text, [Span(0, len(text))], lambda words, at: ())
    assert made.text == "one two"
    for old, words in ((Span(0, 4), "one"), (Span(0, len(text)), "one two"), (Span(5, len(text)), "two")):
        found = made.span(old)
        assert found is not None and found.of(made.text) == words
    assert made.span(Span(0, 1)) is None


def test_overlapping_changes_become_one() -> None:
    assert list(joined([Change(5, 9, "b"), Change(0, 6, "a"), Change(20, 20, "c")])) == [Change(0, 9, "a")]


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)).map(lambda p: Span(p[0], p[0] + p[1])), min_size=1, max_size=6)


@given(SPANS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=4))
def test_untouched_words_keep_their_words(spans: list[Span], cuts: list[tuple[int, int]]) -> None:
    text = "".join(chr(0x41 + i % 26) if i % 7 else "é" for i in range(80))
    changes = [Change(a, a + n, "*") for a, n in cuts]

    def rewrite(words: str, at: int) -> list[Change]:
        end = at + len(words)
        return [Change(max(c.start, at) - at, min(c.end, end) - at, "*") for c in changes if c.start < end and c.end > at]

    made = Rewritten(text, spans, rewrite)
    for span in spans:
        new = made.span(span)
        assert new is not None
        if not any(c.start < span.end and span.start < c.end for c in changes):
            assert new.of(made.text) == span.of(text)


@given(SPANS)
def test_merged_spans_do_not_touch(spans: list[Span]) -> None:
    out = merged(spans)
    assert all(a.end < b.start for a, b in itertools.pairwise(out))
    assert {i for s in spans for i in range(s.start, s.end)} == {i for s in out for i in range(s.start, s.end)}
