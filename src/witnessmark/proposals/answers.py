"""From the words of an answer to proposals: anything that is not of the asked form is refused as a whole."""

from __future__ import annotations

import json
import re
from typing import Any

from witnessmark.proposals.prompt import MAX_INCIDENTS, MAX_LISTED, MAX_QUOTE, MAX_SENTENCE
from witnessmark.proposals.records import SEVERAL, SINGLE, Proposal

MAX_CHARACTERS = 200_000
"""Longest answer that is looked at."""

_FENCE = re.compile(r"\A\s*```(?:json)?\s*\n(.*)\n\s*```\s*\Z", re.DOTALL)


class Malformed(ValueError):
    """An answer that is not of the asked form; the text says in what."""


def parse(answer: str) -> tuple[Proposal, ...]:
    """The proposals of an answer.

    Raises:
        Malformed: when it is too long, no JSON, or of another form.
    """
    if len(answer) > MAX_CHARACTERS:
        raise Malformed("too long")
    fenced = _FENCE.match(answer)
    try:
        data = json.loads(fenced[1] if fenced else answer, object_pairs_hook=_object, parse_constant=_constant)
    except Malformed:
        raise
    except (ValueError, RecursionError):
        raise Malformed("not JSON") from None
    listed = _keys(data, {"incidents"})["incidents"]
    if not isinstance(listed, list) or len(listed) > MAX_INCIDENTS:
        raise Malformed("no list of incidents, or too long a one")
    return tuple(_proposal(item) for item in listed)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise Malformed("a key stands twice")
    return dict(pairs)


def _constant(name: str) -> Any:
    raise Malformed(f"{name} is no value")


def _keys(data: Any, wanted: set[str]) -> dict[str, Any]:
    if not isinstance(data, dict) or set(data) != wanted:
        raise Malformed("other keys than asked for")
    return data


def _proposal(item: Any) -> Proposal:
    data = _keys(item, {"sentence", *SINGLE, *SEVERAL})
    quotes = [(name, data[name]) for name in SINGLE if data[name] is not None]
    for name in SEVERAL:
        if not isinstance(data[name], list) or len(data[name]) > MAX_LISTED:
            raise Malformed(f"{name} is no list, or too long a one")
        quotes += [(name, words) for words in data[name]]
    if not isinstance(data["sentence"], str) or any(not isinstance(words, str) for _, words in quotes):
        raise Malformed("a value is no text")
    # Longer words are no mistake of form where the server knows no limits; they are looked up as they are and not cut.
    quotes = [(name, words) for name, words in quotes if words.strip() and len(words) <= 4 * MAX_QUOTE]
    return Proposal(data["sentence"][: 4 * MAX_SENTENCE], tuple(quotes))
