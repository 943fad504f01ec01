"""Whether a decision can be taken, and what it is taken on: the document and the value that stood there."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.desk.store import Store
from witnessmark.errors import UsageError
from witnessmark.model import DecidedValue, Document, IncidentClaim, Span, TermValue
from witnessmark.publish.view import claim_fields
from witnessmark.review import Standings
from witnessmark.vocabulary.telling import tell


def seen(store: Store, subjects: Sequence[str], field: str | None, mention: Span | None) -> tuple[str | None, DecidedValue | None]:
    """Document and present value of what is decided on; None where it has none.

    Raises:
        UsageError: WM001 for a subject that is not there, WM702 when no value of ``field`` was read from ``mention``.
    """
    for subject in subjects:
        if store.kind(subject) is None:
            raise UsageError("WM001", origin=subject)
    if field is None or store.kind(subjects[0]) != "claim":
        return None, None
    claim = store.get(IncidentClaim, subjects[0])
    for name, held in claim_fields(claim):
        if name == field and held.span == mention:
            return claim.document, TermValue(held.value) if isinstance(held.value, str) else held.value
    if mention is not None:
        raise UsageError("WM702", tell("no value of this field was read from these words"))
    return claim.document, None


def check_role(role: str, *, final: bool) -> None:
    """Readers decide nothing, and only a lead settles.

    Raises:
        UsageError: WM702.
    """
    if role == "reader" or (final and role != "lead"):
        raise UsageError("WM702", tell("the role {role} may not take it", role=role))


def check_undo(standings: Standings, undoes: int | None, reviewer: str, role: str) -> None:
    """Everybody undoes decisions of their own, a lead those of all.

    Raises:
        UsageError: WM702.
    """
    meant = standings.get(undoes) if undoes is not None else None
    if meant is None:
        raise UsageError("WM702", tell("there is no such decision to undo"))
    if meant.reviewer != reviewer and role != "lead":
        raise UsageError("WM702", tell("only a lead undoes decisions of others"))


def check_words(store: Store, document: str | None, span: Span | None) -> None:
    """Words lie in their document.

    Raises:
        UsageError: WM702.
    """
    if span is not None and document is not None and span.end > len(store.get(Document, document).text):
        raise UsageError("WM702", tell("the words lie outside the document"))
