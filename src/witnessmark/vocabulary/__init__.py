"""Closed lists: every id that a record may hold, with labels, definitions and crosswalks, read from TOML files here.

A file ``NAME.toml`` holds ``[[term]]`` tables with ``id``, ``label`` (tables ``en``, ``uk``, ``ru``), ``definition`` and, where another
scheme has a counterpart, ``crosswalk`` (scheme -> code). ``family``, where given, says what a term excludes: terms of two different families of one
list cannot both be true of one thing; a term without one goes with every other.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from witnessmark.errors import DataError

LISTS = (
    "act", "actor_kind", "aftermath", "comparator", "contradiction_field", "contradiction_kind", "date_basis", "date_precision", "document_status",
    "effect", "group", "harm", "modality", "object", "part", "place_precision", "place_role", "source_type", "trend", "unit",
    "vague", "weapon",
)  # fmt: skip
"""Names of the closed lists."""


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a closed list."""

    identifier: str
    labels: Mapping[str, str]
    definition: str
    crosswalk: Mapping[str, str]
    family: str = ""

    def label(self, language: str = "en") -> str:
        """The label in ``language``, or in English where there is none."""
        return self.labels.get(language, self.labels["en"])


@functools.cache
def terms(name: str) -> tuple[Term, ...]:
    """The terms of the list ``name``, in order.

    Raises:
        DataError: WM403 when there is no such list or its file is wrong.
    """
    source = resources.files(__name__).joinpath(f"{name}.toml")
    try:
        raw = tomllib.loads(source.read_text(encoding="utf-8"))
        return tuple(
            Term(t["id"], dict(t["label"]), t["definition"], dict(t.get("crosswalk", {})), t.get("family", "")) for t in raw["term"]
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise DataError("WM403", str(error), origin=name) from error


@functools.cache
def identifiers(name: str) -> frozenset[str]:
    """The ids of the list ``name``."""
    return frozenset(t.identifier for t in terms(name))


@functools.cache
def families(name: str) -> Mapping[str, str]:
    """The terms of the list ``name`` that have a family, with it."""
    return {t.identifier: t.family for t in terms(name) if t.family}


@functools.lru_cache(maxsize=10_000)
def label(name: str, identifier: str, language: str = "en") -> str:
    """The label of ``identifier`` in the list ``name``; the id itself when it is not in the list."""
    return next((t.label(language) for t in terms(name) if t.identifier == identifier), identifier)
