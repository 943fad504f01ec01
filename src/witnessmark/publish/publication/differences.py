"""What changed between two publications: incidents added, removed and changed, each with what caused it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.errors import UsageError

FIELDS = ("act", "date", "place", "killed", "injured", "claims", "review")


@dataclass(frozen=True, slots=True)
class Change:
    """One incident. ``kind``: added, removed or changed; ``fields`` (name, before, after); ``cause`` in plain words."""

    kind: str
    incident: str
    fields: tuple[tuple[str, str, str], ...]
    cause: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two publications compared. ``totals``: what (before, after) for counts of records, policy and ledger, where they differ."""

    changes: tuple[Change, ...]
    totals: tuple[tuple[str, str, str], ...]

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(c for c in self.changes if c.kind == kind)


@dataclass(frozen=True, slots=True)
class _Publication:
    manifest: Mapping[str, Any]
    incidents: Mapping[str, Mapping[str, Any]]
    reviews: Mapping[str, Mapping[str, Any]]


def compare(first: Path | str, second: Path | str) -> Difference:
    """What changed from the publication in ``first`` to that in ``second``.

    Raises:
        UsageError: WM606 when one of the folders holds no publication.
    """
    old, new = _load(Path(first)), _load(Path(second))
    return Difference(tuple(_changes(old, new)), tuple(_totals(old.manifest, new.manifest)))


def _load(folder: Path) -> _Publication:
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        rows = [json.loads(line) for line in (folder / "incidents.jsonl").read_text(encoding="utf-8").splitlines()]
        reviews = json.loads((folder / "reviews.json").read_bytes())
        if not str(manifest["format"]).startswith("witnessmark-publication/"):
            raise ValueError(manifest["format"])
        return _Publication(manifest, {row["id"]: row for row in rows}, reviews)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError("WM606", str(error)[:120], origin=str(folder)) from error


def _changes(old: _Publication, new: _Publication) -> Iterator[Change]:
    heirs = {former: row["id"] for row in new.incidents.values() for former in row["former"]}
    origins = {former: row["id"] for row in old.incidents.values() for former in row["former"]}
    for name in sorted(old.incidents.keys() | new.incidents.keys()):
        before, after = old.incidents.get(name), new.incidents.get(name)
        if before is None:
            yield Change("added", name, (), _moved("split from", origins.get(name), name, before, after, old, new))
        elif after is None:
            yield Change("removed", name, (), _moved("merged into", heirs.get(name), name, before, after, old, new))
        else:
            fields = tuple((f, a, b) for f in FIELDS if (a := _shown(before, f)) != (b := _shown(after, f)))
            if fields:
                yield Change("changed", name, fields, _cause(name, before, after, old, new))


def _shown(row: Mapping[str, Any], name: str) -> str:
    value = row[name]
    if name == "date":
        return "not stated" if value is None else f"{value['value']['earliest']}..{value['value']['latest']} {value['value']['precision']}"
    if name == "place":
        return "not stated" if value is None else f"{value['value']['name']} {value['value']['precision']}"
    if name in ("killed", "injured"):
        return _toll(value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _toll(value: Mapping[str, Any]) -> str:
    low, high = (value[end]["value"] if value[end] else None for end in ("low", "high"))
    if low is None and high is None:
        return ", ".join(f"“{words}”" for words in value["vague"]) or "no number"
    if low is None or high is None:
        return f"at least {low}" if high is None else f"up to {high}"
    return str(low) if low == high else f"{low}–{high}"


def _moved(
    how: str,
    other: str | None,
    name: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    old: _Publication,
    new: _Publication,
) -> str:
    """Where an incident came from or went to, with what caused it."""
    cause = _cause(name, before, after, old, new)
    return cause if other is None else f"{how} {other}" + (f": {cause}" if cause.startswith("decision") else "")


def _cause(name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, old: _Publication, new: _Publication) -> str:
    """Decisions first; then what else can change a published record."""
    decided = _decisions(name, before, after, new) - _decisions(name, before, after, old)
    if decided:
        return "decision " + ", ".join(f"#{n}" for n in sorted(decided))
    if old.manifest["policy"]["sha256"] != new.manifest["policy"]["sha256"]:
        return "another policy"
    if set((before or {}).get("claims", ())) != set((after or {}).get("claims", ())):
        return "sources added, removed or read again"
    if old.manifest["as_of"] != new.manifest["as_of"]:
        return "the embargo ended or began"
    return "another version of the program" if old.manifest["producer"] != new.manifest["producer"] else "the record was computed again"


def _decisions(name: str, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, of: _Publication) -> set[int]:
    """The decisions on an incident and on its claims, before and after."""
    ids = {name, *((before or {}).get("claims", ())), *((after or {}).get("claims", ()))}
    return {n for i in ids for n in of.reviews.get(i, {}).get("decisions", ())}


def _totals(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in ("audience", "review", "as_of", "producer"):
        if old[name] != new[name]:
            yield name, str(old[name]), str(new[name])
    if old["policy"] != new["policy"]:
        yield "policy", f"{old['policy']['id']} {old['policy']['sha256'][:12]}", f"{new['policy']['id']} {new['policy']['sha256'][:12]}"
    for name in ("records", "totals", "ledger"):
        for key, value in new[name].items():
            if old[name].get(key) != value:
                yield f"{name}: {key}", str(old[name].get(key)), str(value)
