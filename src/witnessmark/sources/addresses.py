"""Which addresses may be fetched: the guard against requests that reach into a private network."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

from witnessmark.errors import SourceError

Resolver: TypeAlias = Callable[[str, int], list[str]]
"""Gives the addresses of a host name, as text."""

_PORTS = {"http": 80, "https": 443}
_REFUSED_NETWORKS = tuple(
    ipaddress.ip_network(n)
    for n in ("::ffff:0:0/96", "::/96", "2002::/16", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "192.88.99.0/24")
)
"""Ranges that carry an IPv4 address inside (mapped, compatible, 6to4, NAT64, Teredo): they reach what the guard would refuse."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked URL: the host to name, the one address to connect to, and the path with its query."""

    scheme: str
    host: str
    port: int
    address: str
    path: str


def is_public(address: str) -> bool:
    """True when ``address`` is an ordinary global unicast address."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if any(parsed.version == n.version and parsed in n for n in _REFUSED_NETWORKS):
        return False
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """The addresses of ``host`` by the system's resolver.

    Raises:
        OSError: the name cannot be resolved.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_url(url: str, resolver: Resolver = resolve) -> Target:
    """The target of ``url``, resolved once; the caller must connect to ``Target.address`` and nothing else.

    Raises:
        SourceError: WM107 when the scheme, port, host or any of its addresses is not public, or when the URL holds credentials; WM108 when
            the name cannot be resolved.
    """
    parts = _split(url)
    port = parts.port or _PORTS[parts.scheme]
    host = _ascii_host(parts.hostname or "", url)
    try:
        addresses = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise SourceError("WM108", "the name cannot be resolved", origin=url) from error
    if not addresses or not all(is_public(a) for a in addresses):
        raise SourceError("WM107", origin=url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port, addresses[0], path)


def _split(url: str) -> SplitResult:
    if any(ord(c) <= 32 or ord(c) == 127 for c in url) or len(url) > 4096:
        raise SourceError("WM107", "white space or control characters", origin=repr(url[:200]))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise SourceError("WM107", origin=url) from error
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None or parts.password is not None:
        raise SourceError("WM107", origin=url)
    if port not in (None, 80, 443):
        raise SourceError("WM107", f"port {port}", origin=url)
    return parts


def _ascii_host(host: str, url: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise SourceError("WM107", origin=url) from error
