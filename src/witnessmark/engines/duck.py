"""SQL over Arrow tables on DuckDB, with the same calls as on Spark (:class:`witnessmark.engines.spark.Spark`)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import duckdb


class Database(Protocol):
    """Where tables are put, made from each other and read. SQL has to be what DuckDB and Spark both take."""

    def put(self, name: str, table: Any) -> None:
        """Make the Arrow ``table`` known to SQL as ``name``."""

    def make(self, name: str, select: str) -> None:
        """Make what ``select`` gives known as ``name``; it is computed once."""

    def columns(self, select: str) -> dict[str, list[Any]]:
        """The columns that ``select`` gives, None where nothing is stated."""


@dataclass(frozen=True, slots=True)
class Duck:
    """A database in memory."""

    connection: duckdb.DuckDBPyConnection

    def put(self, name: str, table: Any) -> None:
        """Make the Arrow ``table`` known to SQL as ``name``."""
        self.connection.register(f"{name}_given", table)
        self.make(name, f"select * from {name}_given")
        self.connection.unregister(f"{name}_given")

    def make(self, name: str, select: str) -> None:
        """Make what ``select`` gives known as ``name``; it is computed once."""
        self.connection.execute(f"create table {name} as {select}")

    def columns(self, select: str) -> dict[str, list[Any]]:
        """The columns that ``select`` gives, None where nothing is stated."""
        return {name: values.tolist() for name, values in self.connection.execute(select).fetchnumpy().items()}


@contextmanager
def duck(*, threads: int = 1) -> Iterator[Duck]:
    """DuckDB with so many threads for the time of one task."""
    import duckdb

    with duckdb.connect(config={"threads": threads}) as connection:
        yield Duck(connection)
