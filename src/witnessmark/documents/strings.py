"""Documents straight from strings, without a file."""

from __future__ import annotations

import datetime as dt
import hashlib

from witnessmark.documents.drafts import Draft, finish
from witnessmark.documents.language import identify
from witnessmark.documents.offsets import encoded_map
from witnessmark.documents.parts import split_parts
from witnessmark.documents.published import parse_day, stated_day
from witnessmark.errors import UsageError
from witnessmark.model import Document, Span


def text_document(
    text: str,
    *,
    title: str | None = None,
    published: dt.date | str | None = None,
    publisher: str | None = None,
    publisher_type: str | None = None,
    origin: str = "text",
    item: str = "",
    language: str | None = None,
) -> Document:
    """A document of ``text``, whose capture is the text in UTF-8.

    With a ``title`` the canonical text is ``title + "\\n\\n" + text`` and the title is the headline; without one the first line may be
    taken for it. ``published`` is a day or an ISO string. ``language`` is found out when it is None.

    Raises:
        UsageError: WM003 when ``published`` is a string and not a date.
    """
    whole = f"{title}\n\n{text}" if title else text
    head = Span(0, len(title)) if title else None
    day = _day(published)
    draft = Draft(
        text=whole,
        parts=split_parts(whole, headline=head),
        offsets=encoded_map(whole),
        publisher=publisher,
        publisher_type=publisher_type,
        published=stated_day(day, "published.user") if day else None,
        published_basis="user" if day else None,
    )
    capture = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    return finish(draft, capture=capture, item=item, origin=origin, language=language or identify(whole))


def _day(published: dt.date | str | None) -> dt.date | None:
    if published is None or published == "":
        return None
    if isinstance(published, dt.date):
        return published
    day = parse_day(published)
    if day is None:
        raise UsageError("WM003", published)
    return day
