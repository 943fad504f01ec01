"""``witnessmark show`` and ``witnessmark why``."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

import witnessmark
from witnessmark.cli.options import case_option, json_option, open_below_option
from witnessmark.cli.terminal import console, draw, dump


@click.command("show")
@click.argument("identifier", metavar="[ID]", required=False)
@case_option
@open_below_option
@json_option
def show_command(identifier: str | None, folder: Path, open_below: float | None, as_json: bool) -> int:
    """Show one incident, claim, series, contradiction or document with its words marked.

    ID may be cut short as long as it names one record only. Without ID, everything is listed.
    """
    with witnessmark.open_case(folder, open_below=open_below) as case:
        listing = witnessmark.overview(case) if identifier is None else witnessmark.show(case, identifier)
        if as_json:
            dump(dataclasses.asdict(listing) if identifier is None else _record(case, identifier))
        else:
            draw(listing, console())
    return 0


def _record(case: witnessmark.Case, identifier: str) -> object:
    """The record as the export writes it."""
    content = case.to_json()
    for table in ("incidents", "claims", "series", "contradictions", "documents"):
        rows = content[table]
        assert isinstance(rows, list)  # by the format of the object
        for row in rows:
            if row["id"].startswith(identifier):
                return row
    return None


@click.command("why")
@click.argument("identifier", metavar="ID")
@click.argument("field", metavar="FIELD|ID")
@case_option
@open_below_option
@json_option
def why_command(identifier: str, field: str, folder: Path, open_below: float | None, as_json: bool) -> int:
    """Say where the value of FIELD of record ID comes from, or why the claims or incidents ID and ID were merged or kept apart.

    For a field: the words with their offsets, the rule or model that read them, the readings that were considered, and the runner-up. For two records: the
    evidence for and against, adding up to the weight that decided.
    """
    with witnessmark.open_case(folder, open_below=open_below) as case:
        two = field.startswith(("c-", "i-"))
        listing = witnessmark.explain_merge(case, identifier, field) if two else witnessmark.explain(case, identifier, field)
        if as_json:
            dump(dataclasses.asdict(listing))
        else:
            draw(listing, console())
    return 0
