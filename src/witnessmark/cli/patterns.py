"""``witnessmark patterns``."""

from __future__ import annotations

from pathlib import Path

import click

import witnessmark
from witnessmark.cli.options import case_option, json_option
from witnessmark.cli.terminal import console, draw, dump, safe

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("patterns")
@click.option(
    "--hypotheses", type=_FILE, metavar="FILE", help="TOML file of hypotheses; without it, what the series claims state is tested."
)
@click.option("--table", type=_FILE, metavar="FILE", help="CSV of events to hold them against, instead of the case's incidents.")
@click.option("--unit", default="incident", show_default=True, metavar="UNIT", help="What the rows of --table count.")
@click.option("--complete", is_flag=True, help="The rows of --table are all events there were, not those that were reported.")
@click.option("--layers", type=_FILE, metavar="FILE", help="GeoJSON of named, dated areas that hypotheses speak of.")
@click.option("--to", "target", type=click.Path(path_type=Path), metavar="DIR", help="Write a chart of each test there, as SVG.")
@case_option
@json_option
def patterns_command(
    hypotheses: Path | None,
    table: Path | None,
    unit: str,
    complete: bool,
    layers: Path | None,
    target: Path | None,
    folder: Path,
    as_json: bool,
) -> int:
    """Hold stated patterns ("growing exponentially", "120 a day") against counts: supported, not supported, or not testable, and why.

    Needs the optional libraries: pip install 'witnessmark[patterns]'.
    """
    with witnessmark.open_case(folder) as case:
        found = case.patterns(hypotheses=hypotheses, table=table, unit=unit, complete=complete, layers=layers)
    charts = found.write_charts(target) if target is not None else ()
    if as_json:
        dump(found.to_json())
        return 0
    draw(found.listing(), console())
    for path in charts:
        click.echo(f"Chart: {safe(str(path))}")
    return 0
