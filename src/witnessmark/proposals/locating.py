"""Finds each quote of a proposal in the text that was sent; what is not there word for word, or in one place, is dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.model import Span
from witnessmark.proposals.folding import Folded
from witnessmark.proposals.records import Proposal


@dataclass(frozen=True, slots=True)
class Located:
    """The words of one field at their place, or ``span`` None and why not."""

    field: str
    span: Span | None
    reason: str = ""


def locate(proposal: Proposal, sent: Folded, withheld: Folded) -> tuple[Located, ...]:
    """Where the quotes of ``proposal`` stand. A quote that stands in several places is the one inside the quoted sentence."""
    sentences = sent.find(proposal.sentence)
    sentence = sentences[0] if len(sentences) == 1 else None
    return tuple(_located(name, words, sentence, sent, withheld) for name, words in proposal.quotes)


def _located(name: str, words: str, sentence: Span | None, sent: Folded, withheld: Folded) -> Located:
    hits: Sequence[Span] = sent.find(words)
    if len(hits) > 1:
        hits = [h for h in hits if sentence is not None and sentence.contains(h)]
        return Located(name, hits[0]) if len(hits) == 1 else Located(name, None, "ambiguous")
    if hits:
        return Located(name, hits[0])
    return Located(name, None, "instruction" if withheld.find(words) else "not_found")
