"""What an engine is: something that answers questions about a snapshot. The same rows on each engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol


class Engine(Protocol):
    """Read-only access to the tables of one snapshot (see :data:`witnessmark.engines.schema.TABLES`)."""

    def records(self, table: str, where: Mapping[str, object] | None = None) -> Iterator[dict[str, Any]]:
        """The records of ``table`` as plain data, in the table's order; only those whose columns equal ``where``."""

    def query(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """The rows that a SELECT over the tables gives; values go in as ``parameters``."""

    def close(self) -> None:
        """Let go of files and memory."""
