"""Demonyms: which country an adjective or the name of a people belongs to."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from witnessmark.errors import DataError


@dataclass(frozen=True, slots=True)
class Country:
    """``iso`` is ISO 3166-1 alpha-2, ``name`` the canonical English name, ``names`` further names (lower case)."""

    iso: str
    name: str
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    names: tuple[str, ...]


@functools.cache
def countries() -> tuple[Country, ...]:
    """All countries of the demonym table.

    Raises:
        DataError: WM403 when the table is missing or wrong.
    """
    source = resources.files("witnessmark.statements.language.en").joinpath("demonyms.toml")
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
        return tuple(
            Country(r["country"], r["name"], tuple(r["adjectives"]), tuple(r["people"]), tuple(r["names"])) for r in raw["demonym"]
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM403", str(error), origin="demonyms") from error


@functools.cache
def demonyms() -> Mapping[str, Country]:
    """Every adjective and people, in lower case, with its country."""
    return {word: c for c in countries() for word in (*c.adjectives, *c.people)}


@functools.cache
def names_of_countries() -> Mapping[str, Country]:
    """Every name of a country, in lower case, with the country."""
    return {name: c for c in countries() for name in (c.name.lower(), *c.names)}


def country_of_demonym(word: str) -> Country | None:
    """The country of "Russian", "Syrians" or "sri lankan" in any letter case; None when ``word`` is no demonym."""
    return demonyms().get(word.lower())
