"""Publishing: JSON lines, CSV, Parquet, GeoJSON and the single-file HTML report of a case, byte-identical on re-run.

Everything here is labelled "machine-read, not reviewed" and for internal use; redaction for the public is a step of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from witnessmark.publish.view import OPEN_BELOW, CaseView, LedgerHead, Totals

__all__ = ["OPEN_BELOW", "CaseView", "LedgerHead", "Totals", "as_json", "export", "html_report"]


def export(view: CaseView, folder: Path | str, *, attachments: Iterable[tuple[str, bytes]] = ()) -> tuple[Path, ...]:
    """Write every format of ``view`` into ``folder``; see :func:`witnessmark.publish.bundle.export`."""
    from witnessmark.publish import bundle  # templates and tables load only when an export is made

    return bundle.export(view, folder, attachments=attachments)


def html_report(view: CaseView) -> str:
    """The single-file HTML report of ``view``; see :func:`witnessmark.publish.report.render`."""
    from witnessmark.publish.report import render

    return render(view)


def as_json(view: CaseView) -> dict[str, object]:
    """``view`` as one JSON object; see :func:`witnessmark.publish.jsonform.case`."""
    from witnessmark.publish import jsonform

    return jsonform.case(view)
