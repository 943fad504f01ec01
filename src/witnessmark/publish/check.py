"""The gate before anything is written: no value leaves whose quote is not its source."""

from __future__ import annotations

from witnessmark.errors import IntegrityError
from witnessmark.publish.view import CaseView, citations


def check(view: CaseView) -> None:
    """Hold every quote of ``view`` against the text that it names.

    Raises:
        IntegrityError: WM304 at the first quote that differs from its words, WM308 when a record names a document that is not there.
    """
    texts = {d.identifier: d.text for d in view.documents}
    named = [(c.document, c.identifier) for c in view.claims] + [(s.document, s.identifier) for s in view.series]
    named += [(document, item.identifier) for item in view.contradictions for document in item.documents]
    for document, owner in named:
        if document not in texts:
            raise IntegrityError("WM308", f"document {document}", origin=owner)
    for cited in citations(view):
        if cited.span.of(texts[cited.document]) != cited.quote:
            detail = f"{cited.field} at {cited.span.start}..{cited.span.end} of {cited.document}"
            raise IntegrityError("WM304", detail, origin=cited.owner)
    _check_statements(view, texts)


def _check_statements(view: CaseView, texts: dict[str, str]) -> None:
    for document, statements in view.statements.items():
        length = len(texts.get(document, ""))
        for statement in statements:
            if statement.span.end > length:
                raise IntegrityError("WM304", f"statement at {statement.span.start}..{statement.span.end}", origin=document)
