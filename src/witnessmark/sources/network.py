"""Fetching a page: only when asked, only from public addresses, without cookies, credentials or proxies."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote, urljoin

from witnessmark.errors import SourceError
from witnessmark.sources.addresses import Resolver, Target, check_url, resolve

Connector: TypeAlias = Callable[[str, int, float], socket.socket]
"""Opens a connection to an address and port within some seconds."""

MAX_BYTES = 20_000_000
MAX_SECONDS = 30.0
MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGENT = "witnessmark (archiving reader)"


@dataclass(frozen=True, slots=True)
class Page:
    """What a server gave: the URL after redirects, its headers by lower-case name, its body."""

    url: str
    headers: dict[str, str]
    body: bytes


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to ``address``, which is taken as it is and not resolved again."""
    return socket.create_connection((address, port), timeout=timeout)


class Fetcher:
    """Fetches pages with one set of rules. ``resolver`` and ``connector`` can be replaced to reach servers of a test."""

    def __init__(
        self,
        *,
        resolver: Resolver = resolve,
        connector: Connector = connect,
        max_bytes: int = MAX_BYTES,
        max_seconds: float = MAX_SECONDS,
    ) -> None:
        self._resolver = resolver
        self._connector = connector
        self._max_bytes = max_bytes
        self._max_seconds = max_seconds

    def fetch(self, url: str) -> Page:
        """The page at ``url``, after at most five redirects, each checked like the first address.

        Raises:
            SourceError: WM107 not public, WM108 no page, WM105 too large.
        """
        deadline = time.monotonic() + self._max_seconds
        current = url
        for _ in range(MAX_REDIRECTS + 1):
            page, status = self._get(current, check_url(current, self._resolver), deadline)
            if status not in _REDIRECTS:
                return self._checked(page, status, url)
            location = page.headers.get("location", "")
            if not location:
                raise SourceError("WM108", f"status {status} without a location", origin=url)
            current = quote(urljoin(current, location), safe="%/:=&?~#+!$,;'@()*[]")
        raise SourceError("WM108", "too many redirects", origin=url)

    def _checked(self, page: Page, status: int, url: str) -> Page:
        if not 200 <= status < 300:
            raise SourceError("WM108", f"status {status}", origin=url)
        if not page.body:
            raise SourceError("WM104", origin=url)
        return page

    def _get(self, url: str, target: Target, deadline: float) -> tuple[Page, int]:
        left = deadline - time.monotonic()
        if left <= 0:
            raise SourceError("WM108", "out of time", origin=url)
        try:
            raw = self._connector(target.address, target.port, left)
        except OSError as error:
            raise SourceError("WM108", "no connection", origin=url) from error
        try:
            with cut_off(raw, left):
                return self._exchange(url, target, raw)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise SourceError("WM108", type(error).__name__, origin=url) from error

    def _exchange(self, url: str, target: Target, raw: socket.socket) -> tuple[Page, int]:
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = raw
        if target.scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=target.host)
        try:
            headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity", "Connection": "close", "Host": target.host}
            connection.request("GET", target.path, headers=headers)
            with connection.getresponse() as response:
                status = response.status
                body = read_whole(response, self._max_bytes)
                found = {k.lower(): v for k, v in response.getheaders()}
        finally:
            connection.close()
        if len(body) > self._max_bytes:
            raise SourceError("WM105", f"limit {self._max_bytes} bytes", origin=url)
        return Page(url, found, body), status


def read_whole(response: http.client.HTTPResponse, limit: int) -> bytes:
    """The body of ``response``, or its first ``limit`` + 1 bytes when it is longer.

    Raises:
        http.client.IncompleteRead: when the connection ended before the length that was told; the library lets that pass.
    """
    body = response.read(limit + 1)
    if len(body) <= limit and response.length:
        raise http.client.IncompleteRead(body, response.length)
    return body


@contextmanager
def cut_off(raw: socket.socket, seconds: float) -> Iterator[None]:
    """Closes ``raw`` at the end, and shuts it after ``seconds``: a server that sends a byte now and then keeps each single read within its time.

    Raises:
        TimeoutError: when it was shut. What was read until then looks like a whole answer otherwise: headers end where the connection does.
    """
    fired = threading.Event()
    twin = raw.dup()  # of one connection: TLS takes the socket itself away

    def shut() -> None:
        fired.set()
        _shut(twin)

    timer = threading.Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        twin.close()
        raw.close()
    if fired.is_set():
        raise TimeoutError


def _shut(raw: socket.socket) -> None:
    try:
        raw.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
