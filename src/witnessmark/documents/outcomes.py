"""What becomes of an item."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.errors import CATALOGUE, describe
from witnessmark.model import Document, Problem


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """``status`` is read, partial, empty, blocked or failed; there is a document for the first two only."""

    status: str
    document: Document | None
    problems: tuple[Problem, ...] = ()


def coded(code: str, detail: str = "", *, origin: str) -> Problem:
    """A coded problem with its one-line message."""
    return Problem(code, describe(code, detail, origin=origin), origin)


def refused(problem: Problem) -> DocumentOutcome:
    """The outcome of an item that gave no document."""
    return DocumentOutcome(CATALOGUE[problem.code].outcome, None, (problem,))
