"""``witnessmark read``."""

from __future__ import annotations

import shlex
import time
from pathlib import Path

import click

import witnessmark
from witnessmark.cli import EXIT_PROBLEM, EXIT_STOPPED
from witnessmark.cli.language_model import announce, language_model_options
from witnessmark.cli.options import engine_option, json_option
from witnessmark.cli.terminal import Ticker, console, draw, dump, safe

_EPILOG = (
    "Exit codes: 0 something was read (problems are listed), 1 nothing could be read, 2 wrong call, 130 stopped. A run that was stopped or"
    " killed goes on with: witnessmark read --case DIR"
)


@click.command("read", epilog=_EPILOG)
@click.argument("inputs", nargs=-1, metavar="[FILE|FOLDER|URL-LIST|URL|-]...")
@click.option("--case", "folder", type=click.Path(path_type=Path), envvar="WITNESSMARK_CASE", show_envvar=True, metavar="DIR",
              help="Keep the case here, and go on with what is there. Without it nothing is kept.")  # fmt: skip
@click.option("--published", metavar="YYYY-MM-DD", help="Day of publication of all inputs, over what they say themselves.")
@click.option("--publisher", metavar="NAME", help="Publisher of all inputs, over what they say themselves.")
@click.option(
    "--allow-network", is_flag=True, help="Fetch URLs, and ask a language model on another machine. Nothing leaves this machine otherwise."
)
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that read documents.")
@click.option("--max-bytes", type=click.IntRange(1), default=32_000_000, show_default=True, help="Largest input that is read.")
@engine_option
@click.option(
    "--shard",
    default="1/1",
    metavar="I/N",
    help="Take in the I-th of N shares of the inputs; 'witnessmark gather' puts the shares together.",
)
@language_model_options
@json_option
def read_command(
    inputs: tuple[str, ...],
    folder: Path | None,
    published: str | None,
    publisher: str | None,
    allow_network: bool,
    workers: int,
    max_bytes: int,
    engine: str,
    shard: str,
    model: witnessmark.LanguageModel | None,
    rules_only: bool,
    as_json: bool,
) -> int:
    """Read reports and print the record.

    INPUTS are files (text, HTML, PDF, DOCX, CSV or JSONL of texts, WARC, a messenger's JSON export), folders, lists of URLs, or - for
    standard input.
    """
    if model is not None:
        announce(model, allow_network=allow_network)
    ticker = Ticker(time.monotonic)
    try:
        case = witnessmark.read(
            inputs,
            case=folder,
            published=published,
            publisher=publisher,
            allow_network=allow_network,
            max_bytes=max_bytes,
            workers=workers,
            engine=engine,
            shard=shard,
            model=model,
            rules_only=rules_only,
            progress=lambda p: ticker(p.stage, p.done, p.total, p.origin),
        )
    except KeyboardInterrupt:
        ticker.close()
        click.echo(stopped(folder), err=True)
        return EXIT_STOPPED
    finally:
        ticker.close()
    with case:
        if as_json:
            dump(case.to_json())
        else:
            draw(witnessmark.overview(case), console())
            click.echo(_next_step(folder))
        totals = case.totals
        if shard != "1/1" and not totals["inputs"]:
            return 0  # a share may be empty
        return 0 if totals["read"] + totals["partial"] else EXIT_PROBLEM


def stopped(folder: Path | None) -> str:
    """What to say after Ctrl-C."""
    if folder is None:
        return "Stopped; nothing was kept. With --case DIR a stopped run can go on."
    return f"Stopped; what was done is kept. Go on with: witnessmark read --case {safe(shlex.quote(str(folder)))}"


def _next_step(folder: Path | None) -> str:
    if folder is None:
        return "\nNothing was kept. Add --case DIR to keep the case, then: witnessmark show ID --case DIR"
    name = safe(shlex.quote(str(folder)))
    return f"\nCase: {name}. Next: witnessmark show ID --case {name}, or witnessmark export --case {name} --to DIR"
