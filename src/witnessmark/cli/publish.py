"""``witnessmark publish`` and ``witnessmark diff``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

import witnessmark
from witnessmark.cli.options import json_option
from witnessmark.cli.terminal import dump, safe


@click.command("publish")
@click.argument("folder", metavar="CASE", required=False, type=click.Path(path_type=Path), default=Path(), envvar="WITNESSMARK_CASE")
@click.option("--policy", type=click.Path(path_type=Path), metavar="FILE", help="What may leave, as TOML. [default: the public policy]")
@click.option("--to", "target", type=click.Path(path_type=Path), metavar="DIR", help="Folder to write; an earlier publication is replaced.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Day that the embargo is counted from. [default: the last capture]"
)
@click.option("--without", multiple=True, metavar="PART", help="Leave a part out: workbook, pdf, figures, site, report, maps or schemes.")
@click.option("--show-policy", is_flag=True, help="Print the documented default policy and stop.")
@json_option
def publish_command(
    folder: Path,
    policy: Path | None,
    target: Path | None,
    as_of: dt.datetime | None,
    without: tuple[str, ...],
    show_policy: bool,
    as_json: bool,
) -> int:
    """Redact CASE by a policy and write a publication: tables, maps, shapes of other schemes, report, site, figures, checksums.

    Nothing leaves that the policy withholds: names of private persons, contacts, exact ages, precise places, fresh incidents. The same case,
    policy and day give the same bytes.
    """
    if show_policy:
        click.echo(witnessmark.default_policy(), nl=False)
        return 0
    if target is None:
        raise click.UsageError("name a folder with --to")
    with witnessmark.open_case(folder) as case:
        paths = case.publish(target, policy=policy, as_of=as_of.date() if as_of else None, without=without)
    if as_json:
        dump({"folder": str(target), "files": [p.relative_to(target).as_posix() for p in paths]})
        return 0
    size = sum(p.stat().st_size for p in paths)
    click.echo(f"{len(paths)} files, {size / 1e6:.1f} MB in {safe(str(target))}")
    for name, words in (
        ("report/report.en.html", "Report"),
        ("site/index.html", "Site"),
        ("schemes/LOSSES.md", "Losses"),
        ("README.md", "About"),
    ):
        if (target / name).exists():
            click.echo(f"{words + ':':<8} {safe(str(target / name))}")
    click.echo(f"Check:   python {safe(str(target / 'verify.py'))} {safe(str(target))}")
    return 0


@click.command("diff")
@click.argument("first", metavar="A", type=click.Path(path_type=Path))
@click.argument("second", metavar="B", type=click.Path(path_type=Path))
@json_option
def diff_command(first: Path, second: Path, as_json: bool) -> int:
    """Say what changed from publication A to publication B: incidents added, removed and changed, each with what caused it."""
    found = witnessmark.diff(first, second)
    if as_json:
        dump(
            {
                "totals": [{"what": n, "before": a, "after": b} for n, a, b in found.totals],
                "changes": [
                    {
                        "kind": c.kind,
                        "incident": c.incident,
                        "cause": c.cause,
                        "fields": [{"field": f, "before": a, "after": b} for f, a, b in c.fields],
                    }
                    for c in found.changes
                ],
            }
        )
        return 0
    for name, before, after in found.totals:
        click.echo(safe(f"{name}: {before} -> {after}"))
    for change in found.changes:
        click.echo(safe(f"{change.kind:<8} {change.incident}  ({change.cause})"))
        for name, before, after in change.fields:
            click.echo(safe(f"         {name}: {before} -> {after}"))
    click.echo(", ".join(f"{len(found.of(kind))} {kind}" for kind in ("added", "removed", "changed")))
    return 0
