"""Documents straight from strings."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.documents import text_document
from witnessmark.errors import UsageError
from witnessmark.model import Span


def test_title_is_the_headline_and_text_follows() -> None:
    document = text_document("First paragraph.\n\nSecond one.", title="A title", published="2024-05-06")
    assert document.text == "A title\n\nFirst paragraph.\n\nSecond one."
    assert [(p.kind, p.span.of(document.text)) for p in document.parts] == [
        ("headline", "A title"),
        ("lede", "First paragraph."),
        ("body", "Second one."),
    ]
    assert document.published is not None
    assert document.published.value.earliest == dt.date(2024, 5, 6)
    assert (document.published.span, document.published_basis) == (None, "user")


def test_bad_date_is_a_usage_error() -> None:
    with pytest.raises(UsageError) as caught:
        text_document("Text.", published="the day before")
    assert caught.value.code == "WM003"


def test_identity_depends_on_item_and_text() -> None:
    one, two = text_document("Same text.", item="line 1"), text_document("Same text.", item="line 2")
    assert one.identifier != two.identifier
    assert one.text_version == two.text_version


@settings(max_examples=60)
@given(st.text(), st.none() | st.text(min_size=1))
def test_text_is_kept_and_parts_do_not_overlap(text: str, title: str | None) -> None:
    document = text_document(text, title=title, language="en")
    assert document.text == (f"{title}\n\n{text}" if title else text)
    end = 0
    for part in document.parts:
        assert part.span.start >= end
        end = part.span.end
    assert end <= len(document.text)


@settings(max_examples=60)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1))
def test_offsets_lead_to_the_bytes_of_each_code_point(text: str) -> None:
    document = text_document(text, language="en")
    data = document.text.encode()
    for at, character in enumerate(document.text):
        ((lo, hi),) = document.offsets.to_bytes(Span(at, at + 1))
        assert data[lo:hi].decode() == character
