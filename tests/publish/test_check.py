import dataclasses

import pytest

from witnessmark.errors import IntegrityError
from witnessmark.model import Span
from witnessmark.publish.check import check
from witnessmark.publish.view import CaseView, citations


def test_a_sound_case_passes(view: CaseView) -> None:
    check(view)


def test_a_quote_that_is_not_its_source_stops_the_export(view: CaseView) -> None:
    claim = view.claims[0]
    broken = dataclasses.replace(claim, act=dataclasses.replace(claim.act, quote="other words"))
    with pytest.raises(IntegrityError, match="WM304"):
        check(dataclasses.replace(view, claims=(broken, *view.claims[1:])))


def test_one_changed_character_of_a_text_stops_the_export(view: CaseView) -> None:
    first = view.documents[0]
    at = next(citations(view)).span.start
    changed = dataclasses.replace(first, text=first.text[:at] + "#" + first.text[at + 1 :])
    with pytest.raises(IntegrityError, match="WM304"):
        check(dataclasses.replace(view, documents=(changed, *view.documents[1:])))


def test_a_record_of_a_document_that_is_not_there_stops_the_export(view: CaseView) -> None:
    with pytest.raises(IntegrityError, match="WM308"):
        check(dataclasses.replace(view, documents=view.documents[1:]))


def test_a_statement_past_the_end_stops_the_export(view: CaseView) -> None:
    late = dataclasses.replace(view.statements["doc-wire"][0], span=Span(10, 10_000))
    with pytest.raises(IntegrityError, match="WM304"):
        check(dataclasses.replace(view, statements={**view.statements, "doc-wire": (late,)}))
