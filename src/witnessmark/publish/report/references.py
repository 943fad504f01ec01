"""Numbered references: one number for each span that a value rests on, the same on screen and on paper."""

from __future__ import annotations

import re
from dataclasses import dataclass

from witnessmark.model import Span
from witnessmark.publish.view import CaseView, Cited, citations

_SAFE = re.compile(r"[^A-Za-z0-9-]")


def anchor(kind: str, identifier: str) -> str:
    """An HTML id for a record: ``kind``, then the id with any other character as its code point in hexadecimal."""
    return f"{kind}-" + _SAFE.sub(lambda m: f"_{ord(m.group()):x}_", identifier)


@dataclass(frozen=True, slots=True)
class Reference:
    """Reference ``number`` (from 1) marks ``span`` of ``document``; ``owner`` is the first record that rests on it.

    ``role``: field (words of a value), evidence (the passage of a claim or series) or clash (a side of a contradiction).
    """

    number: int
    document: str
    span: Span
    role: str
    owner: str
    field: str


def _role(cited: Cited) -> str:
    if cited.field.startswith("contradiction."):
        return "clash"
    return "evidence" if cited.field in {"evidence", "series"} else "field"


_RANK = {"field": 0, "clash": 1, "evidence": 2}


class References:
    """All references of a view, numbered by document and position."""

    def __init__(self, view: CaseView) -> None:
        order = {d.identifier: i for i, d in enumerate(view.documents)}
        first: dict[tuple[int, int, int], Cited] = {}
        for cited in citations(view):
            key = (order[cited.document], cited.span.start, -cited.span.end)
            held = first.get(key)
            if held is None or _RANK[_role(cited)] < _RANK[_role(held)]:
                first[key] = cited
        self._numbers: dict[tuple[str, Span], int] = {}
        self._by_document: dict[str, list[Reference]] = {}
        for number, key in enumerate(sorted(first), 1):
            cited = first[key]
            self._numbers[cited.document, cited.span] = number
            made = Reference(number, cited.document, cited.span, _role(cited), cited.owner, cited.field)
            self._by_document.setdefault(cited.document, []).append(made)

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, document: str, span: Span | None) -> int | None:
        """The number of ``span``; None for a value without words."""
        return self._numbers.get((document, span)) if span is not None else None

    def of(self, document: str) -> tuple[Reference, ...]:
        """The references of one document, in text order."""
        return tuple(self._by_document.get(document, ()))
