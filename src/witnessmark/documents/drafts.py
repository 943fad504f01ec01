"""Drafts: what the readers of each kind of file give, and how a draft becomes a document."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from witnessmark.model import DateValue, Document, Mention, OffsetMap, Part, Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """Canonical text with its parts, before it has an identity.

    ``headline`` is not repeated here: it is the part of that kind. ``published`` comes with ``published_basis`` (user, metadata,
    dateline, url, feed). ``language`` is a code when the source states one.
    """

    text: str
    parts: tuple[Part, ...]
    offsets: OffsetMap
    encoding: str = "utf-8"
    encoding_basis: str = "declared"
    language: str | None = None
    publisher: str | None = None
    publisher_type: str | None = None
    published: Mention[DateValue] | None = None
    published_basis: str | None = None
    problems: tuple[Problem, ...] = field(default=())

    def with_facts(self, *, publisher: str | None, published: Mention[DateValue] | None) -> Draft:
        """The same with what the file's own metadata say."""
        basis = "metadata" if published else None
        return replace(self, publisher=publisher, published=published, published_basis=basis)


def text_version(text: str) -> str:
    """SHA-256 (hex) of ``text`` in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_identifier(capture: str, item: str, version: str) -> str:
    """``doc-`` and 16 hexadecimal digits over the capture's digest, the item inside it and the text version."""
    packed = f"{capture}\0{item}\0{version}".encode("utf-8", "surrogatepass")
    return "doc-" + hashlib.sha256(packed).hexdigest()[:16]


def finish(draft: Draft, *, capture: str, item: str, origin: str, language: str) -> Document:
    """The document of ``draft``. It is ``partial`` when the draft has problems, else ``read``."""
    version = text_version(draft.text)
    return Document(
        identifier=document_identifier(capture, item, version),
        capture=capture,
        item=item,
        text=draft.text,
        text_version=version,
        parts=draft.parts,
        language=language,
        status="partial" if draft.problems else "read",
        encoding=draft.encoding,
        encoding_basis=draft.encoding_basis,
        origin=origin,
        publisher=draft.publisher,
        publisher_type=draft.publisher_type,
        published=draft.published,
        published_basis=draft.published_basis,
        offsets=draft.offsets,
        problems=draft.problems,
    )
