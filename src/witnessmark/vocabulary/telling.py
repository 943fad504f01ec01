"""Sentences that the program makes, kept with their pattern and values, so that they can be said in another language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from witnessmark.vocabulary import label


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a closed list inside a sentence."""

    list: str
    identifier: str

    def __str__(self) -> str:
        return label(self.list, self.identifier)


class Told(str):
    """A sentence in English that knows its ``pattern`` and the ``values`` in it: numbers, words, terms and other such sentences."""

    pattern: str
    values: dict[str, object]

    def __new__(cls, pattern: str, /, **values: object) -> Self:
        """Put ``values`` into ``pattern``, a format string."""
        made = super().__new__(cls, pattern.format(**{name: _plain(v) for name, v in values.items()}))
        made.pattern, made.values = pattern, values
        return made

    def said(self, language: str, translate: Callable[[str], str]) -> str:
        """The sentence in ``language``; ``translate`` gives the pattern there."""
        return translate(self.pattern).format(**{name: _said(v, language, translate) for name, v in self.values.items()})


tell = Told
"""The name under which the patterns are found by whoever collects the texts to translate."""


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Term) else value


def _said(value: object, language: str, translate: Callable[[str], str]) -> object:
    if isinstance(value, Told):
        return value.said(language, translate)
    return label(value.list, value.identifier, language) if isinstance(value, Term) else value
