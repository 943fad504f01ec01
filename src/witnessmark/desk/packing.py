"""Records as the index keeps them, and the words of statements as its full-text search takes them in."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from typing import Any

from witnessmark.errors import IntegrityError
from witnessmark.model.serialise import compact


def pack(data: object) -> bytes:
    """Plain data as the index keeps it."""
    return zlib.compress(compact(data).encode("ascii"), 1)


def unpack(body: bytes) -> Any:
    """The data that :func:`pack` was given.

    Raises:
        IntegrityError: WM706 when it cannot be read.
    """
    try:
        return json.loads(zlib.decompress(body))
    except (zlib.error, ValueError) as error:
        raise IntegrityError("WM706", str(error)) from error


def add_words(db: sqlite3.Connection, document: int, text: str, statements: Iterable[tuple[int, int, str]]) -> None:
    """Make the ``statements`` (start, end, modality) of ``text`` searchable; ``document`` is its number in ``db``."""
    for start, end, modality in statements:
        at = db.execute("INSERT INTO passage VALUES (NULL, ?, ?, ?, ?)", (document, start, end, modality)).lastrowid
        db.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (at, text[start:end]))
