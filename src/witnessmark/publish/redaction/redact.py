"""From an internal view to one that may leave: the only way there is."""

from __future__ import annotations

import datetime as dt
import functools
import gc
import hashlib
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

from witnessmark.errors import CATALOGUE
from witnessmark.model import Document, IncidentClaim, Mention, OffsetMap, Part, Problem, Span, Statement
from witnessmark.publish.check import check
from witnessmark.publish.redaction.assessments import told, weigh
from witnessmark.publish.redaction.audiences import KEY, PublicView, RestrictedView
from witnessmark.publish.redaction.flags import Decided, day_of, decide
from witnessmark.publish.redaction.links import published_link, published_publisher
from witnessmark.publish.redaction.passages import Rewritten, joined
from witnessmark.publish.redaction.plain import closed, closed_or_none, hexadecimal, identifier, language, producer
from witnessmark.publish.redaction.policy import Policy
from witnessmark.publish.redaction.records import Records
from witnessmark.publish.redaction.texts import SILENT, Rewriter, Texts, rewrite_texts
from witnessmark.publish.redaction.times import coarsened
from witnessmark.publish.view import CaseView, LedgerHead, Review

T = TypeVar("T")


def redact(given: CaseView | Callable[[], CaseView], policy: Policy, *, as_of: dt.date | None = None) -> PublicView | RestrictedView:
    """The view ``given`` with everything taken out that ``policy`` withholds.

    A case of 100,000 incidents takes a gigabyte: where a function is given, the view that it gives is let go of record by record as the
    redacted ones are made, so that both are never there at once. Whoever gives it keeps no hold of the view.

    ``as_of`` is the day that the embargo is counted from; without it the day of the last capture, so that the same case gives the same
    publication at any time.

    Raises:
        TypeError: when the view went through a redactor before.
        IntegrityError: WM304 or WM308 when a quote does not match its source.
    """
    view = given() if callable(given) else given
    del given
    if view.audience != "internal":
        raise TypeError("only an internal view can be redacted")
    check(view)
    day = as_of if as_of is not None else day_of(view)
    with no_collection():
        decided = decide(view, policy, day)
        texts = rewrite_texts(view, policy, decided)
        assessed = weigh(view, decided)
        parts = _Parts.of(view)
        del view
        records = _records(parts, policy, decided, texts)
        texts.rewritten.clear()  # a quarter of a gigabyte in a case of 100,000 incidents, which nobody needs any more
        assessments = told(assessed, records)
    kind = PublicView if policy.public else RestrictedView
    check(records)
    return kind(records, policy, day, dict(sorted((+texts.withheld).items())), assessments, KEY)


@contextmanager
def no_collection() -> Iterator[None]:
    """No search for cycles meanwhile: records have none, and looking through millions of them again and again takes a good part of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@dataclass
class _Parts:
    """An internal view taken apart: what is many is taken out of the queues one by one, ``rest`` holds the others."""

    documents: deque[Document]
    statements: deque[tuple[str, tuple[Statement, ...]]]
    claims: deque[IncidentClaim]
    rest: CaseView

    @classmethod
    def of(cls, view: CaseView) -> _Parts:
        rest = replace(view, documents=(), statements={}, claims=())
        return cls(deque(view.documents), deque(view.statements.items()), deque(view.claims), rest)


def _each(items: deque[T]) -> Iterator[T]:
    """The items in order, none of which is held any longer than it is looked at."""
    while items:
        yield items.popleft()


def _records(parts: _Parts, policy: Policy, decided: Decided, texts: Texts) -> CaseView:
    view = parts.rest
    captured = _captured(view, parts.documents, decided)
    alone = Rewriter(policy, frozenset(), (), texts.common, frozenset(), texts.places, texts.names, {}, Counter())
    words = functools.lru_cache(maxsize=100_000)(lambda text: _cleaned(text, alone))
    make = Records(policy, decided, texts.rewritten, words, texts.withheld)
    contradictions = [make.contradiction(c) for c in view.contradictions]
    series = [make.series(s) for s in view.series]
    texts.withheld["contradictions without words"] += contradictions.count(None)
    texts.withheld["series without words"] += series.count(None)
    return CaseView(
        documents=tuple(_document(d, policy, decided, texts) for d in _each(parts.documents)),
        statements={identifier(d): tuple(make.statements(d, items)) for d, items in _each(parts.statements)},
        claims=tuple(make.claim(c) for c in _each(parts.claims)),
        series=tuple(s for s in series if s is not None),
        incidents=tuple(make.incident(i) for i in view.incidents),
        contradictions=tuple(c for c in contradictions if c is not None),
        problems=tuple(_problem(p) for p in view.problems if p.code in CATALOGUE),
        totals=view.totals,
        ledger=LedgerHead(view.ledger.size, hexadecimal(view.ledger.root)),
        producer=producer(view.producer),
        audience=policy.audience,
        reviews={identifier(name): _enough(review, policy) for name, review in view.reviews.items()},
        captured=captured,
        open_below=view.open_below,
    )


def _enough(review: Review, policy: Policy) -> Review:
    """``review``, which counts only when as many persons decided as the policy asks for."""
    return replace(review, reviewed=review.reviewed and review.persons >= policy.persons)


def _captured(view: CaseView, documents: Iterable[Document], decided: Decided) -> dict[str, dt.datetime]:
    """When each original was captured; not told for documents under embargo, whose capture gives their time away."""
    fresh = {d.capture for d in documents if d.identifier in decided.fresh}
    return {capture: when for capture, when in view.captured.items() if capture not in fresh and hexadecimal(capture)}


def _cleaned(text: str, rewriter: Rewriter) -> str:
    """Words that stand alone ("dozens", a party's name), rewritten like a passage."""
    made = Rewritten(text, [Span(0, len(text))] if text else [], lambda words, _: joined(rewriter(words, -1)))
    return made.text


def _problem(item: Problem) -> Problem:
    """The problem without the input that it concerns: names of files and addresses stay in the house."""
    return Problem(item.code, CATALOGUE[item.code].cause, "")


def _document(item: Document, policy: Policy, decided: Decided, texts: Texts) -> Document:
    text = texts.rewritten[item.identifier]
    fresh = item.identifier in decided.fresh
    words = SILENT if text is None else text.text
    head = text.span(item.headline) if text is not None and item.headline is not None else None
    published = item.published
    if published is not None:
        value = coarsened(published.value) if fresh else published.value
        published = Mention(replace(value, clock=None, part_of_day=None), None, "", "", published.score)
    return Document(
        identifier=identifier(item.identifier),
        capture=hexadecimal(item.capture),
        item="",
        text=words,
        text_version=hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest(),
        parts=tuple(_parts(words, head)),
        language=language(item.language),
        status=closed("status", item.status, "partial"),
        encoding="",
        encoding_basis=closed("encoding_basis", item.encoding_basis, ""),
        origin="" if fresh else published_link(item, policy, texts.names),
        publisher=published_publisher(item, texts.names) if policy.names == "withhold" else item.publisher,
        publisher_type=closed_or_none("source_type", item.publisher_type),
        published=published,
        published_basis=closed_or_none("basis", item.published_basis),
        offsets=OffsetMap(),
        problems=tuple(_problem(p) for p in item.problems if p.code in CATALOGUE),
    )


def _parts(words: str, head: Span | None) -> list[Part]:
    rest = head.end if head is not None else 0
    parts = [Part("headline", head)] if head is not None else []
    return parts + ([Part("body", Span(rest, len(words)))] if rest < len(words) else [])
