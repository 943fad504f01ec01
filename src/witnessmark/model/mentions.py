"""A mention: words that name something, the value read from them, and what else they might have meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from witnessmark.model.spans import Span

PROPOSED = "llm:"
"""What the ``rule`` of a value begins with whose words a language model proposed."""

V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An alternative reading of the same words. ``label`` is for people, ``score`` comparable inside one mention only."""

    label: str
    score: float
    reasons: tuple[str, ...] = ()
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Mention(Generic[V_co]):
    """One field value with its evidence.

    ``span`` is None only for a value that has no words of its own (a date whose basis is ``publication``). ``quote`` is always
    ``text[span]``. ``rule`` names the rule or model that read it. ``modality`` and ``speaker`` belong to the field and may
    differ from those of the incident. ``candidates`` are ordered best first, the chosen one included. ``confidence`` is the calibrated
    probability that the value is right, None where no model is fitted for the field; unlike ``score`` it may be compared between mentions.
    """

    value: V_co
    span: Span | None
    quote: str
    rule: str
    score: float = 1.0
    modality: str = "asserted"
    speaker: Span | None = None
    candidates: tuple[Candidate, ...] = field(default=())
    confidence: float | None = None

    @property
    def proposed(self) -> bool:
        """True when a language model proposed the words, and no rule had the value without it."""
        return self.rule.startswith(PROPOSED)


def mention(value: V, span: Span, text: str, rule: str, *, score: float = 1.0) -> Mention[V]:
    """A mention of ``value`` at ``span`` of ``text``."""
    return Mention(value=value, span=span, quote=span.of(text), rule=rule, score=score)
