"""The tables of a whole case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from witnessmark.model import Contradiction, Document, Incident, SeriesClaim, TollRange
from witnessmark.publish import consensus, wording
from witnessmark.publish.assessing import can_be_tested
from witnessmark.publish.listing.shapes import Cell, Grid, Listing
from witnessmark.publish.view import REVIEW_LABEL, AnyMention, CaseView
from witnessmark.vocabulary import label

QUOTE = 90
"""Characters of a quote in a table."""

NOT_STATED = Cell(wording.NOT_STATED.text, wording.NOT_STATED.state)


def flat(text: str, limit: int = QUOTE) -> str:
    """``text`` on one line, cut at ``limit`` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def cell(mention: AnyMention | None, field: str = "") -> Cell:
    """A value as a cell."""
    if mention is None:
        return NOT_STATED
    words = wording.value_words(mention.value, field)
    return Cell(words.text, words.state, words.detail)


def cells(mentions: Iterable[AnyMention], field: str = "") -> Cell:
    """Several values as one cell, the same words once."""
    texts = dict.fromkeys(wording.value_words(m.value, field).text for m in mentions)
    return Cell("; ".join(texts), "stated") if texts else NOT_STATED


def toll(view: CaseView, incident: Incident, name: str) -> Cell:
    """A toll with its range and the claims that give the bounds."""
    held: TollRange = getattr(incident, name)
    state = consensus.state(view, incident, name)
    if held.low is None and held.high is None:
        vague = ", ".join(f"“{v}”" for v in dict.fromkeys(held.vague))
        return Cell(vague if state == "vague" else state.replace("_", " "), state)
    ends = [b for b in (held.low, held.high) if b is not None]
    text = "–".join(dict.fromkeys(wording.count(b.value) for b in ends))
    note = "" if len(incident.claims) == 1 else ", ".join(dict.fromkeys(b.claim for b in ends))
    if held.high is None:
        text = f"at least {text}"
    return Cell(text, "zero" if text == "0" else "stated", note)


def parties(view: CaseView, incident: Incident) -> Cell:
    """The parties named, each with how it is named."""
    found = consensus.every(view, incident, "perpetrator")
    if not found:
        return NOT_STATED
    said = {wording.actor(m.value).text: m.modality for _, m in found}
    return Cell("; ".join(said), "stated", ", ".join(dict.fromkeys(label("modality", m) for m in said.values())))


def _incident_row(view: CaseView, item: Incident) -> tuple[Cell, ...]:
    date, place = consensus.field(view, item, "date"), consensus.field(view, item, "place")
    munitions = (m for _, m in consensus.every(view, item, "munitions"))
    return (
        Cell(item.identifier),
        cell(date[1] if date else None),
        cell(place[1] if place else None),
        Cell(wording.act(item.act).text, wording.act(item.act).state),
        cells(munitions),
        toll(view, item, "killed"),
        toll(view, item, "injured"),
        parties(view, item),
        Cell(wording.count(len(item.claims))),
    )


def measure(item: SeriesClaim) -> Cell:
    """The figure of a series with unit, period and trend."""
    words = wording.quantity(item.quantity)
    change = item.comparator == "times"  # a factor is no rate: "3 times as many attacks"
    unit = f"as many {label('unit', item.unit)}" if change else label("unit", item.unit)
    unit += f" per {item.rate_period}" if item.rate_period and not change else ""
    trend = "" if item.trend == "none" else f"trend: {label('trend', item.trend)}"
    if item.quantity is None:
        counted = f"not counted, every {item.rate_period}" if item.rate_period else words.text
        arms = ", ".join(dict.fromkeys(wording.value_words(m.value, "munitions").text for m in item.munitions))
        detail = label("unit", item.unit) + (f"; with {arms}" if arms else "")
        return Cell(trend or counted, "stated" if trend else words.state, detail)
    return Cell(f"{words.text} {unit}", words.state, trend)


def series_places(item: SeriesClaim) -> Cell:
    """The places that the words name for a series."""
    named = [p for p in (item.place, *item.places_also) if p is not None]
    return cells(named, "place") if len(named) > 1 else cell(item.place)


def _series_row(view: CaseView, item: SeriesClaim) -> tuple[Cell, ...]:
    quote = Cell(f"“{flat(_sentence(view, item))}”")
    return Cell(item.identifier), quote, measure(item), series_places(item), cell(item.date), Cell(can_be_tested(view, item))


def _sentence(view: CaseView, item: SeriesClaim) -> str:
    """The statement around the words of a series, which may be a word or two."""
    text = view.document_by_id[item.document].text
    around = (s.span for s in view.statements.get(item.document, ()) if s.span.contains(item.span))
    return next(around, item.span).of(text)


def _contradiction_row(item: Contradiction) -> tuple[Cell, ...]:
    what = Cell(label("contradiction_field", item.field), "", label("contradiction_kind", item.kind))
    first, second = (Cell(f"“{flat(q, 60)}”") for q in item.quotes)
    return Cell(item.identifier), what, first, second, Cell(flat(item.note, 120))


def _document_row(view: CaseView, item: Document, claims: int) -> tuple[Cell, ...]:
    head = item.headline
    title = flat(head.of(item.text) if head else item.text[:200], 60)
    codes = ", ".join(dict.fromkeys(p.code for p in item.problems))
    return (
        Cell(item.identifier),
        Cell(item.status, "", codes),
        Cell(item.language),
        Cell(title),
        Cell(wording.count(len(view.statements.get(item.identifier, ())))),
        Cell(wording.count(claims)),
    )


def totals(view: CaseView) -> str:
    """The sum of the inputs in one line."""
    t = view.totals
    outcomes = " + ".join(f"{getattr(t, name)} {name}" for name in ("read", "partial", "empty", "blocked", "failed"))
    return f"{wording.plural(t.inputs, 'input')} = {outcomes}"


def overview(view: CaseView) -> Listing:
    """All tables of ``view``, incidents by date."""
    view = consensus.by_date(view)
    incidents = tuple(_incident_row(view, i) for i in view.incidents)
    series = tuple(_series_row(view, s) for s in view.series)
    contradictions = tuple(_contradiction_row(c) for c in view.contradictions)
    told = Counter(c.document for c in view.claims)
    documents = tuple(_document_row(view, d, told[d.identifier]) for d in view.documents)
    found = (
        wording.plural(view.statement_count, "statement"),
        wording.plural(len(incidents), "incident"),
        wording.plural(len(contradictions), "contradiction"),
        f"{wording.count(len(series))} series",
    )
    return Listing(
        heading=f"{', '.join(found)} ({REVIEW_LABEL})",
        grids=(
            Grid("Incidents", _INCIDENT_COLUMNS, incidents, "No incident was found."),
            Grid("Series: rates, totals, trends", ("id", "words", "figure", "place", "date", "test"), series, "No series was found."),
            Grid("Contradictions", ("id", "about", "one side", "other side", "why"), contradictions, "No contradiction was found."),
            Grid("Documents", ("id", "status", "language", "title", "statements", "incidents"), documents, "No document could be read."),
        ),
        closing=(*(p.message for p in view.problems), totals(view)),
    )


_INCIDENT_COLUMNS = ("id", "date", "place", "act", "munition", "killed", "injured", "alleged perpetrator", "claims")
