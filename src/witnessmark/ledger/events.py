"""Events: what the ledger holds."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ORIGIN = "0" * 64
"""``prev_hash`` of the first event."""

CLOCK = "system"
"""Source of the times: this machine's clock. Order is by number, never by time."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is asked to be written: ``action`` done to ``subject``, with a payload that is kept apart and can be erased."""

    action: str
    subject: str
    payload: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the ledger. ``hash`` is the leaf hash (hex) of its canonical JSON; ``time`` ISO 8601 in UTC, ending in Z.

    ``payload_hash`` is SHA-256 (hex) over salt and payload, None without a payload.
    """

    n: int
    prev_hash: str
    time: str
    clock_source: str
    actor: str
    action: str
    subject: str
    payload_hash: str | None
    tool_version: str
    hash: str = ""

    def body(self) -> dict[str, Any]:
        """The fields that are hashed."""
        return {
            "n": self.n,
            "prev_hash": self.prev_hash,
            "time": self.time,
            "clock_source": self.clock_source,
            "actor": self.actor,
            "action": self.action,
            "subject": self.subject,
            "payload_hash": self.payload_hash,
            "tool_version": self.tool_version,
        }


@dataclass(frozen=True, slots=True)
class Head:
    """State of the ledger: ``size`` events with Merkle root ``root`` (hex)."""

    size: int
    root: str


def current_actor() -> str:
    """The login name of the user, for the ledger; "unknown" where the system knows none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
