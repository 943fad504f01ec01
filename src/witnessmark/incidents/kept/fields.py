"""Which pairs of claims come to be compared, or cease to be, when some claims of many change.

A claim is compared with its neighbours in sorted blocks (:mod:`witnessmark.incidents.linkage`). A pair can come or go only where both its claims
have got other neighbours: those claims are found first, then only pairs among them are looked at.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from witnessmark.incidents.linkage import BLOCKS, MEMORY, RANKS, WINDOW, model_settings, pairs_of, predicted_on_spark, rules

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark

Scored = tuple[str, str, float, tuple[tuple[str, float], ...]]
"""Two claim ids in order, weight of the fields, and its parts."""


class Neighbours:
    """The claims of a case before and after a change.

    ``table`` has the columns of :class:`witnessmark.incidents.rows.Row` and two flags: ``was`` for claims that were there before, ``now`` for those that
    are there after it. A claim that changed stands there twice.
    """

    def __init__(self, connection: Any, scratch: Path, table: Any) -> None:
        self._db = connection
        self._scratch = scratch
        connection.register("given", table)
        ranks = ", ".join(f"{_rank(name, flag)} AS {prefix}{name}" for name in RANKS for flag, prefix in (("now", ""), ("was", "was_")))
        near = " OR ".join(_changed_near(name) for name in ("place_rank", "killed_rank"))
        connection.execute(f"CREATE TABLE ranked AS SELECT *, {ranks}, {near} AS near FROM given")
        connection.unregister("given")
        connection.execute(_MOVED)

    def moved(self) -> list[str]:
        """The claims that are there now and may have got other neighbours."""
        return [claim for (claim,) in self._db.execute("SELECT unique_id FROM moved").fetchall()]

    def come(self, *, at_least: float, spark: Spark | None = None) -> Iterator[Scored]:
        """The pairs that are compared now and were not before, with ``at_least`` this weight. With ``spark`` the comparing is done there."""
        moved = self._db.sql("SELECT * FROM moved").to_arrow_table()
        if moved.num_rows < 2:
            return
        grown = any(moved.column("was").to_pylist())
        before = f" and not coalesce(l.was and r.was and ({_any(rules('was_'))}), false)" if grown else ""
        blocked = [rule + before for rule in rules()]
        if spark is not None:
            for batch in predicted_on_spark(spark, moved, blocked, at_least=at_least).to_batches(max_chunksize=_BATCH):
                yield from pairs_of(batch)
        else:
            yield from self._predicted(moved, blocked, at_least)

    def _predicted(self, moved: Any, blocked: Sequence[str], at_least: float) -> Iterator[Scored]:
        from splink import DuckDBAPI, Linker

        api = DuckDBAPI(self._db, materialisation="parquet", materialisation_dir=self._scratch)
        linker = Linker(api.register(moved), model_settings(blocked), log_level=logging.ERROR)
        del moved
        found: Any = linker.inference.predict(threshold_match_weight=at_least).as_duckdbpyrelation()
        for batch in found.to_arrow_reader(_BATCH):
            yield from pairs_of(batch)

    def gone(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Those of ``pairs`` (of claims that were there before and moved) which are no longer compared."""
        import pyarrow as pa

        if not pairs:
            return []
        left, right = zip(*pairs, strict=True)
        self._db.register("held", pa.table({"one": left, "other": right}))
        query = f"""SELECT one, other FROM held JOIN moved l ON l.unique_id = one JOIN moved r ON r.unique_id = other
                    WHERE NOT coalesce({_any(rules())}, false)"""
        found = self._db.execute(query).fetchall()
        self._db.unregister("held")
        return [(str(one), str(other)) for one, other in found]


_BATCH = 10_000


@contextmanager
def neighbours(table: Any) -> Iterator[Neighbours]:
    """A :class:`Neighbours` in a DuckDB of its own, whose memory is bounded."""
    import duckdb

    with TemporaryDirectory() as scratch:
        spilled = str(Path(scratch) / "spilled")
        limits: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": spilled, "preserve_insertion_order": "false"}
        with duckdb.connect(config=limits) as connection:
            yield Neighbours(connection, Path(scratch), table)


def _any(conditions: Sequence[str]) -> str:
    return " or ".join(f"({condition})" for condition in conditions)


def _window(name: str, flag: str) -> str:
    shared, order = RANKS[name]
    sorting = ", ".join(f"{column} NULLS FIRST" for column in (*order, "unique_id"))
    return f"PARTITION BY {flag}, {', '.join(shared)} ORDER BY {sorting}"


def _rank(name: str, flag: str) -> str:
    """The place of a claim in its block, as :func:`witnessmark.incidents.linkage.score_pairs` counts it."""
    return f"CASE WHEN {flag} THEN row_number() OVER ({_window(name, flag)}) END"


def _changed_near(name: str) -> str:
    """True where a claim within the window came or went."""
    around = f"ROWS BETWEEN {WINDOW} PRECEDING AND {WINDOW} FOLLOWING"
    came = f"now AND bool_or(NOT was) OVER ({_window(name, 'now')} {around})"
    went = f"was AND bool_or(NOT now) OVER ({_window(name, 'was')} {around})"
    return f"(({came}) OR ({went}))"


# Ranks of neighbouring days are held against each other, so that one more claim moves the whole day, and the days beside it.
assert [rank for _, rank in BLOCKS[:3]] == ["day_rank"] * 3
_MOVED = """
CREATE TABLE moved AS
WITH days AS (SELECT DISTINCT country, day_from FROM ranked WHERE was <> now AND country IS NOT NULL AND day_from IS NOT NULL),
     around AS (SELECT DISTINCT country, unnest([day_from - 1, day_from, day_from + 1]) AS day_from FROM days)
SELECT * FROM ranked WHERE now AND (near OR NOT was OR (country, day_from) IN (SELECT (country, day_from) FROM around))
"""
