"""One record with its words marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from witnessmark.errors import UsageError
from witnessmark.incidents.lineage import resolve
from witnessmark.model import Contradiction, Document, Incident, IncidentClaim, SeriesClaim, Span, Statement
from witnessmark.publish import wording
from witnessmark.publish.assessing import can_be_tested
from witnessmark.publish.listing.shapes import Cell, Grid, Listing, Passage, Piece
from witnessmark.publish.listing.whole import NOT_STATED, cell, cells, flat, measure, parties, series_places, toll
from witnessmark.publish.opening import LEFT_OPEN, left_open
from witnessmark.publish.view import REVIEW_LABEL, CaseView, Cited, citations, claim_fields
from witnessmark.vocabulary import label

Record = Incident | IncidentClaim | SeriesClaim | Contradiction | Document

_RANK = {"": 0, "evidence": 1, "clash": 2, "field": 3}


def find(view: CaseView, identifier: str) -> Record:
    """The record whose id is, or alone begins with, ``identifier``; a former id of an incident leads to the present one.

    Raises:
        UsageError: WM001 when there is none, or more than one.
    """
    records: list[Record] = [*view.incidents, *view.claims, *view.series, *view.contradictions, *view.documents]
    exact = [r for r in records if r.identifier == identifier]
    former = resolve(identifier, view.incidents) if not exact and identifier.startswith("i-") else None
    exact += [former] if former is not None else []
    found = exact or [r for r in records if identifier and r.identifier.startswith(identifier)]
    if len(exact) >= 1 or len(found) == 1:
        return found[0]
    raise UsageError("WM001", f"{len(found)} ids begin so" if found else "", origin=identifier)


def show(view: CaseView, identifier: str) -> Listing:
    """The listing of one record."""
    record = find(view, identifier)
    if isinstance(record, Incident):
        return _incident(view, record)
    if isinstance(record, IncidentClaim):
        return _claim(view, record)
    if isinstance(record, SeriesClaim):
        return _series(view, record)
    if isinstance(record, Contradiction):
        return _contradiction(view, record)
    return _document(view, record)


def _incident(view: CaseView, item: Incident) -> Listing:
    claims = view.claims_of(item)
    rows = [_field_row(title, claims, name) for name, title in FIELDS]
    rows = [r for r in rows if any(c is not NOT_STATED for c in r[1:]) or r[0].text in _ALWAYS]
    said = Grid(
        f"Incident {item.identifier}",
        ("field", "over all claims"),
        (
            (Cell("act"), Cell(wording.act(item.act).text)),
            (Cell("killed"), toll(view, item, "killed")),
            (Cell("injured"), toll(view, item, "injured")),
            (Cell("alleged perpetrator"), parties(view, item)),
        ),
    )
    side = Grid("Claims side by side", ("field", *(c.identifier for c in claims)), tuple(rows))
    passages = tuple(passage(view, d, {c.identifier for c in claims}) for d in dict.fromkeys(c.document for c in claims))
    reasons = tuple(f"{r.left} and {r.right} were held to be one event: weight {r.weight:+.1f} bits" for r in item.reasons)
    return Listing(f"Incident {item.identifier} ({REVIEW_LABEL})", (said, side), passages, reasons)


FIELDS = (
    ("document", "document"), ("modality", "said"), ("speaker", "by"), ("act", "act"), ("date", "date"), ("place", "place"),
    ("munitions", "munition"), ("objects", "what was hit"), ("killed", "killed"), ("injured", "injured"), ("breakdown", "of these"),
    ("aftermath", "aftermath"), ("perpetrator", "alleged perpetrator"), ("alternatives", "also said"),
)  # fmt: skip
"""The fields of a claim in the order in which they are shown, with their names for people."""

_ALWAYS = frozenset({"date", "place", "munition", "killed", "injured", "alleged perpetrator"})


def _field_row(title: str, claims: Iterable[IncidentClaim], name: str) -> tuple[Cell, ...]:
    return Cell(title), *(_field_cell(c, name) for c in claims)


def _field_cell(claim: IncidentClaim, name: str) -> Cell:
    held = getattr(claim, name)
    if name == "document":
        return Cell(claim.document)
    if name == "modality":
        return Cell(label("modality", claim.modality))
    if name == "speaker":
        return Cell(f"“{flat(claim.speaker.quote)}”") if claim.speaker else Cell("the document itself")
    if name == "alternatives":
        texts = [f"{field}: {wording.value_words(m.value, field).text}" for field, m in claim.alternatives]
        return Cell("; ".join(texts), "stated") if texts else NOT_STATED
    return cells(held, name) if isinstance(held, tuple) else cell(held, name)


def _claim(view: CaseView, item: IncidentClaim) -> Listing:
    rows = []
    for name, mention in claim_fields(item):
        words = wording.value_words(mention.value, name)
        at = f"{mention.span.start}..{mention.span.end}" if mention.span else "no words"
        how = label("modality", mention.modality)
        open_note = f"{LEFT_OPEN}, {mention.confidence:.2f}" if left_open(mention, view.open_below) else ""
        quote = Cell(f"“{flat(mention.quote)}”" if mention.span else "", "", at)
        rows.append(
            (
                Cell(name),
                Cell(words.text, words.state, "; ".join(filter(None, (words.detail, open_note)))),
                quote,
                Cell(how),
                Cell(mention.rule),
            )
        )
    grid = Grid(f"Claim {item.identifier}", ("field", "value", "words", "said", "read by"), tuple(rows))
    incident = view.incident_of_claim.get(item.identifier)
    closing = (f"Part of incident {incident.identifier}",) if incident else ()
    heading = f"Claim {item.identifier} in document {item.document}: {label('modality', item.modality)} ({REVIEW_LABEL})"
    return Listing(heading, (grid,), (passage(view, item.document, {item.identifier}),), closing)


def _series(view: CaseView, item: SeriesClaim) -> Listing:
    rows = (
        (Cell("figure"), measure(item)),
        (Cell("place"), series_places(item)),
        (Cell("munition"), cells(item.munitions, "munitions")),
        (Cell("scope"), Cell(f"“{flat(_scope(view, item))}”") if item.scope_note else NOT_STATED),
        (Cell("date"), cell(item.date)),
        (Cell("said"), Cell(label("modality", item.modality))),
        (Cell("by"), Cell(f"“{flat(item.speaker.quote)}”") if item.speaker else Cell("the document itself")),
        (Cell("read by"), Cell(item.rule)),
        (Cell("test"), Cell(can_be_tested(view, item))),
    )
    heading = f"Series {item.identifier} in document {item.document} ({REVIEW_LABEL})"
    return Listing(heading, (Grid("Series", ("field", "value"), rows),), (passage(view, item.document, {item.identifier}),))


def _scope(view: CaseView, item: SeriesClaim) -> str:
    return item.scope_note.of(view.document_by_id[item.document].text) if item.scope_note else ""


def _contradiction(view: CaseView, item: Contradiction) -> Listing:
    about = f"{label('contradiction_field', item.field)}, {label('contradiction_kind', item.kind)}"
    passages = tuple(passage(view, d, {item.identifier}) for d in dict.fromkeys(item.documents))
    closing = (item.note, *(f"Claim {c}" for c in item.claims))
    return Listing(f"Contradiction {item.identifier}: {about} ({REVIEW_LABEL})", (), passages, closing)


def _document(view: CaseView, item: Document) -> Listing:
    published = cell(item.published)
    rows = (
        (Cell("status"), Cell(item.status)),
        (Cell("origin"), Cell(item.origin)),
        (Cell("publisher"), Cell(item.publisher) if item.publisher else NOT_STATED),
        (Cell("published"), Cell(published.text, published.state, item.published_basis or "")),
        (Cell("language"), Cell(item.language)),
        (Cell("encoding"), Cell(item.encoding, "", item.encoding_basis)),
        (Cell("capture"), Cell(item.capture, "", "SHA-256")),
    )
    grid = Grid("Document", ("field", "value"), rows)
    owners = {c.identifier for c in view.claims} | {s.identifier for s in view.series}
    closing = tuple(p.message for p in item.problems)
    return Listing(f"Document {item.identifier} ({REVIEW_LABEL})", (grid,), (passage(view, item.identifier, owners, whole=True),), closing)


def passage(view: CaseView, document: str, owners: set[str], *, whole: bool = False) -> Passage:
    """The statements of ``document`` that hold words of ``owners``, marked; all of its text when ``whole``."""
    source = view.document_by_id[document]
    wanted = [c for c in citations(_only(view, document, owners)) if c.document == document]
    head = source.headline
    title = flat(head.of(source.text) if head else source.text[:200])
    lines = tuple(_lines(source, view.statements.get(document, ()), wanted, whole=whole))
    return Passage(f"{document}: {title}", lines)


def _only(view: CaseView, document: str, owners: set[str]) -> CaseView:
    return CaseView(
        documents=view.documents,
        claims=tuple(c for c in view.claims if c.identifier in owners),
        series=tuple(s for s in view.series if s.identifier in owners),
        contradictions=tuple(c for c in view.contradictions if c.identifier in owners and document in c.documents),
    )


def _lines(
    source: Document, statements: Sequence[Statement], cited: Sequence[Cited], *, whole: bool
) -> Iterator[tuple[str, tuple[Piece, ...]]]:
    at = 0
    for statement in statements:
        if whole and source.text[at : statement.span.start].strip():
            yield from (("", (Piece(line.strip()),)) for line in source.text[at : statement.span.start].split("\n") if line.strip())
        at = statement.span.end
        inside = [c for c in cited if c.span.overlaps(statement.span)]
        if inside or whole:
            yield label("modality", statement.modality), tuple(pieces(source.text, statement.span, inside))
    if whole:
        yield from (("", (Piece(line.strip()),)) for line in source.text[at:].split("\n") if line.strip())


def pieces(text: str, within: Span, cited: Sequence[Cited]) -> Iterator[Piece]:
    """The words of ``within`` cut at every mark; where marks lie over each other, words of a value win over the passage."""
    edges = {p for c in cited for p in (c.span.start, c.span.end) if within.start < p < within.end}
    points = sorted({within.start, within.end} | edges)
    for low, high in itertools.pairwise(points):
        over = [c for c in cited if c.span.start < high and low < c.span.end]
        kind = max((_kind(c) for c in over), key=_RANK.__getitem__, default="")
        ending = dict.fromkeys(c.field for c in over if c.span.end == high and _kind(c) == "field")
        yield Piece(text[low:high], kind, ", ".join(ending))


def _kind(cited: Cited) -> str:
    if cited.field.startswith("contradiction."):
        return "clash"
    return "evidence" if cited.field == "evidence" else "field"
