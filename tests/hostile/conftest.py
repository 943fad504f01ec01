"""What the tests of traps share: an item read, with its capture."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

import pytest

from witnessmark.documents import DocumentOutcome, read_item
from witnessmark.model import Capture
from witnessmark.sources import RawItem

Reader = Callable[..., DocumentOutcome]


@pytest.fixture
def read() -> Reader:
    """Reads bytes as an item: ``read(data, media_type="", method="file", item="", **hints)``."""

    def reader(
        data: bytes, media_type: str = "", *, method: str = "file", item: str = "", user_published: dt.date | None = None, **hints: str
    ) -> DocumentOutcome:
        received = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)
        raw = RawItem("origin", method, media_type, data, received, (), item, hints)
        digest = hashlib.sha256(data).hexdigest()
        capture = Capture(digest, 1, "origin", method, received, "test", len(data), media_type)
        return read_item(raw, capture, published=user_published)

    return reader
