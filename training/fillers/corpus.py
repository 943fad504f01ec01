"""MUC-4 documents with the readings and the answers that the filler model is trained and measured on."""

from __future__ import annotations

import gzip
import json
import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from witnessmark.claims.fillers.model import ROLES, TYPES
from witnessmark.claims.fillers.phrases import Extent, Phrase
from witnessmark.evaluation.sets.muc4 import read_wire
from witnessmark.statements import Reading

_MARKS = str.maketrans("", "", string.punctuation)
_ARTICLE = re.compile(r"\b(?:a|an|the)\b")


def normal(text: str) -> str:
    """The form in which the public scorer compares mentions."""
    return " ".join(_ARTICLE.sub(" ", text.lower().translate(_MARKS)).split())


@dataclass(frozen=True)
class Wire:
    """One document: its reading, its gold row, and for each role the entities as lists of normalised mentions."""

    identifier: str
    reading: Reading
    row: dict[str, Any]
    gold: tuple[tuple[frozenset[str], ...], ...]
    words: tuple[str, ...] = field(repr=False)

    @property
    def bounds(self) -> list[tuple[int, int]]:
        """First and last (excluded) word of every sentence."""
        return [(sentence.first, sentence.last) for sentence in self.reading.sentences]

    def text_of(self, phrase: Phrase, extent: Extent) -> str:
        """The normalised text of one cut of a phrase."""
        span = phrase.span(extent, self.reading)
        return normal(self.reading.text[span.start : span.end])

    def roles_of(self, text: str) -> set[int]:
        """The numbers of the roles that a mention with this text fills."""
        return {role for role, entities in enumerate(self.gold) if any(text in entity for entity in entities)}

    def kinds_of(self, phrase: Phrase) -> list[int]:
        """For each incident type, 1 when a template of the type has a filler with the text of any cut of ``phrase``."""
        texts = {self.text_of(phrase, extent) for extent in phrase.extents()}
        held = set()
        for template in self.row["templates"]:
            if any(normal(m[0]) in texts for role in ROLES for entity in template[role] for m in entity):
                held |= {kind.strip() for kind in template["incident_type"].split(" / ")}
        return [int(kind in held) for kind in TYPES]

    def targets(self) -> list[int]:
        """What the bag is to tell: each role filled, any template, each incident type (0 or 1)."""
        kinds = {kind.strip() for template in self.row["templates"] for kind in template["incident_type"].split(" / ")}
        return [*(int(bool(entities)) for entities in self.gold), int(bool(self.row["templates"])), *(int(t in kinds) for t in TYPES)]


def read_wires(path: Path) -> list[Wire]:
    """All documents of a gzipped file of the corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_wire(json.loads(line)) for line in lines]


def _wire(row: dict[str, Any]) -> Wire:
    reading = read_wire(row).reading
    gold = tuple(tuple(frozenset(normal(m[0]) for m in entity) for entity in row["extracts"].get(role, [])) for role in ROLES)
    return Wire(row["docid"], reading, row, gold, tuple(token.lower for token in reading.tokens))


def label_of(wire: Wire, phrase: Phrase) -> int:
    """1 + the number of the role that the phrase fills under any cut, 0 for none."""
    roles = sorted({role for extent in phrase.extents() for role in wire.roles_of(wire.text_of(phrase, extent))})
    return roles[0] + 1 if roles else 0


def sequence(items: Sequence[str]) -> bytes:
    """Names as bytes for the data file."""
    return "\n".join(items).encode("utf-8")
