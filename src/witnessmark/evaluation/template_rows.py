"""Role fillers as MUC-4 templates: an incident type, and the words that fill five roles."""

from __future__ import annotations

from typing import Any

from witnessmark.claims.fillers import Fillers
from witnessmark.evaluation.metrics.templates import ROLES, TYPE

Json = dict[str, Any]

_RELEVANT = 0.5
"""Least probability that a document without fillers tells of an incident."""


def filled_roles(found: Fillers) -> Json:
    """The fillers of the whole document by role, one best mention an entity."""
    return {role: [[filler.quote.lower()] for filler in found.fillers if filler.role == role] for role in ROLES}


def filled_templates(found: Fillers) -> list[Json]:
    """One template for a document that tells of an incident, with its likeliest type and all its fillers; else none."""
    roles = filled_roles(found)
    if found.relevant < _RELEVANT and not any(roles.values()):
        return []
    return [{TYPE: found.types[0][0], **roles}]
