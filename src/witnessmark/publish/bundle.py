"""The export folder: every format of one view, with checksums and the means to check them.

No clock, host or path goes into any file: the same view gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import chain, islice
from pathlib import Path
from typing import TypeAlias

from witnessmark.errors import CaseError
from witnessmark.ledger.verify import sums_bytes
from witnessmark.publish import geojson, jsonform, parquet, readme, table_csv
from witnessmark.publish.check import check
from witnessmark.publish.report import render
from witnessmark.publish.tables import TABLES, Row, Table
from witnessmark.publish.view import AUDIENCE, CaseView


@dataclass(frozen=True, slots=True)
class Done:
    """A file that is written already: its size in bytes and its SHA-256."""

    size: int
    digest: str


Content: TypeAlias = bytes | Iterable[bytes] | Done
"""What a file holds: its bytes, or pieces of it, so that a file of any size is written without being held."""

Files: TypeAlias = Iterator[tuple[str, Content]]
"""Files as (path inside the folder with ``/``, content). The content of one is used up before the next is asked for."""

BATCH = 20_000
"""Rows that are held at a time while a table is written."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def dumps(value: object) -> bytes:
    """Compact JSON as UTF-8. A lone surrogate, which UTF-8 cannot hold, becomes its JSON escape."""
    return _encode(value).encode("utf-8", errors="backslashreplace")


def data_files(view: CaseView) -> Files:
    """The records as JSON lines, CSV and Parquet, and the incidents as GeoJSON: what an export and a publication have in common."""
    for name, items in jsonform.lists(view).items():
        yield f"{name}.jsonl", (dumps(item) + b"\n" for item in items())
    for table in TABLES:
        yield from table_files(table, table.rows(view), view.review_summary)
    yield "incidents.geojson", geojson.pieces(view)


def table_files(table: Table, rows: Iterator[Row], about: str) -> Files:
    """``rows`` of ``table`` as CSV and as Parquet; they are made once, and no more than a batch of them is held."""
    packed = parquet.Writer(table.columns, meaning=f"{table.meaning}; {about}")
    yield f"{table.name}.csv", _both(table, rows, packed)
    yield f"{table.name}.parquet", packed.finish()


def _both(table: Table, rows: Iterator[Row], packed: parquet.Writer) -> Iterator[bytes]:
    yield table_csv.header(table.columns)
    write = table_csv.writer(table.columns)
    while batch := list(islice(rows, BATCH)):
        packed.write(batch)
        yield write(batch)


def _files(view: CaseView) -> Files:
    yield "report.html", render(view).encode("utf-8", errors="replace")
    yield from data_files(view)
    yield "README.md", readme.render(view).encode("utf-8", errors="replace")
    yield "verify.py", resources.files("witnessmark.ledger").joinpath("verify.py").read_bytes()


def records_of(view: CaseView) -> dict[str, int]:
    """How many records of each kind ``view`` holds."""
    return {
        "documents": len(view.documents),
        "statements": view.statement_count,
        "claims": len(view.claims),
        "incidents": len(view.incidents),
        "series": len(view.series),
        "contradictions": len(view.contradictions),
    }


def _contents(view: CaseView) -> dict[str, object]:
    return {
        "format": "witnessmark-export/1",
        "producer": view.producer,
        "review": view.review_summary,
        "audience": view.audience,
        "totals": jsonform.plain(view.totals),
        "ledger": jsonform.plain(view.ledger),
        "records": records_of(view),
        "tables": {t.name: {"meaning": t.meaning, "columns": jsonform.plain(t.columns)} for t in TABLES},
    }


def export(view: CaseView, folder: Path | str, *, attachments: Iterable[tuple[str, Content]] = ()) -> tuple[Path, ...]:
    """Write every format of ``view`` into ``folder`` (made if need be) and return the paths, sorted by name.

    ``attachments`` are further files as (path inside the folder with ``/``, bytes): the ledger's events, the archived originals.

    Raises:
        TypeError: when ``view`` is not internal: what was redacted is published, not exported.
        IntegrityError: WM304 or WM308 when a quote does not match its source; nothing is written then.
        CaseError: WM307 when the folder cannot be written.
    """
    if view.audience != AUDIENCE:
        raise TypeError(f"an export is made of an internal view, not of a {view.audience} one")
    check(view)
    return write_folder(folder, chain(_files(view), attachments), _contents(view))


def write_folder(folder: Path | str, files: Iterable[tuple[str, Content]], contents: dict[str, object]) -> tuple[Path, ...]:
    """Write ``files`` (path inside the folder with ``/``, content), ``manifest.json`` (``contents`` and the files' hashes) and ``SHA256SUMS``.

    Raises:
        CaseError: WM307 when the folder cannot be written.
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        written = write_files(target, files)
        listed = {name: {"size": f.size, "sha256": f.digest} for name, f in sorted(written.items())}
        manifest = json.dumps({**contents, "files": listed}, ensure_ascii=False, indent=1).encode() + b"\n"
        written["manifest.json"] = _write(target / "manifest.json", manifest)
        _write(target / "SHA256SUMS", sums_bytes({name: f.digest for name, f in written.items()}))
    except OSError as error:
        raise CaseError("WM307", error.strerror or str(error), origin=str(folder)) from error
    return tuple(sorted(target / name for name in (*written, "SHA256SUMS")))


def write_files(target: Path, files: Iterable[tuple[str, Content]]) -> dict[str, Done]:
    """Write ``files`` into ``target``.

    Raises:
        OSError: when one cannot be written.
    """
    return {name: content if isinstance(content, Done) else _write(target / name, content) for name, content in files}


def _write(path: Path, content: bytes | Iterable[bytes]) -> Done:
    path.parent.mkdir(parents=True, exist_ok=True)
    size, digest = 0, hashlib.sha256()
    with path.open("wb", buffering=1 << 20) as stream:
        for piece in (content,) if isinstance(content, bytes) else content:
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
    return Done(size, digest.hexdigest())
