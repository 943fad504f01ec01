"""The export folder: every format of one view, with checksums and the means to check them.

No clock, host or path goes into any file: the same view gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from itertools import chain
from pathlib import Path

from witnessmark.errors import CaseError
from witnessmark.ledger.verify import sums_bytes
from witnessmark.publish import geojson, jsonform, parquet, readme, table_csv
from witnessmark.publish.check import check
from witnessmark.publish.report import render
from witnessmark.publish.tables import TABLES
from witnessmark.publish.view import AUDIENCE, REVIEW_LABEL, CaseView


def dumps(value: object) -> bytes:
    """Compact JSON as UTF-8. A lone surrogate, which UTF-8 cannot hold, becomes its JSON escape."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", errors="backslashreplace")


def _lines(items: Iterable[object]) -> bytes:
    return b"".join(dumps(item) + b"\n" for item in items)


def _jsonl(view: CaseView) -> dict[str, Callable[[], Iterator[object]]]:
    sources = view.document_by_id
    owner = view.incident_of_claim
    return {
        "documents": lambda: map(jsonform.document, view.documents),
        "statements": lambda: (jsonform.statement(s, d) for d in view.documents for s in view.statements.get(d.identifier, ())),
        "claims": lambda: (
            jsonform.claim(
                c, sources[c.document], owner[c.identifier].identifier if c.identifier in owner else None, open_below=view.open_below
            )
            for c in view.claims
        ),
        "incidents": lambda: (jsonform.incident(view, i) for i in view.incidents),
        "series": lambda: (jsonform.series(s, sources[s.document]) for s in view.series),
        "contradictions": lambda: map(jsonform.contradiction, view.contradictions),
        "problems": lambda: map(jsonform.problem, view.problems),
    }


def _files(view: CaseView) -> Iterator[tuple[str, bytes]]:
    yield "report.html", render(view).encode("utf-8", errors="replace")
    for name, items in _jsonl(view).items():
        yield f"{name}.jsonl", _lines(items())
    for table in TABLES:
        rows = list(table.rows(view))
        yield f"{table.name}.csv", table_csv.encode(table.columns, rows)
        yield f"{table.name}.parquet", parquet.encode(table.columns, rows, meaning=f"{table.meaning}; {REVIEW_LABEL}")
    yield "incidents.geojson", dumps(geojson.feature_collection(view)) + b"\n"
    yield "README.md", readme.render(view).encode("utf-8", errors="replace")
    yield "verify.py", resources.files("witnessmark.ledger").joinpath("verify.py").read_bytes()


def _manifest(view: CaseView, written: dict[str, tuple[int, str]]) -> bytes:
    content = {
        "format": "witnessmark-export/1",
        "producer": view.producer,
        "review": REVIEW_LABEL,
        "audience": AUDIENCE,
        "totals": jsonform.plain(view.totals),
        "ledger": jsonform.plain(view.ledger),
        "records": {
            "documents": len(view.documents),
            "statements": view.statement_count,
            "claims": len(view.claims),
            "incidents": len(view.incidents),
            "series": len(view.series),
            "contradictions": len(view.contradictions),
        },
        "tables": {t.name: {"meaning": t.meaning, "columns": jsonform.plain(t.columns)} for t in TABLES},
        "files": {name: {"size": size, "sha256": digest} for name, (size, digest) in sorted(written.items())},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode() + b"\n"


def export(view: CaseView, folder: Path | str, *, attachments: Iterable[tuple[str, bytes]] = ()) -> tuple[Path, ...]:
    """Write every format of ``view`` into ``folder`` (made if need be) and return the paths, sorted by name.

    ``attachments`` are further files as (path inside the folder with ``/``, bytes): the ledger's events, the archived originals.

    Raises:
        IntegrityError: WM304 or WM308 when a quote does not match its source; nothing is written then.
        CaseError: WM307 when the folder cannot be written.
    """
    check(view)
    target = Path(folder)
    written: dict[str, tuple[int, str]] = {}
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, data in chain(_files(view), attachments):
            written[name] = _write(target / name, data)
        written["manifest.json"] = _write(target / "manifest.json", _manifest(view, written))
        _write(target / "SHA256SUMS", sums_bytes({name: digest for name, (_, digest) in written.items()}))
    except OSError as error:
        raise CaseError("WM307", error.strerror or str(error), origin=str(folder)) from error
    return tuple(sorted(target / name for name in (*written, "SHA256SUMS")))


def _write(path: Path, data: bytes) -> tuple[int, str]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return len(data), hashlib.sha256(data).hexdigest()
