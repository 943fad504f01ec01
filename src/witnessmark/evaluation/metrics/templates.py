"""MUC-4 role fillers and templates.

*Role fillers* (CEAF-REE; Du, Rush and Cardie 2021): per document and role, predicted and gold entities are paired one to one so that the
most pairs agree; a predicted entity agrees with a gold one when each of its mentions is a mention of the gold entity.

*Templates* (Du, Rush and Cardie, NAACL 2021): predicted and gold templates of one type are paired one to one so that the document's F1 over
all slots is greatest; the incident type counts as a slot. A gold type "a / b" admits both.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from witnessmark.evaluation.metrics.assignment import best_total
from witnessmark.evaluation.metrics.tally import Tally, f1, total

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TYPE = "incident_type"

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")

Entity = frozenset[str]


def normalise(mention: str) -> str:
    """Lower case, without ASCII punctuation and articles, single blanks."""
    return " ".join(_ARTICLE.sub(" ", mention.lower().translate(_PUNCTUATION)).split())


def entities(value: object) -> list[Entity]:
    """Entities of a role: each a list of mentions, a mention a string or [string, offset]. Empty ones are dropped."""
    out = []
    for entity in value if isinstance(value, list) else []:
        mentions = [str(m[0] if isinstance(m, (list, tuple)) else m) for m in entity]
        if mentions:
            out.append(frozenset(normalise(m) for m in mentions))
    return out


def score_role_fillers(gold: Mapping[str, Mapping[str, Any]], predicted: Mapping[str, Mapping[str, Any]]) -> dict[str, Tally]:
    """A tally for each role and for "micro", over documents by id; a document that was not predicted is empty."""
    tallies = {role: Tally() for role in ROLES}
    for docid, wanted in gold.items():
        found = predicted.get(docid, {})
        for role in ROLES:
            ours, theirs = entities(found.get(role)), entities(wanted.get(role))
            agree = [[float(p <= g) for p in ours] for g in theirs]
            tallies[role].add(best_total(agree), len(ours), len(theirs))
    return {**tallies, "micro": total(list(tallies.values()))}


@dataclass(frozen=True, slots=True)
class Template:
    """An incident type and the entities of each role."""

    kind: str
    roles: tuple[tuple[Entity, ...], ...]

    @property
    def size(self) -> int:
        """Filled slots, the type included."""
        return 1 + sum(len(r) for r in self.roles)


Hits = tuple[tuple[int, int], ...]
"""Right slots of a pair of templates, as (of the predicted, of the gold) for the type and each role."""


def templates(rows: object) -> list[Template]:
    """Templates from their JSON form; a missing type counts as "attack"."""
    out = []
    for row in rows if isinstance(rows, list) else []:
        kind = row.get(TYPE)
        roles = tuple(tuple(entities(row.get(role))) for role in ROLES)
        out.append(Template(kind if isinstance(kind, str) else "attack", roles))
    return out


def score_templates(gold: Mapping[str, object], predicted: Mapping[str, object]) -> dict[str, Tally]:
    """A tally for the type, each role and "micro"; values are lists of templates in JSON form. Repeated gold templates count once."""
    tallies = {slot: Tally() for slot in (TYPE, *ROLES)}
    for docid, rows in gold.items():
        wanted, ours = list(dict.fromkeys(templates(rows))), templates(predicted.get(docid))
        _count_sizes(tallies, ours, wanted)
        for hits in _best_mapping(ours, wanted):
            for slot, (right, found) in zip((TYPE, *ROLES), hits, strict=True):
                tallies[slot].add(right, 0, 0, right_gold=found)
    return {**tallies, "micro": total(list(tallies.values()))}


def _count_sizes(tallies: dict[str, Tally], ours: Sequence[Template], wanted: Sequence[Template]) -> None:
    tallies[TYPE].add(0, len(ours), len(wanted))
    for position, role in enumerate(ROLES):
        tallies[role].add(0, sum(len(t.roles[position]) for t in ours), sum(len(t.roles[position]) for t in wanted))


def _hits(ours: Template, wanted: Template) -> Hits | None:
    """None when the types do not go together."""
    if ours.kind not in wanted.kind:
        return None
    out = [(1, 1)]
    for found, gold in zip(ours.roles, wanted.roles, strict=True):
        right = sum(any(p <= g for g in gold) for p in found)
        out.append((right, sum(any(p <= g for p in found) for g in gold)))
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Partial:
    """A mapping of the first few predicted templates: right slots on both sides, and the hits of each pair."""

    right: int
    found: int
    pairs: tuple[Hits, ...]


def _best_mapping(ours: Sequence[Template], wanted: Sequence[Template]) -> tuple[Hits, ...]:
    """The hits of each pair in the mapping with the best F1.

    F1 grows with both right counts, so for each set of gold templates already used only the undominated mappings are kept.
    """
    if not ours or not wanted:
        return ()
    kept: dict[int, list[_Partial]] = {0: [_Partial(0, 0, ())]}
    for template in ours:
        grown: dict[int, list[_Partial]] = {used: list(partials) for used, partials in kept.items()}
        for position, gold in enumerate(wanted):
            hits = _hits(template, gold)
            if hits is None:
                continue
            bit = 1 << position
            for used, partials in kept.items():
                if not used & bit:
                    grown.setdefault(used | bit, []).extend(_extend(p, hits) for p in partials)
        kept = {used: _undominated(partials) for used, partials in grown.items()}
    predicted, expected = sum(t.size for t in ours), sum(t.size for t in wanted)
    everything = [p for partials in kept.values() for p in partials]
    return max(everything, key=lambda p: f1(p.right / predicted, p.found / expected)).pairs


def _extend(partial: _Partial, hits: Hits) -> _Partial:
    return _Partial(partial.right + sum(h[0] for h in hits), partial.found + sum(h[1] for h in hits), (*partial.pairs, hits))


def _undominated(partials: Iterable[_Partial]) -> list[_Partial]:
    out: list[_Partial] = []
    for partial in sorted(partials, key=lambda p: (-p.right, -p.found)):
        if not out or partial.found > out[-1].found:
            out.append(partial)
    return out
