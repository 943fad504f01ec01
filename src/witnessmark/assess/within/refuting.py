"""By meaning: a body that refutes what its headline says, though no single field differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from witnessmark.assess.stance import Body, Pair, disagreement
from witnessmark.assess.within.pairs import Clash
from witnessmark.model import IncidentClaim, Span
from witnessmark.statements import Reading

_SURE = 0.6
"""Least probability that the body disagrees. At 0.6 no report of the development set (English) is listed, as none should be; at 0.45 five would be, among them
bodies that only tell of a denial. Of 400 reports of shootings three are listed at 0.6, one at 0.7."""


def refuted_headlines(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """The headline and the sentence that refutes it, tied to the claim that the headline tells, else to the first."""
    head = reading.document.headline
    if head is None or not claims or reading.document.language != "en":
        return
    body = Body(reading.text[head.end :])
    if not any(body.marked["refuting"]):
        return
    pair = Pair(head.of(reading.text), body)
    if disagreement(pair) < _SURE:
        return
    at = max(range(len(body.sentences)), key=lambda n: (min(body.marked["refuting"][n], 1) * pair.shared[n], -n))
    sentence = reading.sentence_at(head.end + _first_word(reading.text[head.end :], body.spans[at][0]))
    if sentence is not None:
        told = next((c for c in claims if any(reading.document.in_headline(s) for s in c.evidence)), claims[0])
        yield Clash(told.identifier, "act", head, _trimmed(sentence.span, reading.text), "the body refutes the headline", "stance")


def _first_word(text: str, at: int) -> int:
    while at < len(text) and not text[at].isalnum():
        at += 1
    return at


def _trimmed(span: Span, text: str) -> Span:
    words = span.of(text)
    return Span(span.start, span.start + len(words.rstrip()))
