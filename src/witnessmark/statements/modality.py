"""How a statement is said: one label of the closed list ``modality``."""

from __future__ import annotations

from collections.abc import Collection

PRECEDENCE = (
    "rhetorical", "directive", "prediction", "hypothetical", "opinion", "inferred", "denied", "claimed_responsibility", "corrected",
    "quantified_pattern", "negated", "background.historical", "attributed.chain", "attributed",
)  # fmt: skip


def by_rules(kinds: Collection[str], *, attributed: bool, question: bool) -> str:
    """A label from the classes of the cues alone: what is used where there is no trained model."""
    if question:
        return "rhetorical"
    if "denial" in kinds and attributed:
        return "denied"
    if "claim" in kinds and attributed:
        return "claimed_responsibility"
    if "no_event" in kinds:
        return "negated"
    return "attributed" if attributed else "asserted"
