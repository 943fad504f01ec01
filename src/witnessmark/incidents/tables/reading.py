"""From a file to columns: CSV, TSV, Parquet or JSON lines, whatever the usual names of the columns are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from witnessmark.errors import UsageError

if TYPE_CHECKING:
    import duckdb

NAMES: dict[str, tuple[str, ...]] = {
    "report": ("report_id", "report", "id", "docid", "identifier", "claim"),
    "date": ("date", "day", "event_date", "earliest"),
    "place": ("place", "location", "settlement", "city", "town"),
    "region": ("region", "adm1", "admin1", "state", "province", "country"),
    "latitude": ("lat", "latitude"),
    "longitude": ("lon", "lng", "longitude"),
    "killed": ("killed", "killed_min", "fatalities", "deaths"),
    "injured": ("injured", "injured_min", "wounded"),
    "munition": ("munition", "weapon", "munitions"),
    "target": ("target", "object", "objects", "infrastructure"),
    "actor": ("actor", "perpetrator", "actor1", "belligerent"),
}
"""Our columns with the names that they go by, the likeliest first. Case does not matter; other columns are not looked at."""

_NEEDED = ("date", "place")
_NUMBERS = {"latitude": "double", "longitude": "double", "killed": "bigint", "injured": "bigint"}
_READERS = {
    ".csv": "read_csv(?, all_varchar = true, header = true)",
    ".tsv": "read_csv(?, all_varchar = true, header = true, delim = '\t')",
    ".parquet": "read_parquet(?)",
    ".jsonl": "read_json(?, format = 'newline_delimited')",
    ".ndjson": "read_json(?, format = 'newline_delimited')",
}


@dataclass(frozen=True, slots=True)
class Columns:
    """The rows of a file in the order of the report's id, as an Arrow table with the columns of :data:`NAMES`.

    ``date`` is a day, the tolls are whole numbers, the others are text in lower case; what a cell does not state is null.
    """

    table: Any

    def texts(self, name: str) -> list[str]:
        """The different texts of a column, in order."""
        import pyarrow.compute as pc

        found = pc.unique(self.table[name]).to_pylist()
        return sorted(v for v in found if v is not None)


def read_table(path: Path) -> Columns:
    """Read ``path``.

    Raises:
        UsageError: WM031 when its kind is not known, it cannot be read, or it lacks a column that merging needs.
    """
    import duckdb

    reader = _READERS.get(path.suffix.lower())
    if reader is None or not path.is_file():
        raise UsageError("WM031", f"a file of {', '.join(_READERS)} is needed", origin=str(path))
    with duckdb.connect() as connection:
        try:
            return Columns(_read(connection, reader, path))
        except duckdb.Error as error:
            raise UsageError("WM031", str(error).splitlines()[0], origin=str(path)) from error


def _read(connection: duckdb.DuckDBPyConnection, reader: str, path: Path) -> Any:
    described = connection.execute(f"describe select * from {reader}", [str(path)]).fetchall()
    there = {str(name).lower(): str(name) for name, *_ in described}
    sources = {ours: next((there[n] for n in names if n in there), None) for ours, names in NAMES.items()}
    missing = [name for name in _NEEDED if sources[name] is None]
    if missing:
        raise UsageError("WM031", f"no column for {' and '.join(missing)}", origin=str(path))
    chosen = ", ".join(f"{_cell(ours, source)} as {ours}" for ours, source in sources.items())
    # The row's number stands in for an id that is missing, so that no row is lost; ties of equal ids keep the order of the file.
    query = f"select * from (select row_number() over () as line, {chosen} from {reader}) order by coalesce(report, ''), line"
    return connection.sql(query, params=[str(path)]).to_arrow_table()


def _cell(ours: str, source: str | None) -> str:
    if source is None:
        return f"cast(null as {_NUMBERS.get(ours, 'date' if ours == 'date' else 'varchar')})"
    column = '"' + source.replace('"', '""') + '"'
    if ours in _NUMBERS:
        return f"try_cast({column} as {_NUMBERS[ours]})"
    if ours == "date":
        return f"try_cast({column} as date)"
    if ours == "report":
        return f"cast({column} as varchar)"
    return f"nullif(lower(trim(cast({column} as varchar))), '')"


EPOCH = dt.date(1970, 1, 1).toordinal()
"""Proleptic ordinal of day 0 of Arrow's dates."""
