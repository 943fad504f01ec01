"""A table of claims merged to incidents."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from witnessmark.engines.duck import Database, duck
from witnessmark.incidents.tables.alike import Alike, learn
from witnessmark.incidents.tables.joining import join
from witnessmark.incidents.tables.keys import names_region, object_class, skeleton, weapon_class
from witnessmark.incidents.tables.reading import Columns, read_table
from witnessmark.incidents.tables.scoring import MERGE_AT, PAIRS, PREPARE, SEEDS, WINDOW

_LEARNED: tuple[tuple[str, Callable[[str], str | None]], ...] = (("munition", weapon_class), ("target", object_class))


@dataclass(frozen=True, slots=True)
class MergedTable:
    """``reports`` (their ids) with the ``incidents`` they fall into, row by row; ``pairs`` is how many pairs of rows weighed enough,
    ``refused`` how many of them were not joined because something in the two groups clashed."""

    reports: tuple[str, ...]
    incidents: tuple[str, ...]
    pairs: int
    refused: int

    @property
    def count(self) -> int:
        """Number of incidents."""
        return len(set(self.incidents))


def merge_table(path: str | Path, *, threads: int = 1, engine: str = "local") -> MergedTable:
    """Merge the rows of ``path`` (CSV, TSV, Parquet or JSON lines; columns as in ``docs/guide.md``) to incidents.

    Rows are compared by DuckDB with ``threads``, or by Spark when ``engine`` is "spark". The result does not depend on the engine, nor on the
    order of the rows. An incident is named after the least id of its reports.

    Raises:
        UsageError: WM031 when the file cannot be read or lacks a column that merging needs, WM007 or WM034 when Spark is not there.
    """
    columns = read_table(Path(path))
    with _database(engine, threads) as database:
        claims, pairs, learned = _compared(columns, database)
    homes, refused = join(claims, pairs, learned)
    reports = [str(report) if report is not None else f"line {line}" for report, line in _names(columns)]
    return MergedTable(tuple(reports), tuple(_identifiers(reports, homes)), len(pairs["one"]), refused)


def _database(engine: str, threads: int) -> AbstractContextManager[Database]:
    if engine == "local":
        return duck(threads=threads)
    from witnessmark.engines.spark import spark

    return spark(workers=threads)


def _compared(columns: Columns, database: Database) -> tuple[dict[str, list[Any]], dict[str, list[Any]], list[Alike]]:
    """What the rows state, the pairs of them that weigh enough, and what the words of each learned column mean to each other."""
    database.put("claims", _keyed(columns))
    for name, select in PREPARE:
        database.make(name, select)
    learned = [_learn(database, field, known) for field, known in _LEARNED]
    pairs = database.columns(PAIRS.format(merge_at=MERGE_AT))
    return database.columns("select day, place, munition, target from claims order by n"), pairs, learned


def _names(columns: Columns) -> zip[tuple[str | None, int]]:
    return zip(columns.table["report"].to_pylist(), columns.table["line"].to_pylist(), strict=True)


def _identifiers(reports: Sequence[str], homes: Sequence[int]) -> list[str]:
    """Rows come in the order of their ids, so the first of a group names it."""
    named: dict[int, str] = {}
    for report, home in zip(reports, homes, strict=True):
        if home not in named:
            named[home] = "i-" + hashlib.sha256(report.encode()).hexdigest()[:12]
    return [named[home] for home in homes]


def _keyed(columns: Columns) -> Any:
    """The columns with numbers for rows and keys for names."""
    import pyarrow as pa
    import pyarrow.compute as pc

    table = columns.table
    regions = {name: skeleton(name) for name in columns.texts("region")}
    places = {name: None if names_region(name, regions) else skeleton(name) for name in columns.texts("place")}
    return pa.table(
        {
            "n": pa.array(range(table.num_rows), pa.int64()),
            "day": pc.cast(pc.cast(table["date"], pa.int32()), pa.int64()),
            "place": _mapped(table["place"], places),
            "region": pc.fill_null(_mapped(table["region"], regions), ""),
            **{name: table[name] for name in ("latitude", "longitude", "killed", "injured", "munition", "target", "actor")},
        }
    )


def _mapped(column: Any, values: Mapping[str, str | None]) -> Any:
    """``column`` with each text replaced by its value: once for each different text, not for each row."""
    import pyarrow as pa

    encoded = column.combine_chunks().dictionary_encode()
    chosen = pa.array([values[text] for text in encoded.dictionary.to_pylist()], pa.string())
    return chosen.take(encoded.indices)


def _learn(database: Database, field: str, known: Callable[[str], str | None]) -> Alike:
    """What the words of ``field`` mean to each other; their weights go into a table."""
    import pyarrow as pa

    found = database.columns(f"select {field} as word, count(*) as times from claims where {field} is not null group by 1")
    counts = Counter(dict(zip(found["word"], found["times"], strict=True)))
    seeds = database.columns(SEEDS.format(field=field, window=WINDOW))
    met = {(a, b): n for a, b, n in zip(seeds["one"], seeds["other"], seeds["times"], strict=True)}
    alike = learn(counts, met, known)
    one, other = [a for a, _ in alike.weight], [b for _, b in alike.weight]
    weights = pa.array(list(map(float, alike.weight.values())), pa.float64())
    database.put(f"{field}_words", pa.table({"one": pa.array(one, pa.string()), "other": pa.array(other, pa.string()), "weight": weights}))
    return alike
