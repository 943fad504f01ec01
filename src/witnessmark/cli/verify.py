"""``witnessmark verify``."""

from __future__ import annotations

from pathlib import Path

import click

import witnessmark
from witnessmark.cli import EXIT_PROBLEM
from witnessmark.cli.options import case_option, json_option
from witnessmark.cli.terminal import dump, safe


@click.command("verify", epilog="Exit codes: 0 nothing is wrong, 1 something is, 2 wrong call.")
@case_option
@json_option
def verify_command(folder: Path, as_json: bool) -> int:
    """Hold every stored byte, the ledger and every value against what they came from.

    An export folder is checked without Witnessmark: python verify.py inside it.
    """
    with witnessmark.open_case(folder) as case:
        report = case.verify()
    counts = dict(sorted(report.counts.items()))
    if as_json:
        dump({"ok": report.ok, "counts": counts, "findings": [str(f) for f in report.findings]})
    else:
        for finding in report.findings:
            click.echo(safe(str(finding)))
        looked = ", ".join(f"{number} {name}" for name, number in counts.items())
        click.echo(f"{'OK' if report.ok else 'NOT OK'}: {looked}")
    return 0 if report.ok else EXIT_PROBLEM
