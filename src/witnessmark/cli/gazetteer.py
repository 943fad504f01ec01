"""``witnessmark gazetteer``."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

import witnessmark
from witnessmark.cli import EXIT_PROBLEM
from witnessmark.cli.options import json_option
from witnessmark.cli.terminal import dump, safe

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("gazetteer")
def gazetteer_command() -> None:
    """Build a gazetteer pack, say what is in one, look a name up.

    Another pack than the shipped one is used where WITNESSMARK_GAZETTEER names its file.
    """


@gazetteer_command.command("build", epilog="Exit codes: 0 written, 1 the sources do not suffice, 2 wrong call.")
@click.option(
    "--sources", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Folder with the archives of the packages."
)
@click.option("--dump", "dump_file", type=_FILE, metavar="FILE", help="A GeoNames dump (allCountries.txt); it streams.")
@click.option("--policy", type=_FILE, metavar="FILE", help="TOML file of corrections that win over the shipped ones.")
@click.option("--to", "to", type=_FILE, required=True, metavar="FILE", help="The pack to write.")
@json_option
def build_command(sources: Path | None, dump_file: Path | None, policy: Path | None, to: Path, as_json: bool) -> None:
    """Build a pack from the packages that docs/places.md names, or from your own GeoNames dump."""
    if sources is None and dump_file is None:
        raise click.UsageError("Name --sources, --dump or both.")
    _tell(witnessmark.build_gazetteer(to, sources=sources, dump=dump_file, policy=policy), as_json)


@gazetteer_command.command("info", epilog="Exit codes: 0 all is well, 1 the pack is missing or damaged, 2 wrong call.")
@click.argument("pack", type=_FILE, required=False)
@click.option("--check", is_flag=True, help="Hash the whole pack and compare.")
@json_option
def info_command(pack: Path | None, check: bool, as_json: bool) -> None:
    """Say what is in PACK (the one in use when not given): rows, sources, hash, attribution."""
    _tell(witnessmark.gazetteer_info(pack, check=check), as_json)


@gazetteer_command.command("find", epilog="Exit codes: 0 found, 1 not in the pack, 2 wrong call.")
@click.argument("name")
@click.option("--pack", type=_FILE, metavar="FILE", help="Look here instead of in the pack in use.")
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="Places at most.")
@json_option
def find_command(name: str, pack: Path | None, limit: int, as_json: bool) -> int:
    """List the places that NAME may mean, with hierarchy and codes; NAME may be an identifier (geonames:713174)."""
    found = witnessmark.find_place(name, path=pack, limit=limit)
    if as_json:
        dump({"name": name, "places": [dataclasses.asdict(place) for place in found]})
    for place in () if as_json else found:
        inside = ", ".join(part for part in (place.district, place.division, place.country) if part)
        codes = " ".join(code for code in (place.identifier, place.iso_3166_2, place.katottg, place.pcode) if code)
        former = "; ".join(f"{n} {since or '?'}-{until or '?'}" for n, since, until in place.former_names)
        click.echo(safe(f"{place.name} ({place.feature}, {place.matched}), {inside}"))
        click.echo(safe(f"    {place.latitude:.5f} {place.longitude:.5f}  {place.population:,} people  {codes}"))
        if former:
            click.echo(safe(f"    formerly {former}"))
    if not found and not as_json:
        click.echo(safe(f"{name} is not in the pack."))
    return 0 if found else EXIT_PROBLEM


def _tell(info: witnessmark.GazetteerInfo, as_json: bool) -> None:
    if as_json:
        dump({**dataclasses.asdict(info), "path": str(info.path)})
        return
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in info.places.items())
    click.echo(safe(f"{info.path}: version {info.version}, {info.bytes:,} bytes, sha256 {info.sha256}"))
    click.echo(f"{info.rows:,} rows in {info.countries} countries: {kinds}; former names of {info.former_names} places")
    click.echo(f"{info.shared_hashes} pairs of names share a hash")
    for name, digest in info.sources.items():
        click.echo(safe(f"from {name}  {digest}"))
    click.echo(safe(info.attribution))
