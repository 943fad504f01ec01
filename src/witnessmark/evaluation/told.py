"""What the reader makes of one text: the whole way from words to claims, as a case takes it."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from witnessmark.assess import with_confidence, with_voices, within_document
from witnessmark.claims import Claims, read_claims
from witnessmark.documents import text_document
from witnessmark.errors import describe
from witnessmark.model import Contradiction, Document
from witnessmark.statements import Reading, read_statements

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class Told:
    """A document, its reading, and what it claims; each step is taken when it is first asked for."""

    document: Document

    @functools.cached_property
    def reading(self) -> Reading:
        """Tokens, sentences and statements."""
        return read_statements(self.document)

    @functools.cached_property
    def _found(self) -> Claims:
        return read_claims(self.reading)

    @functools.cached_property
    def claims(self) -> Claims:
        """Incidents and series, with the confidence in their fields."""
        return with_voices(self.reading, with_confidence(self.reading, self._found))

    @functools.cached_property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Contradictions inside the document."""
        return within_document(self.reading, self._found)


def told(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    publisher_type: str | None = None,
    language: str | None = None,
    item: str = "",
) -> Told:
    """Read ``text``; the options are those of :func:`witnessmark.documents.text_document`. ``published`` may carry a clock time."""
    return Told(
        text_document(
            text,
            title=title,
            published=published[:10] if published else None,
            publisher=publisher,
            publisher_type=publisher_type,
            language=language,
            item=item,
        )
    )


def each(items: Iterable[T], name: Callable[[T], str], predict: Callable[[T], dict[str, object]]) -> Iterator[dict[str, object]]:
    """``predict`` of every item. A text that breaks the reader is logged under WM213 and gets no prediction: the run goes on."""
    for item in items:
        try:
            yield predict(item)
        except Exception:
            log.exception(describe("WM213", origin=name(item)))
