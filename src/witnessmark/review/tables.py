"""The rows of one document after what people decided about its claims."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from witnessmark.engines.schema import Line, claim_row, lines, mention_rows
from witnessmark.model import Decision, IncidentClaim, Span
from witnessmark.model.serialise import from_data, to_data
from witnessmark.review.apply import apply

Tables = Mapping[str, Sequence[Line]]


def decided_tables(tables: Tables, decisions: Mapping[str, Sequence[Decision]]) -> Tables:
    """``tables`` (rows of one document by table) with its claims as ``decisions`` (by claim) leave them; a rejected claim goes, and with it
    the contradictions that name it."""
    touched = {line[0] for line in tables.get("incident_claims", ())} & set(decisions)
    if not touched:
        return tables
    text = json.loads(tables["documents"][0][-1])["text"]
    claims: list[Line] = []
    mentions = [line for line in tables["mentions"] if line[0] not in touched]
    gone: set[str] = set()
    for line in tables["incident_claims"]:
        if line[0] not in touched:
            claims.append(line)
            continue
        changed = apply(from_data(IncidentClaim, json.loads(line[-1])), decisions[line[0]], lambda _, span: _words(text, span))
        if changed is None:
            gone.add(line[0])
            continue
        data: dict[str, Any] = to_data(changed)
        claims += lines("incident_claims", [claim_row(data)])
        mentions += lines("mentions", mention_rows(data))
    kept = [line for line in tables["contradictions"] if gone.isdisjoint(json.loads(line[-1])["claims"])]
    return {**tables, "incident_claims": claims, "mentions": mentions, "contradictions": kept}


def _words(text: str, span: Span) -> str:
    return span.of(text)
