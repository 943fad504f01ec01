"""``witnessmark merge``."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

import witnessmark
from witnessmark.cli.options import engine_option
from witnessmark.cli.terminal import dump


@click.command("merge")
@click.argument("table", type=click.Path(path_type=Path), metavar="TABLE")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write report and incident, one line each, as CSV. [default: standard output]",
)
@click.option("--threads", default=1, show_default=True, type=click.IntRange(1), help="Threads of the database.")
@engine_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of CSV.")
def merge_command(table: Path, target: Path | None, threads: int, engine: str, as_json: bool) -> None:
    """Merge a table of claims (CSV, TSV, Parquet, JSON lines; one report a row) to incidents.

    The table needs columns date and place; region, lat, lon, killed, injured, munition, target and actor are used where they are there.
    """
    merged = witnessmark.merge_table(table, threads=threads, engine=engine)
    rows = zip(merged.reports, merged.incidents, strict=True)
    if as_json:
        dump({"incidents": merged.count, "reports": [{"report_id": r, "incident": i} for r, i in rows]})
    elif target is None:
        csv.writer(sys.stdout).writerows((("report_id", "incident"), *rows))
    else:
        with target.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows((("report_id", "incident"), *rows))
    click.echo(
        f"{len(merged.reports):,} reports, {merged.count:,} incidents; {merged.pairs:,} likely pairs, {merged.refused:,} refused", err=True
    )
