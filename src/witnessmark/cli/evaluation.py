"""``witnessmark eval``: read gold sets, print the scores, hold them against the floors."""

from __future__ import annotations

from pathlib import Path

import click

import witnessmark


@click.command("eval")
@click.option("--gold", type=click.Path(path_type=Path), envvar="WITNESSMARK_GOLD", help="Folder of gold sets, or of one set.")
@click.option("--bundled", is_flag=True, help="Take the reports that come with the package.")
@click.option("--only", multiple=True, metavar="NAME", help="A set (muc4) or part (muc4/train); may be repeated.")
@click.option("--write", type=click.Path(path_type=Path), metavar="DIR", help="Leave the predictions there as JSON lines.")
@click.option("--floors", type=click.Path(path_type=Path), metavar="FILE", help="Fail when a score is below its floor in FILE.")
@click.option("--raise-floors", is_flag=True, help="Write better scores back into the file of floors.")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write a page of every error, by kind.")
def eval_command(
    gold: Path | None, bundled: bool, only: tuple[str, ...], write: Path | None, floors: Path | None, raise_floors: bool, html: Path | None
) -> None:
    """Measure the reader on gold sets and print one table."""
    if gold is None and not bundled:
        raise click.UsageError("name a gold folder with --gold or WITNESSMARK_GOLD, or take --bundled")
    evaluation = witnessmark.evaluate(
        None if bundled else gold,
        only=only,
        write=write,
        floors=floors,
        raise_floors=raise_floors,
        html=html,
        progress=lambda part: click.echo(f"reading {part}", err=True),
    )
    click.echo(evaluation.table())
    if evaluation.falls:
        for line in evaluation.fall_lines():
            click.echo(line, err=True)
        raise SystemExit(1)
