"""Which pairs of claims come to be compared, or cease to be, when some claims of many change.

A claim is compared with its neighbours in sorted blocks (:mod:`witnessmark.incidents.linkage`). A pair can come or go only where a change lies between its claims,
or is one of them: so only runs of claims near a change are looked at (:mod:`witnessmark.incidents.kept.blocks`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from witnessmark.incidents.linkage import BLOCKS, MEMORY, RANKS, model_settings, pairs_of, predicted_on_spark, rules, schema

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark

Scored = tuple[str, str, float, tuple[tuple[str, float], ...]]
"""Two claim ids in order, weight of the fields, and its parts."""
RUNS = {name: f"{name.removesuffix('_rank')}_run" for name in RANKS}
"""For each rank the column that says in which run a claim stands; null where it stands in none."""


def columns(*, placed: bool = False) -> Any:
    """The columns of :class:`Neighbours`; those of :func:`compared` if ``placed``."""
    import pyarrow as pa

    if placed:
        return pa.schema([*schema(), *(pa.field(name, pa.int64()) for name in RANKS)])
    runs = (pa.field(name, pa.int64()) for name in RUNS.values())
    return pa.schema([*schema(), *runs, pa.field("was", pa.bool_()), pa.field("now", pa.bool_())])


class Neighbours:
    """Claims near a change, before and after it.

    ``table`` has the columns of :class:`witnessmark.incidents.rows.Row`, those of RUNS, and two flags (:func:`columns`): ``was`` for claims that were there before,
    ``now`` for those that are there after it. A claim that changed stands there twice.
    """

    def __init__(self, connection: Any, scratch: Path, table: Any) -> None:
        self._db = connection
        self._scratch = scratch
        connection.register("given", table)
        ranks = ", ".join(f"{_rank(name, flag)} AS {prefix}{name}" for name in RANKS for flag, prefix in (("now", ""), ("was", "was_")))
        connection.execute(f"CREATE TABLE moved AS SELECT * FROM (SELECT *, {ranks} FROM given) WHERE now")
        connection.unregister("given")

    def come(self, *, at_least: float, spark: Spark | None = None) -> Iterator[Scored]:
        """The pairs that are compared now and were not before, with ``at_least`` this weight; among them can be pairs that were compared before for
        something that they share far from any change. With ``spark`` the comparing is done there."""
        moved = self._db.sql("SELECT * FROM moved").to_arrow_table()
        if moved.num_rows < 2:
            return
        grown = any(moved.column("was").to_pylist())
        before = f" and not coalesce(l.was and r.was and ({_any(_rules('was_'))}), false)" if grown else ""
        blocked = [rule + before for rule in _rules()]
        if spark is not None:
            for batch in predicted_on_spark(spark, moved, blocked, at_least=at_least).to_batches(max_chunksize=_BATCH):
                yield from pairs_of(batch)
        else:
            yield from self._predicted(moved, blocked, at_least)

    def _predicted(self, moved: Any, blocked: Sequence[str], at_least: float) -> Iterator[Scored]:
        from splink import DuckDBAPI, Linker

        api = DuckDBAPI(self._db, materialisation="parquet", materialisation_dir=self._scratch)
        linker = Linker(api.register(moved), model_settings(blocked), log_level=logging.ERROR, validate_settings=False)
        del moved
        found: Any = linker.inference.predict(threshold_match_weight=at_least).as_duckdbpyrelation()
        for batch in found.to_arrow_reader(_BATCH):
            yield from pairs_of(batch)

    def parted(self) -> list[tuple[str, str]]:
        """Pairs of claim ids, in order, that stood within reach of each other in some block and no longer do."""
        lost = " UNION ".join(
            f"SELECT least(l.unique_id, r.unique_id), greatest(l.unique_id, r.unique_id) FROM moved l JOIN moved r ON {was} AND NOT coalesce({now}, false)"
            for was, now in zip(_rules("was_"), _rules(), strict=True)
        )
        return [(str(one), str(other)) for one, other in self._db.execute(lost).fetchall()]


def compared(connection: Any, table: Any, pairs: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of ``pairs`` that are compared. ``table`` holds their claims with the ranks in whole blocks."""
    import pyarrow as pa

    left, right = zip(*pairs, strict=True)
    connection.register("placed", table)
    connection.register("held", pa.table({"one": left, "other": right}))
    query = f"SELECT one, other FROM held JOIN placed l ON l.unique_id = one JOIN placed r ON r.unique_id = other WHERE {_any(rules())}"
    return {(str(one), str(other)) for one, other in connection.execute(query).fetchall()}


_BATCH = 10_000


@contextmanager
def database() -> Iterator[tuple[Any, Path]]:
    """A DuckDB whose memory is bounded, and a folder that goes with it."""
    import duckdb

    with TemporaryDirectory() as scratch:
        spilled = str(Path(scratch) / "spilled")
        limits: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": spilled, "preserve_insertion_order": "false"}
        with duckdb.connect(config=limits) as connection:
            yield connection, Path(scratch)


def _any(conditions: Sequence[str]) -> str:
    return " or ".join(f"({condition})" for condition in conditions)


def _rules(prefix: str = "") -> list[str]:
    """The blocks as SQL conditions on claims of one run; days go on into each other."""
    return [f"l.{RUNS[rank]} = r.{RUNS[rank]} and {rule}" for (_, rank), rule in zip(BLOCKS, rules(prefix), strict=True)]


def _rank(name: str, flag: str) -> str:
    """The place of a claim in its block, as :func:`witnessmark.incidents.linkage.score_pairs` counts it, from that of the first of its run on."""
    shared, order = RANKS[name]
    sorting = ", ".join(f"{column} NULLS FIRST" for column in (*order, "unique_id"))
    window = f"PARTITION BY {flag}, {RUNS[name]}, {', '.join(shared)} ORDER BY {sorting}"
    return f"CASE WHEN {flag} AND {RUNS[name]} IS NOT NULL THEN row_number() OVER ({window}) END"
