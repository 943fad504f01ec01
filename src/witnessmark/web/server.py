"""Starting the server: on loopback, or elsewhere when there are accounts."""

from __future__ import annotations

import ipaddress
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from witnessmark.errors import UsageError
from witnessmark.web.app import make_app
from witnessmark.web.security import Access


@dataclass(frozen=True, slots=True)
class Serving:
    """How to serve: ``host`` and ``port`` to listen on, ``name`` of who decides (default: the login name), further ``names`` of this machine."""

    host: str = "127.0.0.1"
    port: int = 8765
    name: str = ""
    accounts: bool = False
    two_persons: bool = False
    names: tuple[str, ...] = ()


def serve(path: Path, how: Serving, *, ready: Callable[[str], None] = lambda _: None, tell: Callable[[str], None] = lambda _: None) -> None:
    """Serve the case in ``path`` until the process is told to stop; ``ready`` gets the address once it answers, ``tell`` what is indexed before.

    Raises:
        UsageError: WM704 for an address that others can reach without accounts, WM708 for a port that cannot be had.
        CaseError, IntegrityError: when the case cannot be opened.
    """
    host = how.host
    if not how.accounts and not _loopback(host):
        raise UsageError("WM704", origin=host)
    listening = _listen(host, how.port)
    port = listening.getsockname()[1]
    access = Access.at(host, port, how.names)
    app, state = make_app(path, access=access, name=how.name, accounts=how.accounts, two_persons=how.two_persons)
    state.tell = tell
    try:
        desk = state.thread.submit(state.opened).result()
        state.name = how.name or desk.actor
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{port}/" + ("" if how.accounts else f"?token={access.token}"))
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none", timeout_graceful_shutdown=3
        )
        signal.signal(signal.SIGTERM, _stop)
        uvicorn.Server(config).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # the usual end
    finally:
        state.close()
        listening.close()


def _stop(*_: object) -> None:
    """Let a polite request to end close the case like Ctrl-C does; the default would leave it unsealed."""
    raise KeyboardInterrupt


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol has to be named: asyncio turns Nagle's delay (40 ms for each answer) off only where it is.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()  # from here on a browser waits instead of being refused
    except (OSError, OverflowError) as error:
        listening.close()
        raise UsageError("WM708", str(error), origin=f"{host}:{port}") from error
    return listening
