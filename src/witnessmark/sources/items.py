"""What the adapters give: raw items, and the limits that they keep to."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from witnessmark.errors import describe
from witnessmark.model import Problem
from witnessmark.sources.shares import WHOLE, Share

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class RawItem:
    """Bytes as they were received, not looked into more than it takes to cut them out of a container.

    ``origin``, ``method``, ``media_type``, ``received`` (UTC) and ``headers`` are as in :class:`witnessmark.model.Capture`. ``item`` says
    where in the container the bytes stand ("line 12", "record 3", "message 881"; the record's own id follows as "id=..."); empty for a
    file. ``hints`` hold what the container says about the item: title, text_field, title_field, published, publisher,
    publisher_type, url, language, id, charset.
    """

    origin: str
    method: str
    media_type: str
    data: bytes
    received: dt.datetime
    headers: tuple[tuple[str, str], ...] = ()
    item: str = ""
    hints: Mapping[str, str] = field(default_factory=dict)


Outcome: TypeAlias = RawItem | Problem
Outcomes: TypeAlias = Iterator[RawItem | Problem]


@dataclass(frozen=True, slots=True)
class Limits:
    """``item`` bytes for one item; ``total`` bytes, ``members``, ``ratio`` and ``depth`` for what an archive may unpack to.

    The archive limits are those of the threat list in the documentation: a megabyte of crafted zip holds a gigabyte (ratio above
    1,000), while text and HTML seldom pass a ratio of 20.
    """

    item: int = 32 * MEGABYTE
    total: int = 200 * MEGABYTE
    members: int = 10_000
    ratio: int = 200
    depth: int = 2


@dataclass(frozen=True, slots=True)
class Intake:
    """Where the adapters are: the origin to name in items, the method of the outer container, limits, depth of archives, and which share of all items is wanted."""

    origin: str
    method: str
    limits: Limits
    received: dt.datetime
    allow_network: bool = False
    depth: int = 0
    name: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    share: Share = WHOLE

    def item(
        self, data: bytes, media_type: str, *, item: str = "", hints: Mapping[str, str] | None = None, method: str | None = None
    ) -> RawItem:
        """An item of this intake."""
        return RawItem(self.origin, method or self.method, media_type, data, self.received, self.headers, item, hints or {})

    def problem(self, code: str, detail: str = "", *, item: str = "") -> Problem:
        """A coded problem of this intake."""
        return problem(code, detail, origin=f"{self.origin}#{item}" if item else self.origin)


def problem(code: str, detail: str = "", *, origin: str) -> Problem:
    """A coded problem with its one-line message."""
    return Problem(code, describe(code, detail, origin=origin), origin)


def now() -> dt.datetime:
    """The present moment in UTC."""
    return dt.datetime.now(dt.UTC)


def shown(path: str | os.PathLike[str]) -> str:
    """``path`` as text that can be stored anywhere: bytes of the name that are no UTF-8 become backslash escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
