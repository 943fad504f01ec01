"""From an item to a document: the kind is told, the right reader called, the draft finished."""

from __future__ import annotations

import dataclasses
import datetime as dt

from witnessmark.documents.drafts import Draft, finish
from witnessmark.documents.isolation.worker import shared_worker
from witnessmark.documents.kinds import sniff
from witnessmark.documents.language import identify
from witnessmark.documents.outcomes import DocumentOutcome, coded, refused
from witnessmark.documents.plain import read_plain
from witnessmark.documents.published import published_day
from witnessmark.documents.records import read_csv_record, read_json_record, read_message
from witnessmark.errors import DocumentError
from witnessmark.model import READABLE_PARTS, Capture
from witnessmark.sources import RawItem

MESSAGE_TYPE = "application/vnd.witnessmark.message+json"


def read_item(
    item: RawItem,
    capture: Capture,
    *,
    published: dt.date | None = None,
    publisher: str | None = None,
    publisher_type: str | None = None,
) -> DocumentOutcome:
    """The document of ``item``, whose bytes are kept as ``capture``, or a coded reason why there is none.

    HTML, PDF and DOCX are parsed in a child process under limits of memory and time. ``published``, ``publisher`` and
    ``publisher_type`` are what the user says; they go before what the item says of itself.
    """
    origin = f"{item.origin}#{item.item}" if item.item else item.origin
    if not item.data.strip():
        return refused(coded("WM104", origin=origin))
    try:
        draft = _draft(item, origin)
    except DocumentError as error:
        return refused(coded(error.code, error.detail, origin=origin))
    if not any(p.kind in READABLE_PARTS for p in draft.parts):
        return refused(coded("WM205", origin=origin))
    draft = _with_source(draft, item, published, publisher, publisher_type)
    language = draft.language or identify(_readable_sample(draft))
    document = finish(draft, capture=capture.digest, item=item.item, origin=item.origin, language=language)
    return DocumentOutcome(document.status, document, document.problems)


def record_id(item: str) -> str | None:
    """The id that a record gives itself, out of a document's ``item``; None when it has none."""
    _, mark, own = item.partition(" id=")
    return own if mark else None


def _draft(item: RawItem, origin: str) -> Draft:
    hints = item.hints
    if item.media_type == MESSAGE_TYPE:
        return read_message(item.data, origin=origin)
    if item.method == "csv" and "columns" in hints:
        return read_csv_record(item.data, hints, declared=hints.get("charset"), origin=origin)
    if item.media_type == "application/json" and "text_field" in hints:
        return read_json_record(item.data, hints, origin=origin)
    kind = sniff(item.data, item.media_type)
    if kind is None:
        raise DocumentError("WM201", origin=origin)
    if kind == "text":
        return read_plain(item.data, declared=hints.get("charset"), origin=origin)
    return shared_worker().parse(kind, item.data, hints, origin=origin)


def _with_source(draft: Draft, item: RawItem, published: dt.date | None, publisher: str | None, publisher_type: str | None) -> Draft:
    """The draft with publisher and publication date by the best basis."""
    found, basis = draft.published, draft.published_basis
    if found is None or published is not None:
        told = published_day(
            user=published, metadata=item.hints.get("published"), text=draft.text, parts=draft.parts, url=item.hints.get("url")
        )
        found, basis = (told.mention, told.basis) if told else (None, None)
    return dataclasses.replace(
        draft,
        publisher=publisher or item.hints.get("publisher") or draft.publisher,
        publisher_type=publisher_type or item.hints.get("publisher_type") or draft.publisher_type,
        published=found,
        published_basis=basis,
    )


def _readable_sample(draft: Draft) -> str:
    """Readable text enough to tell the language by."""
    out: list[str] = []
    length = 0
    for part in draft.parts:
        if part.kind in READABLE_PARTS and length < 4000:
            out.append(draft.text[part.span.start : min(part.span.end, part.span.start + 4000)])
            length += len(out[-1])
    return "\n".join(out)
