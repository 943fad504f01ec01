"""Where the values of a JSON text stand, so that a record can be led back to its bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Located:
    """A value and the code points ``start`` .. ``end`` (half-open) of the text that it was written in."""

    value: Any
    start: int
    end: int


def skip_space(text: str, at: int) -> int:
    """The first position from ``at`` on that is not JSON white space."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def located(text: str, at: int = 0) -> Located:
    """The value that stands at ``at`` or after white space there.

    Raises:
        ValueError: the text is not JSON there. RecursionError: it is nested more deeply than the interpreter follows.
    """
    start = skip_space(text, at)
    value, end = _DECODER.raw_decode(text, start)
    return Located(value, start, end)


def members(text: str, at: int = 0) -> Iterator[tuple[str, int]]:
    """Keys of the object at ``at``, each with the position of its value. Only one value is decoded at a time, to get past it.

    Raises:
        ValueError: no well-formed object stands there. RecursionError: as :func:`located`.
    """
    at = _expect(text, skip_space(text, at), "{")
    if text.startswith("}", skip_space(text, at)):
        return
    while True:
        at = skip_space(text, at)
        _expect(text, at, '"')
        key = located(text, at)
        start = skip_space(text, _expect(text, skip_space(text, key.end), ":"))
        yield key.value, start
        at = skip_space(text, located(text, start).end)
        if not text.startswith(",", at):
            _expect(text, at, "}")
            return
        at += 1


def elements(text: str, at: int = 0) -> Iterator[Located]:
    """The elements of the array at ``at``.

    Raises:
        ValueError, RecursionError: as :func:`members`.
    """
    at = _expect(text, skip_space(text, at), "[")
    if text.startswith("]", skip_space(text, at)):
        return
    while True:
        element = located(text, at)
        yield element
        at = skip_space(text, element.end)
        if not text.startswith(",", at):
            _expect(text, at, "]")
            return
        at += 1


def _expect(text: str, at: int, mark: str) -> int:
    if not text.startswith(mark, at):
        raise ValueError(f"no {mark} at {at}")
    return at + 1
