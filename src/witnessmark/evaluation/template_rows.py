"""Incident claims as MUC-4 templates: an incident type, and the words that fill five roles."""

from __future__ import annotations

from typing import Any

from witnessmark.evaluation.metrics.templates import ROLES, TYPE
from witnessmark.evaluation.told import Told
from witnessmark.model import IncidentClaim, Mention

Json = dict[str, Any]

_TYPES = {
    "explosion": "bombing",
    "abduction": "kidnapping",
    "detention": "kidnapping",
    "property.looting": "robbery",
    "property.demolition": "arson",
}
"""Incident type by act or family of acts; the rest are attacks. The key has no type for detention; hostages are kidnapped there."""

_NO_PERPETRATOR = frozenset({"disputed", "unknown"})
_ORGANISED = frozenset({"state_military", "state_security", "armed_group", "non_state_armed_group", "paramilitary", "pmc", "foreign_force"})


def templates_of(report: Told) -> list[Json]:
    """One template a claim, without repeated ones."""
    out: list[Json] = []
    for claim in report.claims.incidents:
        template = _template(claim)
        if template not in out:
            out.append(template)
    return out


def _template(claim: IncidentClaim) -> Json:
    act = claim.act.value
    out: Json = {TYPE: _TYPES.get(act) or _TYPES.get(act.split(".")[0], "attack"), **{role: [] for role in ROLES}}
    perpetrator = claim.perpetrator
    if perpetrator and perpetrator.value.name not in _NO_PERPETRATOR and perpetrator.span:
        named = perpetrator.value.kind in _ORGANISED or perpetrator.quote[:1].isupper()
        out["PerpOrg" if named else "PerpInd"].append([perpetrator.quote.lower()])
    out["Target"] = _entities(claim.objects)
    out["Weapon"] = _entities(claim.munitions)
    return out


def _entities(mentions: tuple[Mention[Any], ...]) -> list[list[str]]:
    return [[words] for words in dict.fromkeys(m.quote.lower() for m in mentions if m.quote)]
