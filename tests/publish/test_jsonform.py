import json
from collections.abc import Iterator
from typing import Any

from witnessmark.publish import jsonform
from witnessmark.publish.view import REVIEW_LABEL, CaseView


def quotes(node: Any, document: str = "") -> Iterator[tuple[str, int, int, str]]:
    if isinstance(node, dict):
        document = node.get("document", document)
        if node.get("quote"):
            yield document, node["start"], node["end"], node["quote"]
        for value in node.values():
            yield from quotes(value, document)
    if isinstance(node, list):
        for value in node:
            yield from quotes(value, document)


def test_every_quote_is_the_text_at_its_offsets(view: CaseView) -> None:
    texts = {d.identifier: d.text for d in view.documents}
    found = list(quotes(jsonform.case(view)))
    assert len(found) > 60
    for document, start, end, quote in found:
        assert texts[document][start:end] == quote


def test_the_whole_case_is_json(view: CaseView) -> None:
    made = jsonform.case(view)
    assert json.loads(json.dumps(made)) == made
    assert made["review"] == REVIEW_LABEL


def test_the_states_of_a_figure_are_told_apart(view: CaseView) -> None:
    made: Any = jsonform.case(view)
    by_id = {c["id"]: c for c in made["claims"]}
    assert by_id["claim-local-1"]["injured"]["value"]["state"] == "vague"
    assert by_id["claim-local-2"]["killed"]["value"]["state"] == "zero"
    assert by_id["claim-local-3"]["injured"]["value"]["state"] == "unknown"
    assert by_id["claim-local-3"]["killed"] is None


def test_a_bound_names_the_claim_and_the_words_that_give_it(view: CaseView) -> None:
    made: Any = jsonform.incident(view, view.incidents[0])
    assert made["killed"]["low"]["claim"] == "claim-local-1"
    assert made["killed"]["low"]["quote"] == "At least 5 people"
    assert made["killed"]["high"]["quote"] == "зросла до семи"
    assert made["injured"]["vague"] == ["dozens"]
    assert made["date"]["claim"] == "claim-local-1"
    assert made["place"]["claim"] == "claim-wire-1"
