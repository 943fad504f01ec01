"""``witnessmark export``."""

from __future__ import annotations

from pathlib import Path

import click

import witnessmark
from witnessmark.cli.options import case_option, json_option, open_below_option
from witnessmark.cli.terminal import dump, safe


@click.command("export")
@click.option("--to", "target", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Folder to write into.")
@case_option
@open_below_option
@json_option
def export_command(target: Path, folder: Path, open_below: float | None, as_json: bool) -> int:
    """Write the case in every format: JSON lines, CSV, Parquet, GeoJSON, HTML report, checksums and a stand-alone verifier.

    The export is for internal use: quotes may name private persons. The same case gives the same bytes.
    """
    with witnessmark.open_case(folder, open_below=open_below) as case:
        paths = case.export(target)
    if as_json:
        dump({"folder": str(target), "files": [{"name": p.name, "size": p.stat().st_size} for p in paths]})
        return 0
    for path in paths:
        click.echo(f"{path.stat().st_size:>10}  {safe(path.name)}")
    click.echo(f"\nReport: {safe(str(target / 'report.html'))}\nCheck:  python {safe(str(target / 'verify.py'))} {safe(str(target))}")
    return 0
