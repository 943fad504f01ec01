"""``witnessmark demo``."""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

import witnessmark
from witnessmark.cli import EXIT_PROBLEM
from witnessmark.cli.terminal import Ticker, console, draw, safe

_REPORTS = "reports.jsonl"


@click.command("demo")
@click.option("--to", "target", type=click.Path(path_type=Path), default=Path("demo-case"), show_default=True, metavar="DIR",
              help="Folder for the reports, the case and its export.")  # fmt: skip
def demo_command(target: Path) -> int:
    """Build a case from the bundled reports, print what was found, and write the report.

    The reports were written for this program; their events are invented.
    """
    _prepare(target)
    ticker = Ticker(time.monotonic)
    try:
        case = witnessmark.read(target / _REPORTS, case=target / "case", progress=lambda p: ticker(p.stage, p.done, p.total, p.origin))
    finally:
        ticker.close()
    with case:
        draw(witnessmark.overview(case), console())
        case.export(target / "export")
        click.echo(_closing(case, target))
        return 0 if case.totals["read"] else EXIT_PROBLEM


def _prepare(target: Path) -> None:
    """Write the reports as a user would hand them in. A folder with other things in it is left alone."""
    from witnessmark.corpus import inputs

    if target.exists() and not (target / _REPORTS).exists() and any(target.iterdir()):
        raise click.UsageError(f"{safe(str(target))} holds something else; name another folder with --to")
    target.mkdir(parents=True, exist_ok=True)
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in inputs())
    (target / _REPORTS).write_text(rows, encoding="utf-8")


def _closing(case: witnessmark.Case, target: Path) -> str:
    folder = safe(str(target / "case"))
    records = [c.identifier for c in case.contradictions[:1]] + [i.identifier for i in case.incidents[:1]]
    lines = [
        f"\nReport:   {safe((target / 'export' / 'report.html').resolve().as_uri())}",
        f"Case:     {folder}",
        "Next:",
    ]
    lines += [f"  witnessmark show {safe(name)} --case {folder}" for name in records]
    if case.incidents:
        lines.append(f"  witnessmark why {safe(case.incidents[0].identifier)} date --case {folder}")
    lines += [f"  witnessmark verify --case {folder}", "  witnessmark read YOUR-FILES --case my-case"]
    return "\n".join(lines)
