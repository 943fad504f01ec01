"""Jobs and results as bytes on a pipe: length-prefixed JSON, and the file's bytes after a job. Nothing is unpickled."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO

from witnessmark.documents.drafts import Draft
from witnessmark.documents.published import day_value, parse_day
from witnessmark.model import Mention, OffsetMap, OffsetSegment, Part, Problem, Span

HEADER = struct.Struct("<II")
"""Length of the JSON, length of the bytes that follow it; little-endian."""
LONGEST_RESULT = 64_000_000


def write_frame(stream: BinaryIO, head: Mapping[str, Any], data: bytes = b"") -> None:
    """One frame: ``head`` as JSON, then ``data``."""
    packed = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    stream.write(HEADER.pack(len(packed), len(data)))
    stream.write(packed)
    if data:
        stream.write(data)
    stream.flush()


def draft_to_json(draft: Draft) -> dict[str, Any]:
    """A draft as JSON values."""
    return {
        "text": draft.text,
        "parts": [(p.kind, p.span.start, p.span.end, p.reason) for p in draft.parts],
        "segments": [(s.text_start, s.length, s.byte_start, s.byte_end, s.width) for s in draft.offsets.segments],
        "encoding": draft.encoding,
        "encoding_basis": draft.encoding_basis,
        "language": draft.language,
        "publisher": draft.publisher,
        "published": draft.published.value.earliest.isoformat() if draft.published else None,
        "published_rule": draft.published.rule if draft.published else None,
        "problems": [(p.code, p.message, p.origin) for p in draft.problems],
    }


def draft_from_json(raw: Mapping[str, Any]) -> Draft:
    """The draft that :func:`draft_to_json` packed; dates come back as metadata without words of their own.

    Raises:
        KeyError, TypeError, ValueError: the child sent something else.
    """
    day = parse_day(raw["published"]) if raw["published"] else None
    return Draft(
        text=raw["text"],
        parts=tuple(Part(kind, Span(start, end), reason) for kind, start, end, reason in raw["parts"]),
        offsets=OffsetMap(tuple(OffsetSegment(*s) for s in raw["segments"])),
        encoding=raw["encoding"],
        encoding_basis=raw["encoding_basis"],
        language=raw["language"],
        publisher=raw["publisher"],
        published=Mention(value=day_value(day), span=None, quote="", rule=raw["published_rule"]) if day else None,
        published_basis="metadata" if day else None,
        problems=tuple(Problem(*p) for p in raw["problems"]),
    )
