"""Ledger: an append-only, hash-chained, Merkle-rooted log of everything that was done to a case."""

from witnessmark.ledger.events import Entry, Event, Head
from witnessmark.ledger.store import Ledger

__all__ = ["Entry", "Event", "Head", "Ledger"]
