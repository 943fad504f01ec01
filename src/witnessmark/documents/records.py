"""Records: one JSON object, one CSV row, one message. Text and title are led back to the bytes, through escapes and quotes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from witnessmark.documents.drafts import Draft
from witnessmark.documents.encodings import Decoded, decode
from witnessmark.documents.offsets import encoded_segments
from witnessmark.documents.parts import split_parts
from witnessmark.documents.plain import LONGEST_TEXT, decoding_problems
from witnessmark.documents.textbuilder import TextBuilder
from witnessmark.errors import DocumentError
from witnessmark.model import OffsetSegment, Span
from witnessmark.sources.jsonranges import Located, elements, located, members

_JSON_PIECE = re.compile(
    r"(?P<run>[^\\\"]+)|(?P<escape>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.)", re.DOTALL
)
_QUOTED = re.compile(r'"((?:[^"]|"")*)"', re.DOTALL)
_CSV_PIECE = re.compile(r'(?P<run>[^"]+)|(?P<escape>"")', re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Bytes:
    """Byte positions of code points of a decoded record, asked for in rising order."""

    def __init__(self, decoded: Decoded) -> None:
        self._text = decoded.text
        self.encoding = decoded.encoding
        self._at = 0
        self._byte = decoded.start

    def position(self, at: int) -> int:
        if at < self._at:
            raise ValueError("positions must rise")
        piece = self._text[self._at : at]
        self._byte += len(piece) if piece.isascii() and self.encoding[:3] != "utf" else len(piece.encode(self.encoding, "replace"))
        self._at = at
        return self._byte


def read_json_record(data: bytes, hints: Mapping[str, str], *, origin: str) -> Draft:
    """The draft of a JSON object; ``hints`` name its text and title keys.

    Raises:
        DocumentError: WM209 when it is no JSON object with the text, WM212 when it is nested too deeply.
    """
    decoded = decode(data)
    try:
        ranges = dict(members(decoded.text))
        text_at = ranges[hints["text_field"]]
        title_at = ranges.get(hints.get("title_field", ""))
        fields = _json_fields(decoded, title_at, text_at)
    except (ValueError, KeyError) as error:
        raise DocumentError("WM209", "not a record with text", origin=origin) from error
    except RecursionError as error:
        raise DocumentError("WM212", origin=origin) from error
    return _draft(decoded, *fields, origin=origin)


def read_message(data: bytes, *, origin: str) -> Draft:
    """The draft of a messenger's message; its ``text`` is a string or a list of pieces.

    Raises:
        DocumentError: as :func:`read_json_record`.
    """
    decoded = decode(data)
    try:
        at = dict(members(decoded.text))["text"]
        values = list(_message_strings(decoded.text, at))
    except (ValueError, KeyError) as error:
        raise DocumentError("WM209", "not a message with text", origin=origin) from error
    except RecursionError as error:
        raise DocumentError("WM212", origin=origin) from error
    place = _Bytes(decoded)
    body = TextBuilder()
    for value in values:
        _add_pieces(body, decoded.text, value.start + 1, value.end - 1, _JSON_PIECE, place)
    return _draft(decoded, None, body, origin=origin)


def read_csv_record(data: bytes, hints: Mapping[str, str], *, declared: str | None, origin: str) -> Draft:
    """The draft of a CSV record; ``hints`` hold the columns (parted by U+001F), the delimiter and the names of text and title.

    Raises:
        DocumentError: WM209 when the record has no such field.
    """
    decoded = decode(data, declared=declared)
    columns = hints["columns"].split("\x1f")
    ranges = list(_csv_fields(decoded.text, hints["delimiter"]))
    wanted = [_field(columns, ranges, hints.get(name)) for name in ("title_field", "text_field")]
    if wanted[1] is None:
        raise DocumentError("WM209", "not a record with text", origin=origin)
    place = _Bytes(decoded)
    builders: dict[int, TextBuilder] = {}
    for index in sorted((i for i in (0, 1) if wanted[i]), key=lambda i: wanted[i] or (0, 0)):
        builders[index] = TextBuilder()
        start, end = wanted[index] or (0, 0)
        _add_pieces(builders[index], decoded.text, start, end, _CSV_PIECE, place)
    return _draft(decoded, builders.get(0), builders[1], origin=origin)


def _json_fields(decoded: Decoded, title_at: int | None, text_at: int) -> tuple[TextBuilder | None, TextBuilder]:
    place = _Bytes(decoded)
    builders: dict[int, TextBuilder] = {}
    for at in sorted(a for a in (title_at, text_at) if a is not None):
        value = located(decoded.text, at)
        if isinstance(value.value, str):
            builders[at] = TextBuilder()
            _add_pieces(builders[at], decoded.text, value.start + 1, value.end - 1, _JSON_PIECE, place)
    return (builders.get(title_at) if title_at is not None else None), builders[text_at]


def _message_strings(text: str, at: int) -> Iterator[Located]:
    """The string values that make up a message's text, in order."""
    if text.startswith('"', at):
        yield located(text, at)
        return
    for element in elements(text, at):
        if isinstance(element.value, str):
            yield element
        elif isinstance(element.value, Mapping):
            inner = dict(members(text, element.start)).get("text")
            if inner is not None and text.startswith('"', inner):
                yield located(text, inner)


def _csv_fields(text: str, delimiter: str) -> Iterator[tuple[int, int]]:
    """Start and end of each field's contents, without its quotes."""
    at = 0
    while True:
        quoted = _QUOTED.match(text, at)
        if quoted and (quoted.end() == len(text) or text.startswith((delimiter, "\r", "\n"), quoted.end())):
            yield quoted.start(1), quoted.end(1)
            at = quoted.end()
        else:
            end = text.find(delimiter, at)
            end = len(text) if end < 0 else end
            yield at, end
            at = end
        if not text.startswith(delimiter, at):
            return
        at += 1


def _field(columns: Sequence[str], ranges: Sequence[tuple[int, int]], name: str | None) -> tuple[int, int] | None:
    if name is None or name not in columns:
        return None
    index = columns.index(name)
    return ranges[index] if index < len(ranges) else None


def _add_pieces(builder: TextBuilder, text: str, start: int, end: int, pattern: re.Pattern[str], place: _Bytes) -> None:
    """Adds the contents of a string literal: runs as they are, escapes as the one character that they mean."""
    for match in pattern.finditer(text, start, end):
        first = place.position(match.start())
        run = match.group()
        if match.lastgroup == "run":
            builder.add(run, encoded_segments(run, place.encoding, byte_start=first))
            continue
        meant = '"' if run == '""' else str(json.loads(f'"{run}"'))
        builder.add(_SURROGATE.sub("\ufffd", meant), [OffsetSegment(0, 1, first, place.position(match.end()))])


def _draft(decoded: Decoded, title: TextBuilder | None, body: TextBuilder, *, origin: str) -> Draft:
    whole = TextBuilder()
    head: Span | None = None
    if title is not None and title.text().strip():
        head = whole.add(title.text(), title.segments)
        whole.add("\n\n")
    whole.add(body.text(), body.segments)
    text = whole.text()
    replaced = Decoded(text, decoded.encoding, decoded.basis, 0, text.count("\ufffd"))
    return Draft(
        text=text[:LONGEST_TEXT],
        parts=split_parts(text[:LONGEST_TEXT], headline=head),
        offsets=whole.offsets(),
        encoding=decoded.encoding,
        encoding_basis=decoded.basis,
        problems=decoding_problems(replaced, cut=len(text) > LONGEST_TEXT, origin=origin),
    )
