"""Scores for pairs of claims: a Fellegi-Sunter model with fixed weights, run by Splink on DuckDB or Spark.

Weights are fixed and not learned by expectation maximisation, which on few fields and few places learns a model that links nothing. They
were set from the development reports (dev2; checked on dev) and say how often a field agrees when two claims are of one incident (m) and when
they are not (u), among claims that share a country.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from witnessmark.incidents.evidence import Pair
from witnessmark.incidents.rows import Row

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark

PRIOR = 0.01
"""Probability that two claims of one block tell of one incident; 0.003 to 0.03 gave the same merges on dev2."""

_KM = (
    "2 * 6371 * asin(sqrt(least(1, pow(sin(radians(latitude_r - latitude_l) / 2), 2) + "
    "cos(radians(latitude_l)) * cos(radians(latitude_r)) * pow(sin(radians(longitude_r - longitude_l) / 2), 2))))"
)
_APART = "greatest(day_from_l - day_to_r, day_from_r - day_to_l, 0)"

# The one condition that the two dialects write differently stands in the table below as {shared}.
_SHARED = {
    "duckdb": "list_has_any(string_split(objects_l, ','), string_split(objects_r, ','))",
    "spark": "arrays_overlap(split(objects_l, ','), split(objects_r, ','))",
}
# (name, columns that must be stated, [(label, condition, m, u), ...], (m, u) of everything else)
_COMPARISONS: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, str, float, float], ...], tuple[float, float]], ...] = (
    (
        "day",
        ("day_from",),
        (
            ("same day", f"{_APART} = 0 and not day_soft_l and not day_soft_r", 0.80, 0.02),
            ("soft overlap", f"{_APART} = 0", 0.12, 0.10),
            ("next day", f"{_APART} = 1", 0.06, 0.04),
        ),
        (0.02, 0.84),
    ),
    (
        "place",
        ("latitude", "longitude"),
        (
            ("same place", f"not place_coarse_l and not place_coarse_r and {_KM} <= 5", 0.80, 0.03),
            ("near", f"not place_coarse_l and not place_coarse_r and {_KM} <= 25", 0.05, 0.05),
            ("in region", "(place_coarse_l or place_coarse_r) and adm1_l = adm1_r", 0.10, 0.07),
            ("in country", "(place_coarse_l or place_coarse_r) and country_l = country_r", 0.03, 0.10),
        ),
        (0.02, 0.75),
    ),
    ("act", ("family",), (("same", "family_l = family_r", 0.95, 0.60),), (0.05, 0.40)),
    ("weapon", ("weapon",), (("same", "weapon_l = weapon_r", 0.80, 0.30),), (0.20, 0.70)),
    (
        "killed",
        ("killed",),
        (
            ("equal", "killed_l = killed_r", 0.55, 0.08),
            ("near", "abs(killed_l - killed_r) <= greatest(2, 0.25 * greatest(killed_l, killed_r))", 0.30, 0.20),
        ),
        (0.15, 0.72),
    ),
    ("injured", ("injured",), (("equal", "injured_l = injured_r", 0.40, 0.04),), (0.60, 0.96)),
    (
        "objects",
        ("objects",),
        (("shared", "{shared}", 0.70, 0.25),),
        (0.30, 0.75),
    ),
    ("perpetrator", ("perpetrator",), (("same", "perpetrator_l = perpetrator_r", 0.80, 0.55),), (0.20, 0.45)),
)
WINDOW = 50
"""Neighbours on each side that a claim is compared with in a block, where the block's claims stand sorted (Hernández and Stolfo 1995, sorted
neighbourhood). Blocks of up to so many claims are compared in full; larger ones, a month of one front-line town, cost no more than in proportion
to their claims."""

FEW_KILLED = 2
"""Claims of so few killed have too many alike to be compared for that."""

# (condition, rank column): claims are compared when the condition holds and their ranks lie within the window.
BLOCKS = (
    ("l.country = r.country and l.day_from = r.day_from", "day_rank"),
    ("l.country = r.country and l.day_from = r.day_from + 1", "day_rank"),
    ("l.country = r.country and l.day_from = r.day_from - 1", "day_rank"),
    ("l.place_id = r.place_id and l.day_to >= r.day_from and r.day_to >= l.day_from", "place_rank"),
    (f"l.country = r.country and l.killed = r.killed and l.killed > {FEW_KILLED}", "killed_rank"),
)
PARTS = tuple((name, f"mw_{name}") for name, *_ in _COMPARISONS)
"""Each comparison with the column in which Splink gives its weight."""
# Rank column: columns that a block shares, columns that sort it.
RANKS = {
    "day_rank": (("country", "day_from"), ("place_id", "family", "killed", "injured", "weapon")),
    "place_rank": (("place_id",), ("day_from", "family", "killed", "injured", "weapon")),
    "killed_rank": (("country", "killed"), ("day_from", "place_id", "family", "injured", "weapon")),
}


def score_pairs(rows: Sequence[Row], *, at_least: float, everything: bool = False, spark: Spark | None = None) -> tuple[Pair, ...]:
    """Pairs of claims from different documents that share a block and weigh ``at_least``, heaviest first (ties by id).

    ``everything`` compares all pairs instead, whatever they share: for a handful of claims. With ``spark`` the comparing is done there.
    """
    import pyarrow as pa

    columns = {c: [getattr(r, c) for r in rows] for c in Row.__dataclass_fields__}
    table = pa.table(columns, schema=schema())
    for name, (shared, order) in RANKS.items():
        table = table.append_column(name, pa.array(_ranks(rows, shared, order), pa.int64()))
    names = {r.unique_id: r.unique_id for r in rows}
    with TemporaryDirectory() as scratch:
        if spark is not None:
            found = predicted_on_spark(spark, table, rules(), at_least=at_least)
        else:
            found = _predicted(table, Path(scratch), at_least=at_least, everything=everything)
        return tuple(sorted(_pairs(found, names), key=lambda p: (-p.weight, p.left, p.right)))


MEMORY = "256MB"
"""What DuckDB may hold while it compares; the rest goes to disk. The pairs of 2,000 reports of the same few towns took 370 MB."""


def _predicted(table: Any, scratch: Path, *, at_least: float, everything: bool) -> Any:
    """Splink's pairs as an Arrow table."""
    import duckdb
    from splink import DuckDBAPI, Linker

    limits: dict[str, Any] = {"memory_limit": MEMORY, "temp_directory": str(scratch / "spilled"), "preserve_insertion_order": "false"}
    with duckdb.connect(config=limits) as connection:
        api = DuckDBAPI(connection, materialisation="parquet", materialisation_dir=scratch)
        linker = Linker(api.register(table), model_settings(("1 = 1",) if everything else rules()), log_level=logging.ERROR)
        found: Any = linker.inference.predict(threshold_match_weight=None if everything else at_least)
        return found.as_pyarrow_table().select(COLUMNS)


COLUMNS = ["unique_id_l", "unique_id_r", "match_weight", *(column for _, column in PARTS)]
"""What is taken of the pairs that Splink gives."""


def predicted_on_spark(spark: Spark, table: Any, blocked: Sequence[str], *, at_least: float) -> Any:
    """The pairs of the Arrow ``table`` that meet one of the conditions ``blocked``, from Splink's Spark backend. None of its own functions for strings is
    needed, so its jar is not."""
    from splink import Linker
    from splink.backends.spark import SparkAPI

    api: Any = SparkAPI(spark_session=spark.session, break_lineage_method="persist", register_udfs_automatically=False)  # type: ignore[no-untyped-call]
    linker = Linker(api.register(table), model_settings(blocked, dialect="spark"), log_level=logging.ERROR)
    found: Any = linker.inference.predict(threshold_match_weight=at_least)
    try:
        return found.as_pyarrow_table().select(COLUMNS)
    finally:
        linker.table_management.invalidate_cache()  # type: ignore[no-untyped-call]


_BATCH = 10_000


def _pairs(found: Any, known: Mapping[str, str]) -> Iterator[Pair]:
    """The pairs of Splink's table. A front-line town has hundreds of thousands: ids and parts, of which there are few different ones, are shared."""
    shared: dict[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]] = {}
    for batch in found.to_batches(max_chunksize=_BATCH):
        for left, right, weight, parts in pairs_of(batch):
            yield Pair(known[left], known[right], weight, shared.setdefault(parts, parts))


def pairs_of(batch: Any) -> Iterator[tuple[str, str, float, tuple[tuple[str, float], ...]]]:
    """Of a batch of Splink's pairs: the two ids in order, the weight and its parts."""
    columns = [batch.column(name).to_pylist() for name in ("unique_id_l", "unique_id_r", "match_weight", *(column for _, column in PARTS))]
    names = [name for name, _ in PARTS]
    for one, other, weight, *parts in zip(*columns, strict=True):
        left, right = (one, other) if one < other else (other, one)
        yield left, right, round(float(weight), 6), tuple([(name, part or 0.0) for name, part in zip(names, parts, strict=True)])


def _ranks(rows: Sequence[Row], shared: Sequence[str], order: Sequence[str]) -> list[int]:
    """The place of each row among those of its block when they are sorted; what is not stated comes first."""

    def key(at: int) -> list[tuple[bool, Any]]:
        values = [getattr(rows[at], column) for column in (*order, "unique_id")]
        return [(value is not None, value) for value in values]

    blocks: dict[tuple[Any, ...], list[int]] = {}
    for at, row in enumerate(rows):
        blocks.setdefault(tuple(getattr(row, column) for column in shared), []).append(at)
    ranks = [0] * len(rows)
    for block in blocks.values():
        for rank, at in enumerate(sorted(block, key=key)):
            ranks[at] = rank
    return ranks


def schema() -> Any:
    """The columns of :class:`Row` as Arrow types."""
    import pyarrow as pa

    kinds = {"str": pa.string(), "str | None": pa.string(), "int | None": pa.int64(), "float | None": pa.float64(), "bool": pa.bool_()}
    return pa.schema([(name, kinds[str(f.type)]) for name, f in Row.__dataclass_fields__.items()])


def model_settings(blocked: Sequence[str], *, dialect: str = "duckdb") -> Any:
    """Splink's settings: the fixed weights, and SQL conditions on ``l`` and ``r`` one of which a pair has to meet to be compared."""
    import splink.comparison_level_library as levels
    import splink.comparison_library as comparisons
    from splink import SettingsCreator
    from splink.blocking_rule_library import CustomRule

    made: list[Any] = []
    for name, stated, conditions, otherwise in _COMPARISONS:
        absent = " or ".join(f"{c}_l is null or {c}_r is null" for c in stated)
        parts: list[Any] = [levels.CustomLevel(absent, "not stated").configure(is_null_level=True)]
        parts += [
            levels.CustomLevel(sql.replace("{shared}", _SHARED[dialect]), label).configure(m_probability=m, u_probability=u)
            for label, sql, m, u in conditions
        ]
        parts.append(levels.ElseLevel().configure(m_probability=otherwise[0], u_probability=otherwise[1]))
        made.append(comparisons.CustomComparison(output_column_name=name, comparison_levels=parts))
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=made,
        blocking_rules_to_generate_predictions=[CustomRule(condition) for condition in blocked],
        probability_two_random_records_match=PRIOR,
        retain_intermediate_calculation_columns=True,
        retain_matching_columns=False,
    )


def rules(prefix: str = "") -> tuple[str, ...]:
    """The blocks as SQL conditions; ``prefix`` stands before the names of the rank columns."""
    return tuple(
        f"{condition} and abs(l.{prefix}{rank} - r.{prefix}{rank}) <= {WINDOW} and l.document <> r.document" for condition, rank in BLOCKS
    )
