"""What the policy asks for each incident, decided once for all its claims: is it under embargo, was a sensitive object hit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from witnessmark.model import Document, IncidentClaim, SeriesClaim
from witnessmark.publish.redaction.policy import Policy
from witnessmark.publish.redaction.times import last_day, under_embargo
from witnessmark.publish.view import AnyMention, CaseView


@dataclass(frozen=True, slots=True)
class Flags:
    """``embargoed``: place and time are coarse and no words are shown. ``sensitive``: the place is never finer than a district."""

    embargoed: bool = False
    sensitive: bool = False

    @property
    def level(self) -> str:
        """How fine a place may be: settlement, adm3 or adm1."""
        return "adm1" if self.embargoed else "adm3" if self.sensitive else "settlement"


@dataclass(frozen=True, slots=True)
class Decided:
    """Flags by claim, incident and series id; ``fresh`` are documents that tell of something under embargo, ``silent`` those that show no
    words: the fresh ones, or all."""

    claims: Mapping[str, Flags]
    incidents: Mapping[str, Flags]
    series: Mapping[str, Flags]
    fresh: frozenset[str]
    silent: frozenset[str]


def day_of(view: CaseView) -> dt.date:
    """The day that the embargo is counted from when none is named: that of the last capture, so that a re-run gives the same bytes.

    Without captures it is the last day of publication, and the first day there is without any.
    """
    if view.captured:
        return max(view.captured.values()).date()
    days = [d.published.value.latest for d in view.documents if d.published is not None]
    return max(days, default=dt.date.min)


def decide(view: CaseView, policy: Policy, as_of: dt.date) -> Decided:
    """The flags of every record of ``view``."""
    documents = view.document_by_id
    claims: dict[str, Flags] = {}
    incidents: dict[str, Flags] = {}
    for incident in view.incidents:
        members = view.claims_of(incident)
        found = Flags(
            any(_fresh(c, documents[c.document], view, policy, as_of) for c in members),
            any(m.value.kind in policy.sensitive for c in members for m in _objects(c)),
        )
        incidents[incident.identifier] = found
        claims.update((c.identifier, found) for c in members)
    for claim in view.claims:
        if claim.identifier not in claims:
            sensitive = any(m.value.kind in policy.sensitive for m in _objects(claim))
            claims[claim.identifier] = Flags(_fresh(claim, documents[claim.document], view, policy, as_of), sensitive)
    series = {s.identifier: Flags(_fresh(s, documents[s.document], view, policy, as_of)) for s in view.series}
    fresh = {c.document for c in view.claims if claims[c.identifier].embargoed}
    fresh |= {s.document for s in view.series if series[s.identifier].embargoed}
    return Decided(claims, incidents, series, frozenset(fresh), frozenset(fresh if policy.quotes == "redacted" else documents))


def _objects(claim: IncidentClaim) -> list[AnyMention]:
    others = [m for name, m in claim.alternatives if name == "objects"]
    return [*claim.objects, *others]


def _fresh(record: IncidentClaim | SeriesClaim, document: Document, view: CaseView, policy: Policy, as_of: dt.date) -> bool:
    published = document.published.value.latest if document.published is not None else None
    captured = view.captured.get(document.capture)
    day = last_day(record.date.value if record.date is not None else None, published, captured.date() if captured else None)
    return under_embargo(day, as_of, policy.embargo_days)
