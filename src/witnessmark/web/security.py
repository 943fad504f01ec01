"""What stands between the desk and other pages in the same browser: host, origin and token checks, and the headers of every answer.

A page on the Internet can send requests to a server on this machine, and can point its own name at 127.0.0.1. So every request must name a
host that is ours, every request that changes something must come from our own page, and every request must carry the token that was made
at the start (or the session of an account).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Sent with every answer. The referrer stays inside this origin; with ``no-referrer`` browsers would hide the origin of our own forms too."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask. ``hosts`` are the values of the Host header that are ours; ``token`` was made at the start."""

    hosts: frozenset[str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @classmethod
    def at(cls, host: str, port: int, names: Iterable[str] = ()) -> Access:
        """Access to the desk at ``host`` and ``port``; ``names`` are further names of this machine."""
        own = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host, *names}
        return cls(frozenset(f"{name}:{port}" for name in own) | (frozenset(own) if port == 80 else frozenset()))


class Guard:
    """ASGI middleware: refuses what is not for us, and adds :data:`HEADERS` to every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = {name.lower() for name, _ in message["headers"]}
                extra = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items() if k.lower().encode() not in held]
                message["headers"] = [*message["headers"], *extra]
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        answer = PlainTextResponse(refusal + "\n", status_code=403) if refusal else self._app
        await answer(scope, receive, with_headers)

    def _refusal(self, method: str, headers: Headers) -> str:
        """Why the request is refused; empty when it is not."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._access.hosts:
            return "This name is not one of the desk's."
        if method in ("GET", "HEAD"):
            return ""
        if method != "POST":
            return "Only GET and POST are answered."
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None and site != "same-origin":
            return "The request comes from another site."
        if origin is not None and origin not in (f"http://{hosts[0]}", f"https://{hosts[0]}"):
            return "The request comes from another origin."
        if site is None and origin is None:
            return "The request does not say where it comes from."
        return ""


def same(given: str, expected: str) -> bool:
    """True when both are equal, in a time that does not tell how much is."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), expected.encode())


def local_path(path: str) -> str:
    """``path`` when it is one of our own pages, else the first page: a form never leads to another site."""
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if ours else "/"
