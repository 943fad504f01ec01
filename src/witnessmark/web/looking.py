"""Pages that show: each takes the request's context and gives an answer. They read; what changes something is in ``deciding``."""

from __future__ import annotations

import datetime as dt
import functools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

import witnessmark
from witnessmark.errors import UsageError
from witnessmark.model import Candidate, PlaceValue, Span
from witnessmark.vocabulary import terms
from witnessmark.web.context import Context
from witnessmark.web.marking import field_items, reader

if TYPE_CHECKING:
    from witnessmark.desk.overview import Bin, Box
    from witnessmark.desk.pages import ClaimView, FieldView, QueueItem, StatedPattern

BESIDE = 6
"""Values of other sources shown beside the one that is asked about."""

LONGEST = 10**9
"""No text has as many characters."""

TIMELINE = (1000.0, 84.0)
"""Width and height of the timeline in its own units."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the timeline as it is drawn: sure incidents below, spread ones on top."""

    x: float
    width: float
    sure: float
    spread: float
    bin: Bin


def filter_of(query: QueryParams) -> witnessmark.Filter:
    """The filter that the address asks for; what cannot be read is left out."""
    return witnessmark.Filter(
        acts=tuple(query.getlist("act")),
        countries=tuple(query.getlist("country")),
        states=tuple(query.getlist("state")),
        first=_day(query.get("from", "")),
        last=_day(query.get("to", "")),
        box=_box(query.get("view", "")) if query.get("within") else None,
        lane=query.get("lane", "") if query.get("lane") in ("undated", "unplaced") else "",
        contradicted=query.get("contradicted") == "1",
    )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _box(text: str) -> Box | None:
    """South, west, north, east with commas between."""
    try:
        south, west, north, east = (float(v) for v in text.split(","))
    except ValueError:
        return None
    return (south, west, north, east) if -90 <= south < north <= 90 and -360 <= west < east <= 360 else None


def case(context: Context) -> Response:
    """The case page: map, timeline, counts, contradictions, incidents, what to do next."""
    query = context.query
    wanted = filter_of(query)
    shown = context.shown
    found = shown.overview(wanted, _box(query.get("view", "")))
    order = query.get("order", "date")
    order = order if order in ("date", "killed", "contradictions") else "date"
    page = context.number("page")
    cells = [
        [
            c.latitude,
            c.longitude,
            c.count,
            c.radius,
            c.contradicted,
            -1 if c.n is None else c.n,
            int(c.gathered),
            context.words.settlement(c.place, c.adm1, c.country),
        ]
        for c in found.cells
    ]
    plain = witnessmark.Filter() == wanted
    begins = plain and not page and shown is context.desk
    return context.page(
        "case.html.j2",
        found=found,
        wanted=wanted,
        cells=json.dumps(cells, separators=(",", ":")),
        box=",".join(f"{v:.4f}" for v in found.box) if found.box else "",
        bars=_bars(found.bins),
        size=TIMELINE,
        most=round(max((b.sure + b.spread for b in found.bins), default=0)),
        rows=shown.listed(wanted, order=order, page=page),
        order=order,
        filtered=str(QueryParams([(k, v) for k, v in query.multi_items() if v and k not in ("page", "order", "rev")])) if not plain else "",
        page=page,
        contradictions=shown.contradictions(size=3) if plain and not page else [],
        plain=plain,
        next=context.desk.queue(reviewer=context.user.name, size=1) if begins else [],
        disputed=len(context.desk.queue(reviewer=context.user.name, mode="disputed", size=100)) if begins else 0,
    )


def _bars(bins: tuple[Bin, ...]) -> list[Bar]:
    if not bins:
        return []
    width, height = TIMELINE
    most = max(b.sure + b.spread for b in bins) or 1.0
    step = width / len(bins)
    return [
        Bar(round(i * step, 2), round(step * 0.86, 2), round(b.sure / most * height, 2), round(b.spread / most * height, 2), b)
        for i, b in enumerate(bins)
    ]


def by_number(context: Context, n: str) -> Response:
    """From a point of the map to its incident."""
    number = int(n) if re.fullmatch(r"\d{1,9}", n) else -1
    back = f"?rev={context.revision}" if context.revision else ""
    return RedirectResponse(f"/incident/{context.shown.incident_number(number).identifier}{back}", status_code=303)


def incident(context: Context, identifier: str) -> Response:
    """One incident: its claims side by side, why they were merged, its contradictions."""
    start = context.number("claims")
    page = context.shown.incident(identifier, start=start)
    labels = {claim: _letters(n) for n, claim in enumerate(page.record.claims)}
    return context.page(
        "incident.html.j2", page=page, labels=labels, fields=_compared(page.claims), former=identifier != page.record.identifier, start=start,
        claims_url=lambda at: context.here(claims=at or None),
    )  # fmt: skip


def _letters(n: int) -> str:
    """A, B, ... Z, AA, AB, ..."""
    return (_letters(n // 26 - 1) if n >= 26 else "") + chr(65 + n % 26)


def _compared(claims: tuple[ClaimView, ...]) -> list[tuple[str, list[list[FieldView]]]]:
    """Field by field, what each claim says: the rows of the comparison."""
    names = ("act", "date", "place", "killed", "injured", "perpetrator", "munitions", "objects", "breakdown", "aftermath", "speaker")
    rows = [(name, [[f for f in c.fields if f.field == name] for c in claims]) for name in names]
    return [(name, cells) for name, cells in rows if any(cells)]


def document(context: Context, identifier: str) -> Response:
    """The reader: the document with its statements, and the values beside it."""
    find = context.query.get("find", "")[:200]
    page = context.shown.document(identifier, at=context.number("at", most=LONGEST), find=find)
    text = reader(page, witnessmark.reading(page), context.settings.language)
    kinds: dict[str, int] = {}
    for said in page.statements:
        kinds[said.modality] = kinds.get(said.modality, 0) + 1
    part = page.section
    beside = {"prev": part.start - 1 if part.number else None, "next": part.end if part.number + 1 < part.count else None}
    return context.page(
        "document.html.j2", page=page, text=text, kinds=kinds, field_items=field_items, find=find,
        beside={rel: context.here(at=at) for rel, at in beside.items() if at is not None}, found_url=lambda at: f"{context.here(at=at)}#at{at}",
    )  # fmt: skip


def original(context: Context, identifier: str) -> Response:
    """The archived bytes, as a download: what was captured is never shown as a page of ours."""
    record = context.desk.document(identifier).record
    headers = {
        "Content-Disposition": f'attachment; filename="{record.capture[:16]}.bin"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return Response(context.desk.original(record.capture), media_type="application/octet-stream", headers=headers)


def documents(context: Context) -> Response:
    """The documents, those with claims first."""
    page = context.number("page")
    return context.page("documents.html.j2", rows=context.shown.documents(page), page=page, totals=context.shown.totals)


def contradictions(context: Context) -> Response:
    """Contradictions, those of the gravest incidents first."""
    page = context.number("page")
    return context.page("contradictions.html.j2", rows=context.shown.contradictions(page), page=page)


def contradiction(context: Context, identifier: str) -> Response:
    """One contradiction in two columns, the claims aligned field by field."""
    found = context.shown.contradiction(identifier)
    claims = tuple(context.shown.claim(c) for c in found.record.claims[:2])
    return context.page("contradiction.html.j2", found=found, claims=claims, fields=_compared(claims), item=None, blind=False)


def value(context: Context, claim: str, field: str, start: str) -> Response:
    """Why a value is what it is, and the place to decide on it."""
    return _value(context, claim, field, int(start) if start.isdecimal() else None, None)


def _value(context: Context, claim: str, field: str, start: int | None, item: QueueItem | None) -> Response:
    shown = context.shown
    view = shown.claim(claim)
    meant = next((f for f in view.fields if f.key == (claim, field, start)), None)
    if meant is None:
        raise UsageError("WM004", field, origin=claim)
    span = meant.mention.span
    words = shown.context(meant.document, span) if span else None
    others = [c for c in shown.incident(view.incident).claims if c.record.identifier != claim] if view.incident else []
    return context.page(
        "value.html.j2", view=view, meant=meant, where=shown.incident_of(claim), sources={c.record.document: c.document for c in others},
        beside=[f for c in others for f in c.fields if f.field == field and not f.alternative][:BESIDE], words_around=words, standing=meant.standing, item=item, choices=_choices(context, field),
        candidate=functools.partial(_candidate, meant.mention.quote), reading=functools.partial(_reading, context, field, meant.mention.quote), blind=bool(item and item.blind), mode=context.query.get("mode", "first"), skip=context.query.get("skip", ""),
    )  # fmt: skip


def _candidate(quote: str, field: str, reading: object) -> str:
    """A candidate (or the value itself) as its field's form takes it; empty where it cannot be chosen as it is."""
    if field == "act":
        return str(getattr(reading, "label", reading))
    if field != "place":
        return ""
    if isinstance(reading, PlaceValue):
        return f"{reading.name}#{reading.gazetteer_id}"
    reference = getattr(reading, "reference", None)
    names = (str(getattr(reading, "label", "")).split(" (")[0].split(",")[0], quote)
    return next((f"{name}#{reference}" for name in names if reference and witnessmark.places_named(f"{name}#{reference}")), "")


def _reading(context: Context, field: str, quote: str, candidate: Candidate) -> str:
    """A reading that was considered, in words."""
    if field == "act":
        return context.words.term("act", candidate.label)
    chosen = _candidate(quote, field, candidate) if field == "place" else ""
    found = witnessmark.places_named(chosen) if chosen else []
    return context.words.place(found[0]) if found else candidate.label


def _choices(context: Context, field: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """The closed lists that a corrected value of ``field`` is chosen from."""
    lists = {"act": ("act",), "aftermath": ("aftermath",), "munitions": ("weapon", "effect"), "objects": ("object",)}
    language = context.settings.language
    return [(name, [(t.identifier, t.label(language)) for t in terms(name)]) for name in lists.get(field, ())]


def queue(context: Context) -> Response:
    """The next thing to decide."""
    mode = context.query.get("mode", "first")
    skip = [int(n) for n in context.query.get("skip", "").split(",") if re.fullmatch(r"\d{1,9}", n)][-500:]
    found = context.desk.queue(reviewer=context.user.name, mode=mode, skip=skip, size=1)
    if not found:
        return context.page("queue_empty.html.j2", mode=mode, skip=skip)
    item = found[0]
    if item.kind == "merge":
        return merge(context, item)
    if item.kind == "contradiction":
        view = context.desk.contradiction(item.subject)
        claims = tuple(context.desk.claim(c) for c in view.record.claims[:2])
        return context.page("contradiction.html.j2", found=view, claims=claims, fields=_compared(claims), item=item, blind=item.blind)
    return _value(context, item.subject, item.field, item.start, item)


def merge(context: Context, item: QueueItem) -> Response:
    """The weakest link of an incident: two claims side by side with what speaks for and against."""
    assert item.other is not None  # items of this kind have two subjects
    claims = (context.desk.claim(item.subject), context.desk.claim(item.other))
    page = context.desk.incident(claims[0].incident)
    pair = {item.subject, item.other}
    reason = next((r for r in page.record.reasons if {r.left, r.right} == pair), None)
    return context.page("merge.html.j2", claims=claims, fields=_compared(claims), reason=reason, item=item, page=page)


def patterns(context: Context) -> Response:
    """Stated patterns with their verdicts."""
    return context.page("patterns.html.j2", found=_patterns(context))


def _patterns(context: Context) -> list[StatedPattern] | None:
    """The patterns of the page's revision; those of the present tables are tested once."""
    shown = context.shown
    return (context.desk if shown.snapshot == context.desk.snapshot else shown).patterns()


def chart(context: Context, n: str) -> Response:
    """The chart of a pattern. It carries its own colours, which the policy of this answer allows and that of pages does not."""
    found = _patterns(context) or []
    if not re.fullmatch(r"\d{1,6}", n) or int(n) >= len(found) or not found[int(n)].chart:
        raise UsageError("WM001", origin=n[:20])
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
    return Response(found[int(n)].chart, media_type="image/svg+xml", headers=headers)


def history(context: Context) -> Response:
    """Every step, newest first."""
    start = context.number("before") or None
    steps = context.desk.history(start=start, revision=context.revision)
    return context.page("history.html.j2", steps=steps, older=steps[-1].position if steps and steps[-1].position > 0 else None)


def difference(context: Context) -> Response:
    """What happened between two revisions."""
    now = context.desk.revision
    first, last = context.number("first", max(1, now - 1)), context.number("last", now)
    return context.page("difference.html.j2", found=context.desk.difference(first, last))


def search(context: Context) -> Response:
    """Search over the words of all statements; an id leads to its record."""
    query = context.query
    text = query.get("q", "")[:300]
    shown = context.shown
    meant = shown.find(text.strip()) if text else None
    back = f"?rev={context.revision}" if context.revision and context.dated else ""
    if meant and meant[0] in ("incident", "document", "contradiction"):
        return RedirectResponse(f"/{meant[0]}/{meant[1]}{back}", status_code=303)
    if meant and meant[0] == "claim":
        return RedirectResponse(f"/incident/{shown.incident_id_of(meant[1])}{back}#{meant[1]}", status_code=303)
    page = context.number("page")
    chosen = {name: query.get(name, "")[:40] for name in ("modality", "language")}
    found = shown.search(text, modality=chosen["modality"], language=chosen["language"], page=page)
    hits = [(hit, shown.context(hit.document, Span(hit.start, hit.end))) for hit in found.hits]
    return context.page("search.html.j2", text=text, found=found, hits=hits, page=page, chosen=chosen)


def review(context: Context) -> Response:
    """How the review stands: who decided what, and how far reviewers agree."""
    return context.page("review.html.j2", agreements=context.shown.agreement(), decisions=context.shown.decisions[-50:][::-1])


def keys(context: Context) -> Response:
    """The keys, and how to turn them off."""
    return context.page("keys.html.j2")


def computing(context: Context) -> Response:
    """How computing anew stands; the script looks here while it runs."""
    return context.page("computing.html.j2")


def places(context: Context) -> Response:
    """Places of a name, for the field of a corrected place."""
    found = witnessmark.places_named(context.query.get("name", "")[:200])
    return context.json([[f"{v.name}#{v.gazetteer_id}", context.words.place(v)] for v in found])


PAGES: Mapping[str, Callable[..., Response]] = {
    "/": case,
    "/i/{n}": by_number,
    "/incident/{identifier}": incident,
    "/document/{identifier}": document,
    "/document/{identifier}/original": original,
    "/documents": documents,
    "/contradictions": contradictions,
    "/contradiction/{identifier}": contradiction,
    "/value/{claim}/{field}/{start}": value,
    "/queue": queue,
    "/patterns": patterns,
    "/pattern/{n}/chart": chart,
    "/history": history,
    "/difference": difference,
    "/search": search,
    "/review": review,
    "/keys": keys,
    "/places": places,
    "/job": computing,
}
"""Address of each page."""
