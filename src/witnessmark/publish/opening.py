"""Fields that are left open: values too unsure to be given as read, shown as a suggestion for the reviewer."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.model import IncidentClaim
from witnessmark.publish.view import AnyMention, claim_fields

LEFT_OPEN = "left open for the reviewer"


def left_open(mention: AnyMention, below: float) -> bool:
    """True when the confidence in the value is known and under ``below``."""
    return mention.confidence is not None and mention.confidence < below


def open_fields(claim: IncidentClaim, below: float) -> Iterator[str]:
    """The fields of ``claim`` that hold a value left open, each once, in the order in which they are shown."""
    seen = dict.fromkeys(name for name, mention in claim_fields(claim) if left_open(mention, below))
    yield from seen
