"""Confidence: how likely each field of an incident claim is right, and which fields are left open for the reviewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from witnessmark.assess.confidence.evidence import SEVERAL, SINGLE, Text, evidence, mentions_of
from witnessmark.assess.confidence.model import FieldModel, models
from witnessmark.claims import Claims
from witnessmark.model import IncidentClaim, Mention
from witnessmark.statements import Reading

V = TypeVar("V")


def with_confidence(reading: Reading, claims: Claims) -> Claims:
    """``claims`` with a confidence on every mention of the fields that a model is fitted for; no value is changed.

    Raises:
        DataError: WM401 when the table of weights is missing or cannot be read.
    """
    if not claims.incidents:
        return claims
    text, fitted = Text.of(reading, claims), models()
    return replace(claims, incidents=tuple(_rated(text, claim, fitted) for claim in claims.incidents))


def _rated(text: Text, claim: IncidentClaim, fitted: Mapping[str, FieldModel]) -> IncidentClaim:
    def rate(name: str, mention: Mention[V]) -> Mention[V]:
        return replace(mention, confidence=round(fitted[name].probability(evidence(text, claim, name, mention)), 3))

    changed: dict[str, Any] = {}
    for name in (*SINGLE, *SEVERAL):
        if name in fitted and (held := mentions_of(claim, name)):
            rated = tuple(rate(name, m) for m in held)
            changed[name] = rated if name in SEVERAL else rated[0]
    return replace(claim, **changed)


__all__ = ["with_confidence"]
