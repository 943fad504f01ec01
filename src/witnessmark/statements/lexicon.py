"""Cues and names of speakers, read from the TOML files of each language and found in a token stream."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple

from witnessmark.errors import DataError
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.language.tokens import Token

LANGUAGES = ("en", "uk", "ru")
"""Languages with a lexicon; any other language is read with the English one."""


class Cue(NamedTuple):
    """Words at tokens ``first`` .. ``last`` (excluded) with their ``kinds``: cue classes, or source types."""

    first: int
    last: int
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Function words; each list is described where it stands, in ``grammar.toml``."""

    subordinators: frozenset[str]
    adverbs: frozenset[str]
    be: frozenset[str]
    determiners: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    objects: frozenset[str]
    stops: frozenset[str]
    openers: frozenset[str]
    calendar: frozenset[str]
    finite: frozenset[str]
    imperative_endings: frozenset[str]
    future_endings: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lexicon of one language. ``plain_speech`` are verbs that can only mean saying."""

    language: str
    cues: PhraseMatcher[frozenset[str]]
    sources: PhraseMatcher[frozenset[str]]
    plain_speech: frozenset[str]
    grammar: Grammar

    def find_cues(self, tokens: Sequence[Token], first: int, last: int) -> list[Cue]:
        """Cues that begin in ``tokens[first:last]``; they may overlap, the longest at each token is given."""
        return [Cue(*match) for match in self.cues.find_overlapping(tokens, first, last)]

    def find_sources(self, tokens: Sequence[Token], first: int, last: int) -> list[Cue]:
        """Words that name a kind of speaker, in text order, not overlapping."""
        return [Cue(*match) for match in self.sources.find(tokens, first, last)]


@functools.cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of ``language`` (English where there is none), loaded once.

    Raises:
        DataError: WM401 when a file of it is missing or cannot be read.
    """
    known = language if language in LANGUAGES else "en"
    cues = _load(known, "cues.toml")["cues"]
    sources = _load(known, "sources.toml")
    return Lexicon(
        language=known,
        cues=PhraseMatcher(_closed(_by_phrase(cues)).items()),
        sources=PhraseMatcher(_source_entries(sources).items()),
        plain_speech=frozenset(cues["plain_speech"]),
        grammar=Grammar(**{name: frozenset(words) for name, words in _load(known, "grammar.toml").items()}),
    )


def _load(language: str, name: str) -> dict[str, Any]:
    source = resources.files(f"witnessmark.statements.language.{language}").joinpath(name)
    try:
        return tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM401", str(error), origin=f"{language}/{name}") from error


def _by_phrase(lists: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, phrases in lists.items():
        for phrase in phrases:
            kinds.setdefault(phrase, set()).add(kind)
    return {phrase: frozenset(found) for phrase, found in kinds.items()}


_DENIALS = frozenset({"denial", "speech"})
"""What "denied" tells, and "denied access" does not."""


def _closed(kinds: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Each phrase also gets the kinds of the phrases that it begins with, and of the starred stems that it
    begins with, since only the longest match at a token is seen. A length of time ("a day earlier") does not become a rate ("a day") by it, nor
    what is withheld ("denied access") a denial."""
    out: dict[str, frozenset[str]] = {}
    stems = {phrase[:-1]: own for phrase, own in kinds.items() if phrase.endswith("*") and " " not in phrase}
    for phrase, own in kinds.items():
        words = phrase.split()
        found = set(own)
        for length in range(1, len(words)):
            found |= kinds.get(" ".join(words[:length]), frozenset())
        for stem, more in stems.items():
            if phrase.startswith(stem):
                found |= more
        out[phrase] = frozenset(found - {"pattern"} if "span" in own else found - _DENIALS if "withheld" in own else found)
    return out


def _source_entries(lists: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, frozenset[str]]:
    out: dict[str, frozenset[str]] = {}
    for kind, phrases in lists["power"].items():
        out.update({phrase: frozenset({kind, "power"}) for phrase in phrases})
    for kind, phrases in lists["types"].items():
        out.update({phrase: frozenset({kind}) for phrase in phrases})
    return out
