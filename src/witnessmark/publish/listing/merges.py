"""Why two claims, or the claims of two incidents, were merged or kept apart."""

from __future__ import annotations

from witnessmark.errors import UsageError
from witnessmark.incidents.explaining import Evidence, evidence
from witnessmark.incidents.wording import wording_of
from witnessmark.model import Incident, IncidentClaim
from witnessmark.publish.listing.explaining import HasView
from witnessmark.publish.listing.records import find
from witnessmark.publish.listing.shapes import Cell, Grid, Listing
from witnessmark.publish.view import REVIEW_LABEL, CaseView

_MOST = 20
"""Pairs of claims that are looked at between two incidents; the strongest evidence is shown."""


def explain_merge(case: HasView, one: str, other: str) -> Listing:
    """The evidence for and against ``one`` and ``other`` (claims or incidents) being of one incident, as a waterfall that adds up.

    Between two incidents the pair of claims with most evidence is shown.

    Raises:
        UsageError: WM001 for an unknown id, WM033 for the same record twice or a record that is no claim or incident.
    """
    view = case.view()
    left, right = _claims(view, one), _claims(view, other)
    pairs = [(a, b) for a in left for b in right if a.identifier != b.identifier][:_MOST]
    if not pairs:
        raise UsageError("WM033", origin=f"{one} {other}")
    found = max((_evidence(view, a, b) for a, b in pairs), key=lambda e: (not e.barriers, e.weight))
    return _listing(view, found)


def _claims(view: CaseView, identifier: str) -> tuple[IncidentClaim, ...]:
    record = find(view, identifier)
    if isinstance(record, Incident):
        return view.claims_of(record)
    if isinstance(record, IncidentClaim):
        return (record,)
    raise UsageError("WM033", origin=identifier)


def _evidence(view: CaseView, a: IncidentClaim, b: IncidentClaim) -> Evidence:
    documents = {d: view.document_by_id[d] for d in (a.document, b.document)}
    return evidence(
        a,
        b,
        claims=[c for c in view.claims if c.document in documents],
        wordings={name: wording_of(document) for name, document in documents.items()},
        published={name: d.published.value.latest if d.published else None for name, d in documents.items()},
    )


def _listing(view: CaseView, found: Evidence) -> Listing:
    rows = tuple(
        (
            Cell(s.about),
            Cell(f"“{s.left}”" if s.left else ""),
            Cell(f"“{s.right}”" if s.right else ""),
            Cell(f"{s.weight:+.1f}"),
            Cell(f"{s.sum:+.1f}"),
        )
        for s in found.steps
    )
    grid = Grid(f"{found.left} and {found.right}", ("evidence", "the one", "the other", "weight", "sum"), rows)
    together = view.incident_of_claim[found.left].identifier == view.incident_of_claim[found.right].identifier
    basis = "what the reports share in words and what their main incidents state" if found.basis == "story" else "what the two claims state"
    notes = [f"compared by {basis}; weights are in bits (log2 of the odds)"]
    notes += [f"kept apart whatever the weight: {barrier}" for barrier in found.barriers]
    notes.append(f"by themselves: {found.verdict}, chance {found.chance:.0%}")
    incident = view.incident_of_claim[found.left].identifier
    notes.append(f"in this case: merged into {incident}" if together else "in this case: two incidents")
    if together and found.verdict != "same":
        notes.append("other claims of the incident, or a person's decision, link the two: 'witnessmark show' lists the links")
    return Listing(f"Why {found.left} and {found.right} ({REVIEW_LABEL})", (grid,), (), tuple(notes))
