"""What words around and inside names mean to the finder of places: the context lexicon and the list of ambiguous words."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from witnessmark.claims.places.demonyms import demonyms
from witnessmark.errors import DataError


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """``level`` is the rank class of a common English word (10 very common ... 55 less so, 0 none); ``given`` and ``surname`` are frequencies
    per 100,000 people of the United States."""

    level: int
    given: int
    surname: int


_NONE = Ambiguity(0, 0, 0)
LANGUAGES = ("en", "uk", "ru")
"""Languages with a ``places.toml``."""


@dataclass(frozen=True, slots=True)
class Context:
    """``before`` and ``after`` map a lower-case word next to a name to the class of that neighbour; ``types`` maps a type word to adm1,
    adm2, settlement or quarter. ``roles`` and ``relations`` map a class to its phrases. ``abbreviations`` lead to codes of divisions, ``nicknames``
    to names. ``generic`` are words that make the capitalised words before them a place (natural, division, street); those of
    ``generic_before`` do so for the words after them. ``compass`` gives the north and east part of a compass word, ``units`` the kilometres
    of a unit; ``between_joins`` stand between the ends of "between X and Y"; ``plurals`` are type words for several names."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    types: Mapping[str, frozenset[str]]
    directions: frozenset[str]
    heads: frozenset[str]
    given: frozenset[str]
    never: frozenset[str]
    roles: tuple[tuple[str, str], ...]
    relations: tuple[tuple[str, str], ...]
    abbreviations: Mapping[str, str]
    nicknames: Mapping[str, str]
    generic: Mapping[str, str]
    generic_before: frozenset[str]
    compass: Mapping[str, tuple[int, int]]
    units: Mapping[str, float]
    between_joins: frozenset[str]
    plurals: frozenset[str]


_KILOMETRES = {"kilometre": 1.0, "mile": 1.609344, "metre": 0.001, "yard": 0.0009144}


def _table(package: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(resources.files(package).joinpath(name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM403", str(error), origin=name) from error


@functools.cache
def context() -> Context:
    """The context lexicons of all languages in one, loaded once: their words do not clash, and a text may mix languages.

    Raises:
        DataError: WM403 when a file is missing or wrong.
    """
    raw: dict[str, Any] = {}
    for language in LANGUAGES:
        _merge(raw, _table(f"witnessmark.statements.language.{language}", "places.toml"))
    types: dict[str, set[str]] = {}
    for kind, words in raw["types"].items():
        for word in words:
            types.setdefault(word, set()).add(kind)
    before, after, generic = raw["before"], raw["after"], raw["generic"]
    return Context(
        before=_classes(
            ("verb", raw["verbs_of_place"]), ("from", raw["from_words"]), ("direction", raw["direction_words"]), ("near", raw["near_words"]),
            ("in", raw["in_words"]), ("ship", before["ships"]), ("versus", before["opponents"]), ("title", before["titles"]),
        ),
        after=_classes(
            ("pronoun", before["pronouns"]), ("said", before["said"]), ("animate", after["animate"]), ("organisation", after["organisation"]),
            ("facility", after["facility"]), ("street", after["street"]),
        ),
        types={w: frozenset(k) for w, k in types.items()},
        directions=frozenset(raw["direction_words"]),
        heads=frozenset(before["heads_of"]),
        given=frozenset(before["given"]),
        never=frozenset(before["never"]) | frozenset(demonyms()),
        roles=_phrases(raw["roles"]),
        relations=_phrases(raw["relations"]),
        abbreviations=raw["abbreviations"],
        nicknames=raw["nicknames"],
        generic=_classes(*((kind, generic[kind]) for kind in ("natural", "division", "street"))),
        generic_before=frozenset(generic["before"]),
        compass=_compass(raw["compass"]),
        units={word: _KILOMETRES[unit] for unit, words in raw["units"].items() for word in words},
        between_joins=frozenset(raw["between_joins"]),
        plurals=frozenset(raw["plural_types"]),
    )  # fmt: skip


def _compass(raw: Mapping[str, list[str]]) -> dict[str, tuple[int, int]]:
    """Compass word -> (north, east), each -1, 0 or 1."""
    sets = {side: frozenset(words) for side, words in raw.items()}
    return {
        word: ((word in sets["north"]) - (word in sets["south"]), (word in sets["east"]) - (word in sets["west"]))
        for words in sets.values()
        for word in words
    }


def _merge(into: dict[str, Any], table: dict[str, Any]) -> None:
    for name, value in table.items():
        if isinstance(value, dict):
            _merge(into.setdefault(name, {}), value)
        elif isinstance(value, list):
            into.setdefault(name, []).extend(value)
        else:
            into[name] = value


def _classes(*pairs: tuple[str, list[str]]) -> dict[str, str]:
    """Later classes win where a word is in several."""
    return {word: kind for kind, words in pairs for word in words}


def _phrases(table: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """(phrase, class), longest phrases first."""
    return tuple(sorted(((p, kind) for kind, phrases in table.items() for p in phrases), key=lambda x: -len(x[0])))


@functools.cache
def ambiguities() -> Mapping[str, Ambiguity]:
    """Words that are names of places and also words or names of people.

    Raises:
        DataError: WM403 when the list is missing or wrong.
    """
    source = resources.files("witnessmark.claims.places").joinpath("data/words.tsv")
    out: dict[str, Ambiguity] = {}
    try:
        for line in source.read_text(encoding="utf-8").splitlines():
            word, level, given, surname = line.split("\t")
            out[word] = Ambiguity(int(level), int(given), int(surname))
    except (OSError, ValueError) as error:
        raise DataError("WM403", str(error), origin="words.tsv") from error
    return out


def ambiguity(word: str) -> Ambiguity:
    """What else ``word`` (lower case) may be."""
    return ambiguities().get(word, _NONE)


def is_given_name(word: str) -> bool:
    """True for a given name that is not mainly a common word."""
    found = ambiguities().get(word, _NONE)
    return word in context().given or (found.given > 2 and not 0 < found.level <= 35)
