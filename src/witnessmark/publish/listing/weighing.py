"""What an incident's claims are worth together, as a listing: the tree of sources, the grade with its reasons, positions, the toll over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from witnessmark.assess.independence import Source
from witnessmark.assess.weighing import assess
from witnessmark.errors import UsageError
from witnessmark.incidents.relations import relations
from witnessmark.incidents.wording import wording_of
from witnessmark.model import Incident
from witnessmark.model.assessments import AsOf, Assessment, Origin, Telling
from witnessmark.publish import wording
from witnessmark.publish.listing.explaining import HasView
from witnessmark.publish.listing.records import find
from witnessmark.publish.listing.shapes import Cell, Grid, Listing
from witnessmark.publish.view import REVIEW_LABEL, CaseView

_HOW = {"own": "in its own voice", "quoted": "quotes", "unnamed": "names nobody", "copy": "copies"}
_CREDIBILITY = {1: "borne out by others", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable", 6: "cannot be judged"}


def assessment(case: HasView, identifier: str, *, reliability: Mapping[str, str] | None = None) -> Assessment:
    """The assessment of an incident of ``case``; ``reliability`` gives A to F by publisher.

    Raises:
        UsageError: WM001 for an unknown id, WM032 for a reliability that is none of A to F, WM033 for a record that is no incident.
    """
    return _assessed(case.view(), identifier, reliability or {})


def weigh(case: HasView, identifier: str, *, reliability: Mapping[str, str] | None = None) -> Listing:
    """:func:`assessment` as a listing.

    Raises:
        UsageError: as there.
    """
    view = case.view()
    found = _assessed(view, identifier, reliability or {})
    grade = f"{found.credibility} {_CREDIBILITY[found.credibility]}"
    rules = Grid(f"Credibility {grade}", ("rule", "because", "claims"), tuple(
        (Cell(r.rule), Cell(r.words), Cell(", ".join(r.claims))) for r in found.reasons))  # fmt: skip
    sources = Grid("Who is behind the claims", ("origin", "claim", "published", "how"), tuple(_tree(found)))
    grids = [sources, rules]
    if found.positions:
        grids.append(Grid("What parties say of their own part", ("claim", "stance", "party", "words"), tuple(
            (Cell(p.claim), Cell(p.stance.replace("_", " ")), Cell(p.party or "not named"), Cell(f"“{p.quote}”")) for p in found.positions)))  # fmt: skip
    grids += [Grid(f"{harm.capitalize()}, as known on each day", ("until", "least", "greatest", "newest claim"), tuple(_curve(curve)))
              for harm, curve in (("killed", found.killed), ("injured", found.injured)) if curve]  # fmt: skip
    related = tuple(_related(view, found.incident))
    grids += [Grid("How it relates to other records", ("record", "is", "of", "because"), related)] if related else []
    reliable = "; ".join(f"{publisher} {grade}" for publisher, grade in found.reliability)
    closing = [f"{found.independent} independent original {'speaker' if found.independent == 1 else 'speakers'}"]
    closing += [f"reliability of publishers, as set by you (F = cannot be judged): {reliable}"] if reliable else []
    if found.airwars is not None:
        closing.append(f"proposal on the scale of Airwars, for a reviewer to confirm: {found.airwars[0]} ({found.airwars[1]})")
    return Listing(f"Incident {found.incident}, weighed ({REVIEW_LABEL})", tuple(grids), (), tuple(closing))


def _related(view: CaseView, incident: str) -> Iterator[tuple[Cell, ...]]:
    """Follow-ups among its claims, parts and wholes among incidents, totals that cover it."""
    days = {d.identifier: d.published.value.latest if d.published else None for d in view.documents}
    own = {incident, *next(i.claims for i in view.incidents if i.identifier == incident)}
    for found in relations(view.incidents, view.claim_by_id, view.series, published=days):
        if found.left in own or found.right in own:
            yield Cell(found.left), Cell(found.kind), Cell(found.right), Cell(found.reason)


def _assessed(view: CaseView, identifier: str, reliability: Mapping[str, str]) -> Assessment:
    record = find(view, identifier)
    if not isinstance(record, Incident):
        raise UsageError("WM033", "an incident is needed", origin=identifier)
    members = view.claims_of(record)
    sources = {}
    for name in {c.document for c in members}:
        document = view.document_by_id[name]
        day = document.published.value.latest if document.published else None
        sources[name] = Source(document.publisher, day, wording_of(document))
    return assess(record, view.claim_by_id, sources, contradictions=view.contradictions, reliability=reliability)


def _tree(found: Assessment) -> Iterator[tuple[Cell, ...]]:
    """The origins with their claims below them, copies below what they copy."""
    for origin in found.origins:
        yield (
            Cell(_name(origin)),
            Cell(wording.plural(len(origin.tellings), "claim")),
            Cell(""),
            Cell("" if origin.counts else "does not corroborate"),
        )
        for telling in origin.tellings:
            yield Cell("  └ copy" if telling.how == "copy" else "└ " + (telling.publisher or telling.document)), Cell(telling.claim), Cell(
                telling.published.isoformat() if telling.published else "not dated"), Cell(_how(telling))  # fmt: skip


def _name(origin: Origin) -> str:
    return f"“{origin.name}”" if origin.kind == "speaker" else origin.name


def _how(telling: Telling) -> str:
    if telling.how == "copy":
        return f"copies {telling.of} ({telling.resemblance:.0%} of the word sequences)"
    return f"{_HOW[telling.how]} “{telling.quote}”" if telling.quote else _HOW[telling.how]


def _curve(points: tuple[AsOf, ...]) -> Iterator[tuple[Cell, ...]]:
    for point in points:
        low, high = (str(n) if n is not None else "not stated" for n in (point.low, point.high))
        yield Cell(point.day.isoformat()), Cell(low), Cell(high), Cell(point.newest)
