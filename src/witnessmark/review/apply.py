"""What decisions make of a claim. The claim as it was read stays in the documents' results; only the tables follow the decisions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from witnessmark.model import Decision, IncidentClaim, Mention, Span, TermValue

RULE = "decision"
"""``rule`` of a value that a person set, followed by the position of the decision in the ledger."""

_SINGLE = ("act", "perpetrator", "place", "date", "killed", "injured", "speaker")
_SEVERAL = ("munitions", "objects", "breakdown", "aftermath")

Words = Callable[[str, Span], str]
"""Gives the words of a document at a span."""


def apply(claim: IncidentClaim, decisions: Sequence[Decision], words: Words) -> IncidentClaim | None:
    """``claim`` after ``decisions`` (those in force, one for each value); None when the claim itself was rejected.

    A decision on words that the claim no longer has changes nothing: a newer reader found another value, which then has to be reviewed.
    """
    for decision in decisions:
        if decision.field is None:
            if decision.kind == "reject":
                return None
        elif decision.field in _SINGLE:
            claim = _single(claim, decision, words)
        elif decision.field in _SEVERAL:
            claim = _several(claim, decision, words)
    return claim


def _single(claim: IncidentClaim, decision: Decision, words: Words) -> IncidentClaim:
    name = decision.field or ""
    held: Mention[Any] | None = getattr(claim, name)
    if held is None:
        added = _added(claim, decision, words)
        return claim if added is None else _with(claim, name, added)
    if not _meant(held, decision):
        return claim
    changed = _changed(held, decision, claim.document, words)
    if changed is None and name == "act":
        changed = replace(held, value="unknown", rule=_rule(decision))
    return _with(claim, name, changed)


def _several(claim: IncidentClaim, decision: Decision, words: Words) -> IncidentClaim:
    name = decision.field or ""
    held: tuple[Mention[Any], ...] = getattr(claim, name)
    kept = [m if not _meant(m, decision) else _changed(m, decision, claim.document, words) for m in held]
    if decision.mention is None:
        kept.append(_added(claim, decision, words))
    return _with(claim, name, tuple(m for m in kept if m is not None))


def _with(claim: IncidentClaim, name: str, value: Any) -> IncidentClaim:
    changes: dict[str, Any] = {name: value}
    return replace(claim, **changes)


def _meant(mention: Mention[Any], decision: Decision) -> bool:
    if mention.span is None or decision.mention is None:
        return mention.span is None and decision.mention is None
    return mention.span.overlaps(decision.mention)


def _changed(mention: Mention[Any], decision: Decision, document: str, words: Words) -> Mention[Any] | None:
    if decision.kind == "reject":
        return None
    if decision.kind == "correct":
        return replace(mention, value=_plain(decision), rule=_rule(decision), score=1.0)
    if decision.kind == "reanchor" and decision.span is not None:
        value = mention.value if decision.value is None else _plain(decision)
        return replace(mention, value=value, span=decision.span, quote=words(document, decision.span), rule=_rule(decision), score=1.0)
    return mention


def _added(claim: IncidentClaim, decision: Decision, words: Words) -> Mention[Any] | None:
    """A value that a person read in words where the program read none."""
    if decision.kind not in ("correct", "reanchor") or decision.value is None or decision.span is None or decision.mention is not None:
        return None
    return Mention(_plain(decision), decision.span, words(claim.document, decision.span), _rule(decision))


def _plain(decision: Decision) -> Any:
    return decision.value.identifier if isinstance(decision.value, TermValue) else decision.value


def _rule(decision: Decision) -> str:
    return f"{RULE}.{decision.position}"
