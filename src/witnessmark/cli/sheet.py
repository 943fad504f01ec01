"""``witnessmark sheet``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

import witnessmark
from witnessmark.cli import EXIT_PROBLEM
from witnessmark.cli.terminal import safe

if TYPE_CHECKING:
    from witnessmark.desk.sheet import Line, Plan


@click.command("sheet", epilog="Exit codes: 0 done, 1 lines of the sheet cannot be used, 2 wrong call.")
@click.argument("folder", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the sheet here (XLSX).")
@click.option(
    "--take",
    "filled",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="Show what a filled sheet would decide.",
)
@click.option("--save", is_flag=True, help="Save the decisions of the filled sheet; without it nothing is saved.")
@click.option("--as", "reviewer", metavar="NAME", help="Name for the ledger; without it, your login name.")
def sheet_command(folder: Path, target: Path | None, filled: Path | None, save: bool, reviewer: str | None) -> int:
    """Write the values of CASE as a sheet to decide in, or take a filled one back.

    The workbook of a publication is taken back too. Lines that cannot be used are told one by one and change nothing.
    """
    if (target is None) == (filled is None):
        raise click.UsageError("name a file with --to, or with --take")
    with witnessmark.Desk(folder) as desk:
        if filled is None:
            assert target is not None  # one of the two was given
            target.write_bytes(desk.sheets.out(witnessmark.Filter()))
            click.echo(f"Sheet:   {safe(str(target))}\nNext:    witnessmark sheet {safe(str(folder))} --take {safe(str(target))}")
            return 0
        name = reviewer or desk.actor
        key = desk.sheets.take(filled.read_bytes())
        plan = desk.sheets.plan(key, reviewer=name)
        faults = _tell(plan)
        if save:
            number = desk.sheets.save(key, reviewer=name)
            click.echo(f"{number} {'decision' if number == 1 else 'decisions'} saved as {safe(name)}")
        elif plan.ready:
            click.echo("Nothing was saved; do it with --save")
        return EXIT_PROBLEM if faults else 0


def _tell(plan: Plan) -> int:
    """Print what the sheet would decide; gives the number of lines that cannot be used."""
    if not plan.same:
        click.echo("The sheet was made of other tables than the present ones: look whether its lines still mean what they meant.", err=True)
    for line in plan.lines:
        click.echo(_words(line), err=bool(line.fault))
    faults = sum(bool(line.fault) for line in plan.lines)
    click.echo(
        f"{len(plan.ready)} {'line' if len(plan.ready) == 1 else 'lines'} to save, {sum(line.held for line in plan.lines)} saved already, {faults} that cannot be used"
    )
    return faults


def _words(line: Line) -> str:
    given = line.given
    told = f"line {given.row}: {given.answer} {given.field or 'the whole'} of {given.claim or given.record}"
    if given.answer == "correct":
        told += f": {given.value}"
    ends = line.fault or ("saved already" if line.held else f"{len(line.targets)} {'decision' if len(line.targets) == 1 else 'decisions'}")
    return safe(f"{told} ({ends})")
