"""Search over the words of all statements, within a time that people wait; what was not finished is said, not guessed."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

LIMIT = 1.0
"""Seconds for the hits. After that, what was found is shown as partial (the rule of Datasette)."""

FACET_LIMIT = 0.2
"""Seconds for the counts; they are left out, with a note, when they take longer."""

PAGE = 25
COUNTED = 20_000
"""Hits that are counted and broken down at most; more are told as "more than"."""


@dataclass(frozen=True, slots=True)
class Part:
    """An index whose words are looked up, and the table there of the documents that count."""

    db: sqlite3.Connection
    documents: str = "document"


@dataclass(frozen=True, slots=True)
class Hit:
    """One statement. ``document`` is the number of its document."""

    document: str
    title: str
    publisher: str
    published: str
    start: int
    end: int
    modality: str


@dataclass(frozen=True, slots=True)
class Found:
    """``total`` hits, or at least so many where ``partial``. ``facets`` is None when counting took too long."""

    hits: tuple[Hit, ...]
    total: int
    partial: bool
    facets: Mapping[str, Mapping[str, int]] | None
    seconds: float


def expression(text: str) -> str:
    """What the user typed as a full-text query: every word has to occur, words in quotation marks as a phrase, ``word*`` as a beginning."""
    parts: list[str] = []
    for phrase, word in re.findall(r'"([^"]*)"|(\S+)', text):
        cleaned = " ".join(re.findall(r"[\w'’ʼ]+", phrase or word))
        if cleaned:
            parts.append('"' + cleaned.replace('"', "") + '"' + ("*" if word.endswith("*") else ""))
    return " ".join(parts)


def search(parts: Sequence[Part], text: str, *, modality: str = "", language: str = "", page: int = 0, limit: float = LIMIT) -> Found:
    """The statements that hold all words of ``text``, in the order of the documents of each part."""
    began = time.perf_counter()
    query = expression(text)
    if not query:
        return Found((), 0, False, {}, 0.0)
    values = [query, *(v for v in (modality, language) if v)]
    where = " AND p.modality = ?" * bool(modality) + " AND d.language = ?" * bool(language)
    asked = [
        (part.db, f"FROM words JOIN passage p ON p.n = words.rowid JOIN {part.documents} d ON d.n = p.document WHERE words MATCH ?{where}")
        for part in parts
    ]
    hits, partial = _hits(asked, values, page * PAGE, began + limit)
    facets, total, cut = _facets(asked, values)
    return Found(tuple(hits), max(total, page * PAGE + len(hits)), partial or cut, facets, time.perf_counter() - began)


def _hits(asked: Sequence[tuple[sqlite3.Connection, str]], values: list[str], skip: int, end: float) -> tuple[list[Hit], bool]:
    """One page of hits after the first ``skip``, and True when the time was up before they were all found."""
    columns = "d.id, COALESCE(d.title, ''), COALESCE(d.publisher, ''), COALESCE(d.published, ''), p.start, p.end, p.modality"
    hits: list[Hit] = []
    for db, joined in asked:
        if len(hits) == PAGE:
            break
        # Only the last part can be skipped into by the data base: how many hits an earlier one has is known when they were all seen.
        last = db is asked[-1][0]
        most, offset = (PAGE - len(hits), skip) if last else (skip + PAGE - len(hits), 0)
        try:
            with _limited(db, end - time.perf_counter()):
                seen = 0
                for row in db.execute(f"SELECT {columns} {joined} ORDER BY words.rowid LIMIT ? OFFSET ?", (*values, most, offset)):
                    seen += 1
                    if last or seen > skip:
                        hits.append(Hit(*row))
                skip = max(0, skip - seen)
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return hits, True
    return hits, False


def _facets(asked: Sequence[tuple[sqlite3.Connection, str]], values: list[str]) -> tuple[dict[str, dict[str, int]] | None, int, bool]:
    counts: dict[str, dict[str, int]] = {"modality": {}, "language": {}}
    total = 0
    end = time.perf_counter() + FACET_LIMIT
    try:
        for db, joined in asked:
            with _limited(db, end - time.perf_counter()):
                inner = f"SELECT p.modality m, COALESCE(d.language, '') l {joined} LIMIT {COUNTED + 1}"
                for modality, language, number in db.execute(f"SELECT m, l, COUNT(*) FROM ({inner}) GROUP BY m, l", values):
                    counts["modality"][modality] = counts["modality"].get(modality, 0) + number
                    counts["language"][language] = counts["language"].get(language, 0) + number
                    total += number
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return None, total, True
    ordered = {name: dict(sorted(c.items(), key=lambda pair: (-pair[1], pair[0]))) for name, c in counts.items()}
    return ordered, min(total, COUNTED), total > COUNTED


@contextmanager
def _limited(db: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """Interrupt what ``db`` does after ``seconds``."""
    end = time.monotonic() + seconds
    db.set_progress_handler(lambda: time.monotonic() > end, 2000)
    try:
        yield
    finally:
        db.set_progress_handler(None, 0)
