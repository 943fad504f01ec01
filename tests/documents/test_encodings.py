"""How bytes become characters, and the way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.documents.encodings import decode, offset_map
from witnessmark.model import Span

UKRAINIAN = (
    "Уранці над містом збили дрон, уламки впали на дах школи. Є двоє поранених, їх забрали до лікарні; у будинках поруч вибито вікна."
)
RUSSIAN = (
    "Утром над городом сбили беспилотник, обломки упали на крышу школы. Двое раненых доставлены в больницу, в домах рядом выбиты окна."
)
PAGES = ("cp1251", "koi8-u", "koi8-r", "iso8859-5", "mac-cyrillic", "cp866")


def encodable(text: str, page: str) -> bool:
    """True when ``page`` has all letters of ``text``."""
    try:
        text.encode(page)
    except UnicodeEncodeError:
        return False
    return True


CASES = [(t, p) for t in (UKRAINIAN * 4, RUSSIAN * 4) for p in PAGES if encodable(t, p)]


@pytest.mark.parametrize(("text", "page"), CASES)
@pytest.mark.parametrize("declared", [None, "utf-8", "cp1251", "koi8-r", "no-such-page"])
def test_cyrillic_pages_are_told_whatever_is_declared(text: str, page: str, declared: str | None) -> None:
    decoded = decode(text.encode(page), declared=declared)
    assert decoded.text == text
    assert decoded.basis in {"statistics", "declared"}


@pytest.mark.parametrize("page", ["cp1251", "koi8-u", "iso8859-5"])
def test_short_texts_are_told(page: str) -> None:
    assert decode(UKRAINIAN[:24].encode(page)).text == UKRAINIAN[:24]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [UKRAINIAN, "Three people were killed in the town on Monday."])
def test_utf16_without_a_mark(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.basis) == (text, encoding, "detected")


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_byte_order_marks_go_first_and_are_left_off(mark: bytes, encoding: str) -> None:
    data = mark + UKRAINIAN.encode(encoding)
    decoded = decode(data, declared="cp1251")
    assert (decoded.text, decoded.encoding, decoded.basis) == (UKRAINIAN, encoding, "bom")
    ((start, end),) = offset_map(decoded, data).to_bytes(Span(0, 1))
    assert data[start:end].decode(encoding) == UKRAINIAN[0]


def test_western_text() -> None:
    text = "The mayor of Besançon said “three people” were killed — it’s a naïve claim."
    assert decode(text.encode("cp1252")).text == text
    assert decode(text.encode("cp1252"), declared="iso-8859-1").text == text


def test_well_formed_utf8_is_believed_before_a_label() -> None:
    decoded = decode(UKRAINIAN.encode(), declared="windows-1251")
    assert (decoded.text, decoded.basis) == (UKRAINIAN, "detected")


def test_damaged_utf8_keeps_what_is_whole_and_maps_it_exactly() -> None:
    data = (UKRAINIAN * 3).encode() + b"\xff\xfe" + "кінець".encode() + b"\xd0"
    decoded = decode(data)
    assert decoded.replaced == 3
    assert decoded.damaged
    table = offset_map(decoded, data)
    at = decoded.text.index("кінець")
    ((start, end),) = table.to_bytes(Span(at, at + 6))
    assert data[start:end].decode() == "кінець"
    assert [data[a:b] for a, b in table.to_bytes(Span(at - 2, at - 1))] == [b"\xff"]


@pytest.mark.parametrize("data", [b"\xc0\xaf overlong", b"x" + b"\xed\xa0\x80" + b" lone surrogate", b"\x80\x81", b"\xff", b"a\0b"])
def test_malformed_bytes_never_raise(data: bytes) -> None:
    decoded = decode(data)
    decoded.text.encode("utf-8")
    assert offset_map(decoded, data).to_bytes(Span(0, len(decoded.text)))


@settings(max_examples=80)
@given(st.binary(min_size=1, max_size=300), st.sampled_from([None, "utf-8", "cp1251", "utf-16", "hex", "idna", "\0"]))
def test_any_bytes_give_text_whose_map_stays_inside_them(data: bytes, declared: str | None) -> None:
    decoded = decode(data, declared=declared)
    for segment in offset_map(decoded, data).segments:
        assert 0 <= segment.byte_start <= segment.byte_end <= len(data)
        assert segment.text_start + segment.length <= len(decoded.text)


@settings(max_examples=60)
@given(st.text(alphabet="abc зїі€𝄞\u202e\u200b\n", min_size=1, max_size=60), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_each_code_point_leads_to_its_own_bytes(text: str, encoding: str) -> None:
    mark = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}[encoding]
    data = mark + text.encode(encoding)
    decoded = decode(data)
    assert decoded.text == text
    table = offset_map(decoded, data)
    for at, character in enumerate(text):
        ((start, end),) = table.to_bytes(Span(at, at + 1))
        assert data[start:end].decode(encoding) == character
