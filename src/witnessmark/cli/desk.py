"""``witnessmark desk``."""

from __future__ import annotations

import importlib.util
import webbrowser
from pathlib import Path

import click

import witnessmark
from witnessmark.cli.terminal import safe

_NEEDED = {"starlette": "starlette", "uvicorn": "uvicorn", "krippendorff": "krippendorff", "argon2": "argon2-cffi"}
"""Modules of the extra, and the packages that hold them."""


@click.command("desk", epilog="Exit codes: 0 stopped, 1 the case is damaged or in use, 2 wrong call.")
@click.argument("folder", metavar="CASE", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; others than loopback need accounts.")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Further name of this machine that browsers may ask for.")
@click.option("--as", "reviewer", metavar="NAME", help="Name for the ledger; without it, your login name.")
@click.option("--accounts", is_flag=True, help="Ask for name and password, even on loopback.")
@click.option("--two-persons", is_flag=True, help="Call an incident reviewed only when two people decided.")
@click.option("--add-account", "added", metavar="NAME", help="Make an account (or set a new password), then stop.")
@click.option(
    "--role", type=click.Choice(["reader", "reviewer", "lead"]), default="lead", show_default=True, help="Role of the new account."
)
@click.option("--open/--no-open", "shown", default=False, help="Open the page in the browser.")
def desk_command(
    folder: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    reviewer: str | None,
    accounts: bool,
    two_persons: bool,
    added: str | None,
    role: str,
    shown: bool,
) -> int:
    """Open a case in the browser: map and timeline, reader, review, contradictions, history, search.

    Everything stays on this machine: nothing is fetched from elsewhere, and only this machine is answered. Decisions are saved in the
    case's ledger one by one, as they are taken. Stop with Ctrl-C.
    """
    missing = [package for module, package in _NEEDED.items() if importlib.util.find_spec(module) is None]
    if missing:
        from witnessmark.errors import UsageError

        raise UsageError("WM701", ", ".join(missing))
    if added is not None:
        return _add(folder, added, role)
    from witnessmark.web.server import Serving, serve

    def ready(address: str) -> None:
        click.echo(f"The desk is open at:\n  {address}\nStop it with Ctrl-C.", err=True)
        if shown:
            webbrowser.open(address)

    how = Serving(host, port, reviewer or "", accounts, two_persons, names)
    serve(folder, how, ready=ready, tell=lambda what: click.echo(f"indexing: {what}", err=True))
    return 0


def _add(folder: Path, name: str, role: str) -> int:
    password = click.prompt("Password (12 characters or more)", hide_input=True, confirmation_prompt=True)
    with witnessmark.Desk(folder) as desk:
        account = desk.accounts.add(name, role, password)
    click.echo(f"{safe(account.name)}: {account.role}")
    return 0
