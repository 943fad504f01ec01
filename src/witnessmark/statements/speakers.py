"""The speaker of each statement: who is named, who a pronoun points back to, and whose report is carried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.model import Span, Speaker
from witnessmark.statements.attribution import Attribution
from witnessmark.statements.features import Piece, Scene, is_self
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import Grammar

CARRIED = frozenset({"attributed", "attributed.chain", "claimed_responsibility", "denied"})
"""Labels that need a speaker: a statement with one of them and no attribution of its own carries on the last speaker's report."""
_SHORT = 2  # Words of a short name ("the ministry"), and letters of words too short to be one.
_SPOKEN = ("speech", "according", "label")
_REPORTED = frozenset(
    {"recorded", "reported", "documented", "registered", "said", "believed", "thought", "understood", "alleged", "claimed", "confirmed",
     "counted", "logged", "estimated", "rumoured", "rumored", "tallied", "verified", "noted", "observed", "known", "announced"}
)  # fmt: skip
"""Participles that make a report of what they stand with, when somebody's having said or noted it is meant."""
_BETWEEN = 2  # Adverbs between the auxiliary and the participle, at most.


@dataclass(frozen=True, slots=True)
class Voices:
    """The speaker of a statement, and the further speakers that this one relies on, outermost first."""

    speaker: Speaker | None = None
    chain: tuple[Speaker, ...] = ()


def voices_of(text: str, tokens: Sequence[Token], pieces: Sequence[Piece], labels: Sequence[str], scene: Scene) -> list[Voices]:
    """The voices of each of ``pieces``, in order. ``labels`` are their modalities.

    A pronoun, and a verb without a subject ("and added that"), stand for the last speaker. A short name ("the ministry") has the source type of
    the fuller one before it. The speaker of a title is not carried over. A publisher that cites itself speaks in its own voice: no speaker.
    """
    out: list[Voices] = []
    last: Speaker | None = None
    kinds: dict[str, str] = {}
    for piece, label in zip(pieces, labels, strict=True):
        voices = _voices(text, tokens, piece, label, last, scene)
        voices = _typed(voices, kinds)
        out.append(voices)
        if piece.part == "headline":
            continue
        if voices.speaker is not None:
            last = voices.speaker
        elif piece.fresh and label not in CARRIED:
            last = last if piece.said else None
    return out


def _voices(text: str, tokens: Sequence[Token], piece: Piece, label: str, last: Speaker | None, scene: Scene) -> Voices:
    spoken = [a for a in piece.said if a.kind in _SPOKEN]
    cited = [s for a in piece.said if a.kind == "citing" and (s := _speaker(text, tokens, a)) is not None]
    if not spoken:
        if cited:
            return Voices(cited[0], tuple(cited[1:]))
        return Voices(last if label in CARRIED and not piece.fresh else None)
    first, *further = spoken
    if is_self(tokens, first, scene):
        return Voices()
    speaker = last if (first.pronoun or first.source is None) and last is not None else _speaker(text, tokens, first)
    nested = [s for a in further if not a.pronoun and (s := _speaker(text, tokens, a)) is not None and s != speaker]
    return Voices(speaker, tuple(dict.fromkeys((*cited, *nested))))


def unnamed_report(tokens: Sequence[Token], piece: Piece, grammar: Grammar) -> tuple[int, int] | None:
    """Token range of a passive report without an agent ("120 strikes were recorded"), when nobody else is told to say it."""
    if piece.said:
        return None
    for at in range(piece.first + 1, piece.last):
        if tokens[at].lower not in _REPORTED or (at + 1 < piece.last and tokens[at + 1].lower == "by"):
            continue
        start = at - 1
        while start > piece.first and at - start <= _BETWEEN and tokens[start].lower in grammar.adverbs:
            start -= 1
        if tokens[start].lower in grammar.be:
            return start, at + 1
    return None


def _typed(voices: Voices, kinds: dict[str, str]) -> Voices:
    """``voices`` with the type that the head word of a short name had when the name was fuller; ``kinds`` is kept up to date."""
    speaker = voices.speaker
    if speaker is None:
        return voices
    words = speaker.text.lower().split()
    if len(words) <= _SHORT and words[-1] in kinds:
        return Voices(replace(speaker, kind=kinds[words[-1]]), voices.chain)
    kinds.update((word, speaker.kind) for word in words if len(word) > _SHORT)
    return voices


def _speaker(text: str, tokens: Sequence[Token], said: Attribution) -> Speaker | None:
    if said.source is None:
        return None
    first, last = said.source
    span = Span(tokens[first].start, tokens[last - 1].end)
    return Speaker(span.of(text), span, said.source_type or "other")
