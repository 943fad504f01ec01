"""What the recogniser of names knows of a word: closed classes from files, places from the gazetteer, common words and given names."""

from __future__ import annotations

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources

from witnessmark.claims.places.demonyms import countries, demonyms, names_of_countries
from witnessmark.claims.places.inflection import base_forms
from witnessmark.claims.places.normalise import key_of, skeleton_of
from witnessmark.claims.places.pack import default_gazetteer
from witnessmark.claims.places.words import LANGUAGES, ambiguity, context
from witnessmark.errors import DataError
from witnessmark.statements.language.lexicons import lexicon

LARGE = 50_000
"""Inhabitants from which on the name of a settlement is taken for a place without further evidence. Smaller ones are kept only where the
reader tied the words to a row of the gazetteer: villages bear the names of people everywhere."""

COMMON_SURNAME = 10
"""Bearers per 100,000 people from which on a word alone in the middle of a sentence may be somebody's surname."""

MEDIA_WORDS = frozenset(
    [
        "agency",
        "bulletin",
        "chronicle",
        "courier",
        "daily",
        "dispatch",
        "express",
        "gazette",
        "guardian",
        "herald",
        "independent",
        "journal",
        "magazine",
        "mail",
        "media",
        "messenger",
        "mirror",
        "monitor",
        "network",
        "news",
        "observer",
        "online",
        "portal",
        "post",
        "press",
        "radio",
        "reader",
        "record",
        "report",
        "reporter",
        "reports",
        "review",
        "standard",
        "star",
        "sun",
        "telegraph",
        "times",
        "today",
        "tribune",
        "tv",
        "weekly",
        "wire",
        "world",
        "watch",
        "centre",
        "center",
        "foundation",
        "institute",
        "group",
        "organisation",
        "organization",
        "association",
        "project",
        "archive",
        "live",
        "channel",
        "агентство",
        "агенція",
        "вісник",
        "вісті",
        "газета",
        "голос",
        "громадське",
        "дзеркало",
        "день",
        "журнал",
        "край",
        "медіа",
        "новини",
        "преса",
        "радіо",
        "рупор",
        "сьогодні",
        "телеканал",
        "час",
        "ведомости",
        "вестник",
        "взгляд",
        "время",
        "газета",
        "известия",
        "новости",
        "пресса",
        "радио",
        "сегодня",
        "телеканал",
        "труд",
    ]
)
"""Words that make a publisher's name the name of an outlet. A name without any of them, and without a place, may be a person's."""

_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'"})


@functools.lru_cache(maxsize=200_000)
def folded(word: str) -> str:
    """``word`` in lower case with one kind of apostrophe, the English possessive taken off."""
    return word.lower().translate(_APOSTROPHES).removesuffix("'s")


@dataclass(frozen=True, slots=True)
class WordClass:
    """Words of one closed class: whole words, and beginnings of words."""

    whole: frozenset[str]
    stems: tuple[str, ...]

    def __contains__(self, word: str) -> bool:
        return word in self.whole or word.startswith(self.stems)


@functools.cache
def word_classes() -> dict[str, WordClass]:
    """The classes of ``words.toml`` by name.

    Raises:
        DataError: WM403 when the file is missing or wrong.
    """
    try:
        raw = tomllib.loads(resources.files(__name__.rpartition(".")[0]).joinpath("words.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM403", str(error), origin="words.toml") from error
    return {
        name: WordClass(frozenset(w for w in words if not w.endswith("*")), tuple(sorted({w[:-1] for w in words if w.endswith("*")})))
        for name, words in raw.items()
    }


@functools.lru_cache(maxsize=200_000)
def is_office(word: str) -> bool:
    """Is ``word`` (folded) a word of office?"""
    return word in word_classes()["office"]


@functools.lru_cache(maxsize=200_000)
def points_to_person(word: str) -> bool:
    """Does a person's name follow ``word`` (folded)?"""
    return word in word_classes()["person_before"]


@functools.lru_cache(maxsize=200_000)
def is_listed(word: str) -> bool:
    """Is ``word`` (folded) a month, a weekday, a nationality, a country, or a word of an organisation, a force or a weapon?"""
    classes = word_classes()
    return word in classes["plain"] or word in classes["organisation"] or word in demonyms() or word in _country_words()


@functools.cache
def _country_words() -> frozenset[str]:
    """The words of the names of countries, each alone."""
    return frozenset(w for name in names_of_countries() for w in name.split() if len(w) > 2 and not is_given(w)) | frozenset(
        names_of_countries()
    )


@functools.lru_cache(maxsize=200_000)
def is_known(word: str) -> bool:
    """Is ``word`` (folded) listed, a word of office, or a large place whose name is no given name?"""
    return is_listed(word) or is_office(word) or (not is_given(word) and is_large_place(word))


@functools.lru_cache(maxsize=200_000)
def is_surname(word: str) -> bool:
    """Is ``word`` (folded) an organisation's word that many people are called by ("White")?"""
    return word in word_classes()["organisation"] and ambiguity(word).surname >= COMMON_SURNAME


STEM = 4


def stem_of(word: str) -> str:
    """The beginning of a word that its cases share, as a rule: all but two letters, at least four."""
    return word[: max(STEM, len(word) - 2)]


@functools.lru_cache(maxsize=200_000)
def is_large_place(word: str) -> bool:
    """Is ``word`` (folded, in any case of the language) the name of a country, first-order division or large settlement?"""
    gazetteer = default_gazetteer()
    forms = [word, *base_forms([word])] if not word.isascii() else [word]
    for form in forms:
        for row, _ in gazetteer.lookup(key_of(form)):
            place = gazetteer.place(row)
            if place.feature in ("ADM1", "PCLI", "RGN", "CONT", "SEA", "PCLH") or place.population >= LARGE:
                return True
    return False


@functools.lru_cache(maxsize=200_000)
def is_place(word: str) -> bool:
    """Is ``word`` (folded) a word of the name of any place, or a word such as "region" or "near" that goes with one?"""
    if word in word_classes()["organisation"] or opens_sentences(word) or word in context().types:
        return True
    gazetteer = default_gazetteer()
    forms = [word, *base_forms([word])] if not word.isascii() else [word]
    return any(gazetteer.lookup(key_of(form)) or form in _words_of_places() for form in forms) or bool(
        gazetteer.lookup("~" + skeleton_of(key_of(word)))
    )


@functools.cache
def _words_of_places() -> frozenset[str]:
    """Every word of the main names of the gazetteer; its other names are looked up whole."""
    gazetteer = default_gazetteer()
    return frozenset(w for row in range(len(gazetteer)) for w in folded(gazetteer.name_of(row)).replace("-", " ").split())


@functools.lru_cache(maxsize=200_000)
def is_given(word: str) -> bool:
    """Is ``word`` (folded) a given name?"""
    return ambiguity(word).given > 0 or word in context().given


@functools.lru_cache(maxsize=200_000)
def opens_sentences(word: str) -> bool:
    """May ``word`` (folded) stand with a capital because a sentence begins, or because a headline has capitals throughout?"""
    if word in word_classes()["openers"] or points_to_person(word):
        return True
    return not is_given(word) and (ambiguity(word).level > 0 or word in context().never or word in _lexicon_words())


@functools.cache
def known_parties() -> frozenset[str]:
    """Names of parties that the reader's lexicon lists: states, groups, and words such as "gunmen"."""
    raw = lexicon("en", "actors")
    words = [w for several in raw["generic"].values() for w in several]
    generic = {w.removeprefix("the ") for w in words} | {w for w in raw["anaphors"]["words"]}
    return frozenset(generic | {g["name"] for g in raw["group"]} | {c.name for c in countries()} | {"disputed", "unknown"})


_NAMES_IN_LEXICONS = frozenset({"given", "group", "demonym", "titles", "nicknames", "abbreviations"})


@functools.cache
def _lexicon_words() -> frozenset[str]:
    """Every word of the reader's lexicons of all languages, apart from the tables that hold names."""
    out: set[str] = set()
    for language in LANGUAGES:
        folder = resources.files(f"witnessmark.statements.language.{language}")
        for file in folder.iterdir():
            if file.name.endswith(".toml"):
                _collect(tomllib.loads(file.read_text(encoding="utf-8")), out)
    return frozenset(out)


def _collect(node: object, out: set[str]) -> None:
    if isinstance(node, str):
        out.update(w for w in node.translate(_APOSTROPHES).replace("*", " ").split() if w.isalpha() and w.islower())
    elif isinstance(node, list):
        for item in node:
            _collect(item, out)
    elif isinstance(node, dict):
        for name, item in node.items():
            if name not in _NAMES_IN_LEXICONS:
                _collect(item, out)
