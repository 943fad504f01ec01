"""GeoPackage 1.3: a small SQLite file with a point layer of incidents and a table of sources, which QGIS and GDAL open.

Written in memory and serialised, so it is a plain rollback-journal file: nothing beside it, and it opens from a read-only folder. Opening it
in QGIS may change it; hold its contents against the CSV, not its hash. The bytes are the same on every run with one version of SQLite.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Sequence

from witnessmark.publish.columns import Column
from witnessmark.publish.facts import Facts
from witnessmark.publish.formats.flat import INCIDENTS, SOURCES, incident_row, source_rows
from witnessmark.publish.tables import Cell, Row

APPLICATION = 0x47504B47
"""``GPKG``: the application id that the standard asks for."""

VERSION = 10300
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],'
    'PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "DOUBLE"}
_CORE = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""
_SYSTEMS = (
    ("WGS 84", 4326, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
    ("Undefined cartesian", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic", 0, "NONE", 0, "undefined", None),
)


def point(longitude: float, latitude: float) -> bytes:
    """A point as GeoPackage holds it: its header, then little-endian WKB."""
    return struct.pack("<2sBBiBIdd", b"GP", 0, 1, 4326, 1, 1, longitude, latitude)


def encode(facts: Facts) -> bytes:
    """The GeoPackage of ``facts`` as bytes. Incidents without a point are rows without geometry."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    try:
        db.executescript(f"PRAGMA page_size=4096; PRAGMA application_id={APPLICATION}; PRAGMA user_version={VERSION}; BEGIN;{_CORE}")
        db.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _SYSTEMS)
        rows = [incident_row(f, facts) for f in facts.incidents]
        about = f"{facts.records.review_summary}; {facts.view.policy.audience}; policy {facts.view.policy.digest}"
        _incidents(db, rows, f"{facts.view.as_of.isoformat()}T00:00:00.000Z", about)
        _table(db, "sources", SOURCES, source_rows(facts), f"{facts.view.as_of.isoformat()}T00:00:00.000Z", about)
        db.execute("COMMIT")
        return bytes(db.serialize())
    finally:
        db.close()


def _columns(columns: Sequence[Column]) -> str:
    return ", ".join(f'"{c.name}" {_TYPES[c.kind]}' for c in columns)


def _incidents(db: sqlite3.Connection, rows: Sequence[Row], when: str, about: str) -> None:
    names = [c.name for c in INCIDENTS]
    x, y = names.index("longitude"), names.index("latitude")
    points = [_pair(r[x], r[y]) for r in rows]
    placed = [p for p in points if p is not None]
    box = (
        (min(p[0] for p in placed), min(p[1] for p in placed), max(p[0] for p in placed), max(p[1] for p in placed))
        if placed
        else (None,) * 4
    )
    db.execute(f"CREATE TABLE incidents (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, {_columns(INCIDENTS)})")
    db.execute("INSERT INTO gpkg_contents VALUES ('incidents', 'features', 'incidents', ?, ?, ?, ?, ?, ?, 4326)", (about, when, *box))
    db.execute("INSERT INTO gpkg_geometry_columns VALUES ('incidents', 'geom', 'POINT', 4326, 0, 0)")
    marks = ",".join("?" * (len(INCIDENTS) + 1))
    made = ((point(*p) if p is not None else None, *r) for p, r in zip(points, rows, strict=True))
    db.executemany(f"INSERT INTO incidents (geom, {', '.join(names)}) VALUES ({marks})", made)


def _pair(longitude: Cell, latitude: Cell) -> tuple[float, float] | None:
    return (float(longitude), float(latitude)) if longitude is not None and latitude is not None else None


def _table(db: sqlite3.Connection, name: str, columns: Sequence[Column], rows: Iterable[Row], when: str, about: str) -> None:
    db.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {_columns(columns)})")
    db.execute("INSERT INTO gpkg_contents VALUES (?, 'attributes', ?, ?, ?, NULL, NULL, NULL, NULL, NULL)", (name, name, about, when))
    names = ", ".join(c.name for c in columns)
    db.executemany(f"INSERT INTO {name} ({names}) VALUES ({','.join('?' * len(columns))})", rows)
