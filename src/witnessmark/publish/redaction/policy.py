"""The policy of a publication: a TOML file that says what may leave. Read whole, checked whole, hashed.

All faults of a file are told at once, each with the key that it stands at.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import Any

from witnessmark.errors import UsageError
from witnessmark.vocabulary import identifiers

LONGEST_EMBARGO = 3650
SENSITIVE = ("health", "education", "humanitarian", "water", "energy")
"""Objects whose place no public policy may give finer than the third-order division."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What may leave. ``identifier`` and :attr:`digest` stand in every publication. The fields are the keys of ``default.toml``.

    ``bands`` are the lower ends of age bands, ``sensitive`` ids of the closed list ``object``, ``embargo_days`` days, ``smallest`` the
    smallest part of a toll that keeps its group, ``persons`` how many reviewers have to have decided before a record may be called reviewed.
    """

    identifier: str
    audience: str
    names: str
    keep_officials: bool
    known: tuple[str, ...]
    contacts: bool
    links: str
    bands: tuple[int, ...]
    finest: str
    sensitive: tuple[str, ...]
    embargo_days: int
    smallest: int
    quotes: str
    persons: int

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the settings: the same settings have the same digest, however the file is written."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()

    @property
    def public(self) -> bool:
        """True when the publication is for everybody."""
        return self.audience == "public"


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of the file: the field that it fills, its type, the values that are allowed, those of them that only restricted may use."""

    field: str
    kind: type
    allowed: tuple[object, ...] = ()
    restricted: tuple[object, ...] = ()


_KEYS: Mapping[str, _Key] = {
    "id": _Key("identifier", str),
    "audience": _Key("audience", str, ("public", "restricted")),
    "names.private": _Key("names", str, ("withhold", "keep"), ("keep",)),
    "names.keep_officials": _Key("keep_officials", bool),
    "names.known": _Key("known", list),
    "contacts.withhold": _Key("contacts", bool, (True, False), (False,)),
    "links.sources": _Key("links", str, ("checked", "host", "none", "full"), ("full",)),
    "ages.bands": _Key("bands", list, (), ([],)),
    "places.finest": _Key("finest", str, ("settlement", "as_placed"), ("as_placed",)),
    "places.sensitive": _Key("sensitive", list),
    "embargo.days": _Key("embargo_days", int),
    "counts.smallest": _Key("smallest", int),
    "quotes.words": _Key("quotes", str, ("redacted", "none")),
    "review.persons": _Key("persons", int, (1, 2)),
}


def default_policy_text() -> str:
    """The documented default as TOML, to be copied and changed."""
    return resources.files(__name__.rpartition(".")[0]).joinpath("default.toml").read_text(encoding="utf-8")


def load_policy(path: Path | str | None = None) -> Policy:
    """The policy in the file ``path``; without one the default.

    Raises:
        UsageError: WM601 when the file cannot be read, WM602 when it is no TOML or a key of it is wrong.
    """
    if path is None:
        return parse_policy(default_policy_text(), "default policy")
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("WM601", getattr(error, "strerror", None) or "not UTF-8", origin=str(path)) from error
    return parse_policy(text, str(path))


def parse_policy(text: str, origin: str) -> Policy:
    """The policy that ``text`` states; a key that is not there has its value of the default.

    Raises:
        UsageError: WM602 with every fault of the text.
    """
    try:
        given = dict(_flat(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        raise UsageError("WM602", str(error), origin=origin) from error
    values = {**dict(_flat(tomllib.loads(default_policy_text()))), **given}
    faults = list(_faults(values))
    if faults:
        raise UsageError("WM602", "; ".join(faults), origin=origin)
    held: dict[str, Any] = {key.field: values[name] for name, key in _KEYS.items()}
    fields: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in held.items()}
    return Policy(**fields)


def _flat(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value


def _faults(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        key = _KEYS.get(name)
        if key is None:
            near = get_close_matches(name, _KEYS, 1)
            yield f"{name}: no such key" + (f", did you mean {near[0]}" if near else "")
        elif type(value) is not key.kind:
            yield f"{name}: {key.kind.__name__} expected, found {type(value).__name__}"
        elif key.allowed and value not in key.allowed:
            yield f"{name}: one of {', '.join(map(str, key.allowed))} expected"
        elif value in key.restricted and values.get("audience") == "public":
            yield f"{name}: {json.dumps(value)} is for restricted publications only"
        else:
            yield from _out_of_range(name, value, values.get("audience"))


def _out_of_range(name: str, value: Any, audience: object) -> Iterator[str]:
    if name == "id" and not (value and value.isprintable() and len(value) <= 80):
        yield "id: 1 to 80 printable characters expected"
    elif name == "embargo.days" and not 0 <= value <= LONGEST_EMBARGO:
        yield f"embargo.days: 0 to {LONGEST_EMBARGO} expected"
    elif name == "counts.smallest" and not 1 <= value <= 100:
        yield "counts.smallest: 1 to 100 expected"
    elif name == "ages.bands" and not (all(type(v) is int for v in value) and value == sorted(set(value)) and (not value or value[0] == 0)):
        yield "ages.bands: whole numbers that rise from 0 expected"
    elif name == "names.known" and not all(isinstance(v, str) for v in value):
        yield "names.known: words expected"
    elif name == "places.sensitive":
        missing = [s for s in SENSITIVE if s not in value] if audience == "public" else []
        if missing:
            yield f"places.sensitive: only restricted publications may leave out {', '.join(missing)}"
        for item in value:
            if item not in identifiers("object"):
                yield f"places.sensitive: {item!r} is not in the closed list 'object'"
