"""The export folder: every format of one view, with checksums and the means to check them.

No clock, host or path goes into any file: the same view gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import chain
from pathlib import Path

from witnessmark.errors import CaseError
from witnessmark.ledger.verify import sums_bytes
from witnessmark.publish import geojson, jsonform, parquet, readme, table_csv
from witnessmark.publish.check import check
from witnessmark.publish.report import render
from witnessmark.publish.tables import TABLES
from witnessmark.publish.view import AUDIENCE, CaseView


def dumps(value: object) -> bytes:
    """Compact JSON as UTF-8. A lone surrogate, which UTF-8 cannot hold, becomes its JSON escape."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="backslashreplace")


def _lines(items: Iterable[object]) -> bytes:
    return b"".join(dumps(item) + b"\n" for item in items)


def data_files(view: CaseView) -> Iterator[tuple[str, bytes]]:
    """The records as JSON lines, CSV and Parquet, and the incidents as GeoJSON: what an export and a publication have in common."""
    for name, items in jsonform.lists(view).items():
        yield f"{name}.jsonl", _lines(items())
    for table in TABLES:
        rows = list(table.rows(view))
        yield f"{table.name}.csv", table_csv.encode(table.columns, rows)
        yield f"{table.name}.parquet", parquet.encode(table.columns, rows, meaning=f"{table.meaning}; {view.review_summary}")
    yield "incidents.geojson", dumps(geojson.feature_collection(view)) + b"\n"


def _files(view: CaseView) -> Iterator[tuple[str, bytes]]:
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


def export(view: CaseView, folder: Path | str, *, attachments: Iterable[tuple[str, bytes]] = ()) -> tuple[Path, ...]:
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


def write_folder(folder: Path | str, files: Iterable[tuple[str, bytes]], contents: dict[str, object]) -> tuple[Path, ...]:
    """Write ``files`` (path inside the folder with ``/``, bytes), ``manifest.json`` (``contents`` and the files' hashes) and ``SHA256SUMS``.

    Raises:
        CaseError: WM307 when the folder cannot be written.
    """
    target = Path(folder)
    written: dict[str, tuple[int, str]] = {}
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, data in files:
            written[name] = _write(target / name, data)
        listed = {name: {"size": size, "sha256": digest} for name, (size, digest) in sorted(written.items())}
        manifest = json.dumps({**contents, "files": listed}, ensure_ascii=False, indent=1).encode() + b"\n"
        written["manifest.json"] = _write(target / "manifest.json", manifest)
        _write(target / "SHA256SUMS", sums_bytes({name: digest for name, (_, digest) in written.items()}))
    except OSError as error:
        raise CaseError("WM307", error.strerror or str(error), origin=str(folder)) from error
    return tuple(sorted(target / name for name in (*written, "SHA256SUMS")))


def _write(path: Path, data: bytes) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data), hashlib.sha256(data).hexdigest()
