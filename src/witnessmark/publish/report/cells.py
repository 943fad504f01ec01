"""Values as the page shows them: words, state, and the number of the reference that leads to their source."""

from __future__ import annotations

from dataclasses import dataclass, replace

from witnessmark.model import Document, IncidentClaim, Span
from witnessmark.publish import wording
from witnessmark.publish.opening import left_open
from witnessmark.publish.report.references import References
from witnessmark.publish.view import AnyMention, CaseView
from witnessmark.vocabulary import label

MANY = 300
"""Incidents above which quotes and titles are cut short (the words stand in the documents below), so that 1,000 fit into 5 MB."""


@dataclass(frozen=True, slots=True)
class Value:
    """One linked value. ``reference`` is None for a value without words; ``modality`` is empty when it is plainly asserted; ``open`` is True for
    a value that is left open for the reviewer, ``proposed`` for one that a language model proposed."""

    text: str
    state: str = "stated"
    detail: str = ""
    reference: int | None = None
    modality: str = ""
    by: str = ""
    letter: str = ""
    open: bool = False
    proposed: bool = False

    @property
    def css(self) -> str:
        """Classes: ``v`` and, for what is not plainly stated, the state."""
        return "v" if self.state == "stated" else "v " + self.state.replace("_", "-")


NOT_STATED = Value(wording.NOT_STATED.text, wording.NOT_STATED.state)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in their own language: ``before`` and ``after`` are context, ``text`` the marked words, cut where very long."""

    text: str
    language: str
    reference: int | None
    before: str = ""
    after: str = ""


def short(text: str, limit: int = 220) -> str:
    """``text`` on one line, cut after a word when longer than ``limit`` characters."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    return cut[: max(cut.rfind(" "), limit // 2)].rstrip() + "…"


class Cells:
    """Makes values, quotes and titles of one view."""

    def __init__(self, view: CaseView, references: References) -> None:
        self.view = view
        self.references = references
        self.numbers = {d.identifier: n for n, d in enumerate(view.documents, 1)}
        self._anchors = _anchors(view)
        self.brief = len(view.incidents) > MANY

    def value(self, mention: AnyMention | None, document: str, field: str = "", letter: str = "") -> Value:
        """The linked value of ``mention``; "not stated" when there is none."""
        if mention is None:
            return NOT_STATED
        words = wording.value_words(mention.value, field)
        return Value(
            text=words.text,
            state=words.state,
            detail=words.detail,
            reference=self.references.number(document, mention.span),
            modality="" if mention.modality == "asserted" else label("modality", mention.modality),
            by=mention.speaker.of(self.view.document_by_id[document].text) if mention.speaker else "",
            letter=letter,
            open=left_open(mention, self.view.open_below),
            proposed=mention.proposed,
        )

    def told(self, mention: AnyMention | None, claim: IncidentClaim, field: str = "", letter: str = "") -> Value:
        """The linked value of a field of ``claim``. How it is said and by whom is left out where it is so for the whole claim."""
        value = self.value(mention, claim.document, field, letter)
        whose = claim.speaker.span if claim.speaker is not None else None
        if mention is None or mention.modality != claim.modality or mention.speaker not in (None, whose):
            return value
        return replace(value, modality="", by="")

    def quote(self, document: str, span: Span, *, context: int = 0) -> Quote:
        """The words of ``span`` with up to ``context`` characters of the same line on each side."""
        source = self.view.document_by_id[document]
        before, after = _context(source.text, span, context)
        return Quote(
            short(span.of(source.text), 150 if self.brief and not context else 600),
            source.language,
            self.references.number(document, span),
            before,
            after,
        )

    def title(self, document: Document) -> str:
        """The headline, else the beginning of the text."""
        head = document.headline
        return short(head.of(document.text) if head else document.text[:300], 70 if self.brief else 110) or document.identifier

    def document_anchor(self, document: str) -> str:
        """HTML id of a document's section."""
        return f"d{self.numbers[document]}"

    def owner_anchor(self, owner: str) -> str:
        """HTML id of the place that a record is shown at: a claim's is inside its incident; the document's for an unmerged claim."""
        claim = self.view.claim_by_id.get(owner)
        if claim is not None and owner not in self.view.incident_of_claim:
            return self.document_anchor(claim.document)
        return self._anchors[owner]

    def voice(self, claim: IncidentClaim, mention: AnyMention | None = None) -> str:
        """Who says it: the field's speaker, the claim's speaker, or the document in its own voice."""
        text = self.view.document_by_id[claim.document].text
        if mention is not None and mention.speaker is not None:
            return short(mention.speaker.of(text), 80)
        if claim.speaker is not None:
            return short(claim.speaker.quote, 80)
        return "the document itself"


def _anchors(view: CaseView) -> dict[str, str]:
    """Short ids by number: a page of a thousand incidents holds some ten thousand links."""
    named = (("c", view.claims), ("s", view.series), ("x", view.contradictions))
    return {r.identifier: f"{kind}{n}" for kind, records in named for n, r in enumerate(records, 1)}  # type: ignore[attr-defined]


def _context(text: str, span: Span, size: int) -> tuple[str, str]:
    if not size:
        return "", ""
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - size)
    line_end = text.find("\n", span.end)
    end = min(len(text) if line_end < 0 else line_end, span.end + size)
    before, after = text[start : span.start], text[span.end : end]
    if start > 0 and text[start - 1] != "\n":
        before = "…" + before[before.find(" ") + 1 :]
    if end < len(text) and end != line_end:
        after = after[: after.rfind(" ") + 1].rstrip() + "…"
    return before, after
