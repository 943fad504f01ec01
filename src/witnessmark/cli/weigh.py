"""``witnessmark weigh``."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

import witnessmark
from witnessmark.cli.options import case_option, json_option
from witnessmark.cli.terminal import console, draw, dump


@click.command("weigh")
@click.argument("identifier", metavar="INCIDENT")
@click.option("--reliability", multiple=True, metavar="PUBLISHER=GRADE", help="A to F for a publisher, as you judge it; may be repeated.")
@case_option
@json_option
def weigh_command(identifier: str, reliability: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Say what the claims of an incident are worth together: who is behind them, how credible, what the parties say, the toll over time."""
    grades = dict(_pair(text) for text in reliability)
    with witnessmark.open_case(folder) as case:
        if as_json:
            dump(_plain(witnessmark.assessment(case, identifier, reliability=grades)))
        else:
            draw(witnessmark.weigh(case, identifier, reliability=grades), console())


def _pair(text: str) -> tuple[str, str]:
    publisher, separator, grade = text.rpartition("=")
    if not separator:
        raise click.UsageError(f"--reliability {text}: write PUBLISHER=GRADE")
    return publisher, grade.upper()


def _plain(value: object) -> object:
    """Records as objects, days as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
