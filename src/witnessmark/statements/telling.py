"""How the words of a single field are told, which need not be how their sentence is: "the governor said three people died" in a sentence whose
place the text itself asserts."""

from __future__ import annotations

from dataclasses import dataclass, field

from witnessmark.model import Span, Statement
from witnessmark.statements.quoting.rules import Quotation, sentence_quotations
from witnessmark.statements.reading import Reading, Sentence

_BY_SPEAKER = frozenset({"attributed", "attributed.chain", "claimed_responsibility", "denied"})
"""Labels that hold for what a speaker says, and not for what stands beside it in the sentence."""
_KEPT = frozenset({"background.historical", "inferred", "corrected", "negated", "quantified_pattern", "prediction", "hypothetical"})
"""Labels that hold for every word of the statement, whoever says it."""


@dataclass(frozen=True, slots=True)
class Telling:
    """``modality`` as in the closed list; ``speaker`` marks the words of who says it, the innermost of several; ``chain`` those of whom this one
    is quoted by, outermost first."""

    modality: str
    speaker: Span | None = None
    chain: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Tellings:
    """Looks up the telling of spans of one reading; each sentence is taken apart once."""

    reading: Reading
    _held: dict[int, tuple[Quotation, ...]] = field(default_factory=dict, repr=False)

    def of(self, span: Span) -> Telling:
        """How the words at ``span`` are told; plainly asserted outside of sentences."""
        statement, sentence = self.reading.statement_at(span.start), self.reading.sentence_at(span.start)
        if statement is None or sentence is None:
            return Telling("asserted")
        around = [q for q in self._quotations(sentence) if any(c.start <= span.start and span.end <= c.end for c in q.content)]
        if around:
            return _quoted(statement, around)
        if statement.modality in _BY_SPEAKER and self._quotations(sentence) and not _about_words(statement):
            return Telling("asserted")
        speaker = statement.speaker.span if statement.speaker is not None else None
        return Telling(statement.modality, speaker if statement.modality in _BY_SPEAKER else None)

    def _quotations(self, sentence: Sentence) -> tuple[Quotation, ...]:
        if sentence.index not in self._held:
            self._held[sentence.index] = tuple(sentence_quotations(self.reading, sentence))
        return self._held[sentence.index]


def _about_words(statement: Statement) -> bool:
    """True when the speaker is not in the statement, so that all of it carries on a report."""
    speaker = statement.speaker
    return speaker is None or speaker.span is None or not (statement.span.start <= speaker.span.start < statement.span.end)


def _quoted(statement: Statement, around: list[Quotation]) -> Telling:
    """Inside one quotation or several: the narrowest one is the speaker's, the wider ones are those that pass it on."""
    nested = sorted(around, key=lambda q: -sum(c.end - c.start for c in q.content))
    sources = [q.source or (statement.speaker.span if statement.speaker is not None else None) for q in nested]
    known = tuple(dict.fromkeys(s for s in sources if s is not None))
    chain = known[:-1]
    if statement.modality in _KEPT or statement.modality in ("denied", "claimed_responsibility"):
        modality = statement.modality
    else:
        modality = "attributed.chain" if chain else "attributed"
    return Telling(modality, known[-1] if known else None, chain)
