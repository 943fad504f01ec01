"""Role fillers as MUC-4 templates: an incident type, and the words that fill five roles."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from witnessmark.claims.fillers import Filler, Fillers, incidents_of
from witnessmark.evaluation.metrics.templates import ROLES, TYPE

Json = dict[str, Any]


def filled_roles(fillers: Iterable[Filler]) -> Json:
    """The fillers by role, one best mention an entity."""
    out: Json = {role: [] for role in ROLES}
    for filler in fillers:
        out[filler.role].append([filler.quote.lower()])
    return out


def filled_templates(found: Fillers) -> list[Json]:
    """One template an incident."""
    return [{TYPE: incident.type, **filled_roles(incident.fillers)} for incident in incidents_of(found)]
