"""What the claims of an incident are worth together, as it may leave: weighed on the words as they were read, told in the words that are published.

Weighing afterwards would be wrong: two witnesses whose names were withheld would be one speaker, and documents without words copies of each other.
"""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from witnessmark.assess.independence import Source
from witnessmark.assess.weighing import assess
from witnessmark.incidents.wording.bags import Wording, sketched
from witnessmark.model import Contradiction, Document, Incident, IncidentClaim
from witnessmark.model.assessments import Assessment, Origin, Position, Reason, Telling
from witnessmark.publish.redaction.flags import Decided
from witnessmark.publish.redaction.lexicon import known_parties
from witnessmark.publish.redaction.plain import identifier
from witnessmark.publish.view import CaseView

UNNAMED = "a speaker who is not named here"
"""Stands for an original speaker whose words are withheld."""


Weighed = deque[tuple[Assessment, bool]]
"""Of each incident in order: what its claims are worth together, in the words as they were read, and whether it is under embargo."""


def weigh(view: CaseView, decided: Decided) -> Weighed:
    """What the claims of every incident of the internal ``view`` are worth together; it is not to leave before :func:`told`."""
    clashes: dict[str, list[Contradiction]] = {}
    for clash in view.contradictions:
        for name in dict.fromkeys(i.identifier for c in clash.claims if (i := view.incident_of_claim.get(c)) is not None):
            clashes.setdefault(name, []).append(clash)
    sketch = functools.cache(lambda name: sketched(view.document_by_id[name]))
    out: Weighed = deque()
    for item in view.incidents:
        found = assess(item, view.claim_by_id, _sources(view, item, sketch), contradictions=clashes.get(item.identifier, ()))
        out.append((found, decided.incidents[item.identifier].embargoed))
    return out


def told(found: Weighed, records: CaseView) -> dict[str, Assessment]:
    """The assessment of every incident of the redacted ``records`` by its id, in the words that are published; takes them out of ``found``."""
    shown = _Shown(records.claim_by_id, records.document_by_id, {(c.field, c.claims): c for c in records.contradictions})
    out = {}
    for item in records.incidents:
        assessment, embargoed = found.popleft()
        out[item.identifier] = _redacted(assessment, shown, embargoed=embargoed)
    return out


def _sources(view: CaseView, incident: Incident, sketch: Callable[[str], Wording]) -> dict[str, Source]:
    """What is known of the documents of ``incident``; their wording only where there are two to be held against each other."""
    names = {c.document for c in view.claims_of(incident)}
    documents = [view.document_by_id[n] for n in names]
    return {
        d.identifier: Source(
            d.publisher, d.published.value.latest if d.published else None, sketch(d.identifier) if len(names) > 1 else None
        )
        for d in documents
    }


@dataclass(frozen=True, slots=True)
class _Shown:
    """The published records: claims and documents by published id, contradictions by field and claims."""

    claims: Mapping[str, IncidentClaim]
    documents: Mapping[str, Document]
    contradictions: Mapping[tuple[str, tuple[str, ...]], Contradiction]


def _redacted(found: Assessment, shown: _Shown, *, embargoed: bool) -> Assessment:
    return replace(
        found,
        incident=identifier(found.incident),
        origins=tuple(_origin(o, shown) for o in found.origins),
        reasons=tuple(_reasons(found, shown)),
        reliability=(),
        positions=tuple(_position(p, shown) for p in found.positions),
        killed=() if embargoed else tuple(replace(p, newest=identifier(p.newest)) for p in found.killed),
        injured=() if embargoed else tuple(replace(p, newest=identifier(p.newest)) for p in found.injured),
    )


def _reasons(found: Assessment, shown: _Shown) -> Iterator[Reason]:
    """Reasons count and name claims; only those that rest on a contradiction hold words of sources, and these are looked up among the published ones."""
    for reason in found.reasons:
        claims = tuple(map(identifier, reason.claims))
        if not reason.rule.startswith("contradiction:"):
            yield Reason(reason.rule, reason.words, claims)
            continue
        name = reason.rule.removeprefix("contradiction:")
        same = shown.contradictions.get((name, claims))
        yield Reason(reason.rule, f"{name}: {same.note}" if same is not None and same.note else name, claims)


def _origin(item: Origin, shown: _Shown) -> Origin:
    tellings = tuple(_telling(t, shown) for t in item.tellings)
    if item.kind == "speaker":
        name = next((t.quote for t in tellings if t.quote), UNNAMED)
    elif item.kind == "outlet":
        name = tellings[0].publisher or tellings[0].document
    else:
        name = "someone who is not named"
    return Origin(name, item.kind, tellings)


def _telling(item: Telling, shown: _Shown) -> Telling:
    document = shown.documents[identifier(item.document)]
    claim = shown.claims.get(identifier(item.claim))
    said = claim.speaker.value if claim is not None and claim.speaker is not None and item.how == "quoted" else ""
    published = document.published.value.latest if document.published is not None else None
    return replace(
        item, claim=identifier(item.claim), document=document.identifier, publisher=document.publisher, published=published, quote=said,
        of=identifier(item.of) if item.of is not None else None,
    )  # fmt: skip


def _position(item: Position, shown: _Shown) -> Position:
    """The party by its published name, and the published words of the field that the position was read from."""
    claim = shown.claims.get(identifier(item.claim))
    party = claim.perpetrator if claim is not None else None
    name = party.value.name if party is not None else item.party if item.party in known_parties() else None
    held = [m for m in (party, claim.act if claim is not None else None) if m is not None and m.modality == item.stance]
    return Position(identifier(item.claim), item.stance, name, held[0].quote if held else "")
