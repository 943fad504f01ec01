"""A statement: a span and how it is said."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.model.spans import Span


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it. ``span`` marks the words ("the regional governor"); None when unnamed. ``kind`` is a source type."""

    text: str
    span: Span | None
    kind: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or clause with its modality.

    ``part`` is the kind of document part that it stands in; ``sentence`` numbers the sentences of a document from 0, so that
    clauses of one sentence share it. ``chain`` are further speakers, outermost first. ``negative`` is the polarity. ``hedge`` holds
    the hedging words, where there are any; ``cue`` the words that decided the modality. ``rule`` names what decided.
    ``unnamed`` marks the words of a report whose maker is not told ("were recorded"); the statement then has no speaker, and is not the document's own.
    ``distanced`` marks words that whoever writes does not own: behind "so-called", or a party's word for what it does in quotation marks ("liberated").
    """

    span: Span
    sentence: int
    part: str
    modality: str
    speaker: Speaker | None = None
    chain: tuple[Speaker, ...] = ()
    negative: bool = False
    hedge: Span | None = None
    cue: Span | None = None
    rule: str = ""
    score: float = 1.0
    paragraph: int = 0
    unnamed: Span | None = None
    distanced: tuple[Span, ...] = ()
