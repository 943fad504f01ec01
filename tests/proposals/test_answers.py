"""Answers of another form than asked for are refused as a whole."""

from __future__ import annotations

import json

import pytest

from witnessmark.proposals.answers import MAX_CHARACTERS, Malformed, parse
from witnessmark.proposals.prompt import MAX_INCIDENTS, schema
from witnessmark.proposals.records import Proposal

GOOD = {
    "sentence": "s", "act": "hit", "place": None, "date": None, "killed": "two", "injured": None, "perpetrator": None,
    "munitions": ["rockets"], "objects": [],
}  # fmt: skip


def answer(*entries: object) -> str:
    return json.dumps({"incidents": list(entries)})


def test_a_good_answer_is_its_quotes() -> None:
    expected = (Proposal("s", (("act", "hit"), ("killed", "two"), ("munitions", "rockets"))),)
    assert parse(answer(GOOD)) == expected
    assert parse(f"```json\n{answer(GOOD)}\n```") == expected
    assert parse(answer()) == ()


@pytest.mark.parametrize(
    "words",
    [
        "", "null", "[]", "{}", '{"incidents": null}', '{"incidents": {}}', "I cannot help with that.", answer(GOOD)[:-9],
        answer({**GOOD, "note": "x"}), answer({k: v for k, v in GOOD.items() if k != "act"}), answer({**GOOD, "killed": 2}),
        answer({**GOOD, "munitions": "rockets"}), answer({**GOOD, "objects": [1]}), answer({**GOOD, "sentence": None}),
        answer(*[GOOD] * (MAX_INCIDENTS + 1)), answer({**GOOD, "munitions": ["x"] * 99}), '{"incidents": [], "decisions": [1]}',
        '{"incidents": [], "incidents": []}', '{"incidents": NaN}', "[" * 100_000, " " * (MAX_CHARACTERS + 1), answer("text"),
        f"Here it is: {answer(GOOD)}",
    ],
)  # fmt: skip
def test_another_form_is_refused(words: str) -> None:
    with pytest.raises(Malformed):
        parse(words)


def test_the_schema_names_what_the_parser_takes() -> None:
    item = schema(limits=True)["properties"]["incidents"]["items"]
    assert set(item["required"]) == set(GOOD)
    assert "maxLength" not in json.dumps(schema(limits=False))
