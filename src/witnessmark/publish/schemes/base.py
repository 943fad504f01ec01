"""What an adapter is, and the account of what it loses."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

from witnessmark.publish import table_csv
from witnessmark.publish.columns import Column
from witnessmark.publish.facts import Fact, Facts
from witnessmark.publish.tables import Row
from witnessmark.vocabulary import terms

Made = Mapping[str, object]
Nothing: TypeAlias = dict[str, object] | None
_NOTHING: Nothing = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a scheme. ``kind``: text, integer or number. ``allowed``: the values that the scheme has, empty for any.

    ``filled`` is False for a field that the scheme has and that this program never knows anything for: it stays empty.
    """

    name: str
    kind: str
    meaning: str
    allowed: tuple[str, ...] = ()
    filled: bool = True
    required: bool = False


KINDS = ("ineligible", "assumed", "dropped", "merged")
"""Kinds of loss: the incident does not fit the scheme; a value was taken that no source states; a value has no place in the scheme; values
that we keep apart are one in the scheme."""


@dataclass
class Losses:
    """What one adapter could not carry over: (kind, field, reason) to the incidents concerned, in order."""

    entries: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def add(self, kind: str, name: str, reason: str, incident: str) -> None:
        """Note one loss."""
        self.entries.setdefault((kind, name, reason), []).append(incident)

    def ineligible(self, fact: Fact, reason: str) -> Nothing:
        """The incident is not written: it does not fit the scheme. Gives None, the row that is not there."""
        self.add("ineligible", "", reason, fact.identifier)
        return _NOTHING

    def assumed(self, fact: Fact, name: str, reason: str) -> None:
        """The scheme wants a value and no source states it."""
        self.add("assumed", name, reason, fact.identifier)

    def dropped(self, fact: Fact, name: str, reason: str) -> None:
        """A value of ours has no place in the scheme."""
        self.add("dropped", name, reason, fact.identifier)

    def merged(self, fact: Fact, name: str, reason: str) -> None:
        """Two states that we keep apart are one in the scheme."""
        self.add("merged", name, reason, fact.identifier)

    def rows(self) -> list[dict[str, object]]:
        """The account as plain data, ordered by kind and field."""
        return [
            {"kind": kind, "field": name, "reason": reason, "count": len(ids), "incidents": ids}
            for (kind, name, reason), ids in sorted(self.entries.items(), key=lambda e: (KINDS.index(e[0][0]), e[0][1], e[0][2]))
        ]


@dataclass(frozen=True, slots=True)
class Scheme:
    """An adapter. ``form``: csv, jsonl, json or jsonld. ``version`` is the scheme's own. ``basis`` says where the field list comes from.

    ``rows`` gives the rows of all incidents, each a mapping from field name to value, and tells ``Losses`` what was lost.
    """

    name: str
    title: str
    version: str
    basis: str
    form: str
    fields: tuple[Field, ...]
    rows: Callable[[Facts, Losses], Iterator[Made]]
    note: str = ""
    file: str = ""

    @property
    def path(self) -> str:
        """The file inside a publication."""
        return self.file or f"schemes/{self.name}.{self.form}"


def each(make: Callable[[Fact, Facts, Losses], Made | None]) -> Callable[[Facts, Losses], Iterator[Made]]:
    """Rows of a scheme that has one row for an incident."""

    def rows(facts: Facts, losses: Losses) -> Iterator[Made]:
        for fact in facts.incidents:
            row = make(fact, facts, losses)
            if row is not None:
                yield row

    return rows


@dataclass
class Written:
    """What became of a scheme's file once it was written: the account of what was lost, and the number of rows."""

    losses: Losses = field(default_factory=Losses)
    rows: int = 0


_BATCH = 5_000


def pieces(scheme: Scheme, facts: Facts, written: Written) -> Iterator[bytes]:
    """The file of ``scheme``, piece by piece; ``written`` is filled meanwhile and whole at the end."""
    rows = scheme.rows(facts, written.losses)
    if scheme.form != "csv":
        yield from _json(scheme, rows, written)
        return
    columns = [Column(f.name, f.kind, f.meaning) for f in scheme.fields]
    yield table_csv.header(columns)
    write = table_csv.writer(columns)
    names = [f.name for f in scheme.fields]
    while batch := list(islice(rows, _BATCH)):
        listed: list[Row] = [tuple([row.get(n) for n in names]) for row in batch]  # type: ignore[misc]
        written.rows += len(listed)
        yield write(listed)


def encode(scheme: Scheme, facts: Facts) -> tuple[bytes, Losses, int]:
    """The file of ``scheme`` as a whole, the account of what was lost, and the number of rows."""
    written = Written()
    return b"".join(pieces(scheme, facts, written)), written.losses, written.rows


_FRAMES = {
    "jsonl": ("", "", "\n", ""),
    "jsonld": ('{"@context":"https://schema.org","@graph":[', ",\n", "", "]}\n"),
    "json": ("[", ",\n", "", "]\n"),
}
"""Of each form: what stands before all items, between two, after each, and after all."""


def _json(scheme: Scheme, rows: Iterator[Made], written: Written) -> Iterator[bytes]:
    head, between, after, foot = _FRAMES[scheme.form]
    yield head.encode()
    while batch := list(islice(rows, _BATCH)):
        text = between.join([dumps(item) + after for item in batch])
        yield ((between if written.rows else "") + text).encode("utf-8", "backslashreplace")
        written.rows += len(batch)
    yield foot.encode()


dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
"""Compact JSON."""


@functools.cache
def _table(name: str, scheme: str) -> dict[str, str]:
    return {t.identifier: t.crosswalk[scheme] for t in terms(name) if scheme in t.crosswalk}


def crosswalk(name: str, identifier: str | None, scheme: str) -> str | None:
    """What ``scheme`` calls the entry ``identifier`` of the closed list ``name``; None when it has nothing for it."""
    return _table(name, scheme).get(identifier or "")


def text(name: str, meaning: str, *allowed: str, filled: bool = True, required: bool = False) -> Field:
    """A text field."""
    return Field(name, "text", meaning, tuple(allowed), filled, required)


def integer(name: str, meaning: str, *allowed: str, filled: bool = True, required: bool = False) -> Field:
    """A whole number."""
    return Field(name, "integer", meaning, tuple(allowed), filled, required)


def number(name: str, meaning: str, *, filled: bool = True) -> Field:
    """A number."""
    return Field(name, "number", meaning, (), filled)


def joined(parts: Iterable[str | None], between: str = "; ") -> str | None:
    """The parts without repetition, or None when there are none."""
    return between.join(dict.fromkeys(p for p in parts if p)) or None
