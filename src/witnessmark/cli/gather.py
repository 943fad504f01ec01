"""``witnessmark gather``."""

from __future__ import annotations

import time
from pathlib import Path

import click

import witnessmark
from witnessmark.cli import EXIT_STOPPED
from witnessmark.cli.options import engine_option, json_option
from witnessmark.cli.terminal import Ticker, console, draw, dump, safe


@click.command(
    "gather", epilog="Exit codes: 0 gathered (shards that are missing are named), 1 a case is damaged or not finished, 2 wrong call."
)
@click.argument("folder", metavar="CASE", type=click.Path(path_type=Path))
@click.argument("shards", nargs=-1, required=True, metavar="SHARD...", type=click.Path(path_type=Path))
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read what no shard has read.")
@engine_option
@json_option
def gather_command(folder: Path, shards: tuple[Path, ...], workers: int, engine: str, as_json: bool) -> int:
    """Put cases that were read apart (witnessmark read --shard) together in CASE.

    The result is that of one run over all inputs. The shards are not changed. Shards can be gathered as they get ready, and a gathering that was
    stopped or killed is done by the same command again.
    """
    ticker = Ticker(time.monotonic)
    try:
        gathered = witnessmark.gather(
            folder, shards, workers=workers, engine=engine, progress=lambda p: ticker(p.stage, p.done, p.total, p.origin)
        )
    except KeyboardInterrupt:
        ticker.close()
        click.echo("Stopped; what was done is kept. Give the same command again.", err=True)
        return EXIT_STOPPED
    finally:
        ticker.close()
    with gathered.case as case:
        if as_json:
            dump(case.to_json() | {"missing_shards": list(gathered.missing)})
            return 0
        draw(witnessmark.overview(case), console())
    if gathered.missing:
        click.echo(safe(f"Not gathered yet: {', '.join(gathered.missing)}"))
    return 0
