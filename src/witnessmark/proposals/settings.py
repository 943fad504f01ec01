"""Which language model is asked, where it runs, and what has to hold before a word is sent to it."""

from __future__ import annotations

import functools
import hashlib
import ipaddress
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from witnessmark.errors import UsageError
from witnessmark.model import Producer
from witnessmark.model.serialise import canonical

_PATH = "/chat/completions"


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """A language model behind an endpoint that speaks OpenAI's chat completions.

    ``url`` is the server's address ("http://127.0.0.1:8080", ".../v1" or the full path), ``name`` what the server calls the model.
    ``key_env`` names the environment variable that holds the key; the key itself is kept nowhere. ``window`` is the most characters of a
    document in one request, ``windows`` the most requests for one document, ``max_tokens`` the longest answer, ``seconds`` the time for one
    answer with all retries. ``retries`` and ``pause`` (seconds, doubled each time) go for servers that are busy or broken.
    """

    url: str
    name: str
    key_env: str | None = None
    window: int = 12_000
    windows: int = 24
    max_tokens: int = 2_000
    seconds: float = 120.0
    seed: int = 1
    retries: int = 2
    pause: float = 0.5

    @property
    def endpoint(self) -> str:
        """The address that requests go to."""
        parts = _split(self.url)
        path = parts.path.rstrip("/")
        if not path.endswith(_PATH):
            path = (path or "/v1") + _PATH
        return f"{parts.scheme}://{parts.netloc}{path}"

    @property
    def host(self) -> str:
        """Name or address of the server."""
        return _split(self.url).hostname or ""

    @property
    def kind(self) -> str:
        """loopback when the server is on this machine, else remote."""
        return "loopback" if is_loopback(self.host) else "remote"

    @property
    def producer(self) -> Producer:
        """What the record names as the maker of proposed values: the kind of endpoint, the model, and the hash of prompt, settings and code."""
        from witnessmark.proposals.prompt import prompt_digest

        # The port is left out: a local server may listen on another one each day. A remote host is not.
        host = self.host if self.kind == "remote" else ""
        settings = [prompt_digest(), _code_digest(), host, self.window, self.windows, self.max_tokens, self.seed]
        return Producer(f"llm.{self.kind}", self.name, hashlib.sha256(canonical(settings)).hexdigest()[:16])

    def check(self, *, allow_network: bool) -> None:
        """See that the model may be asked at all; called before anything is read.

        Raises:
            UsageError: WM037 for an address or key that cannot be used, WM038 for a server elsewhere without leave to use the network.
        """
        self._check_address()
        if self.kind == "remote" and not allow_network:
            raise UsageError("WM038", self.host)
        if self.key() and self.kind == "remote" and _split(self.url).scheme != "https":
            raise UsageError("WM037", "a key is sent to another machine over https only")

    def _check_address(self) -> None:
        parts = _split(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise UsageError("WM037", "not an http or https address")
        if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
            raise UsageError("WM037", "it holds a name, password, query or fragment; name the variable that holds the key instead")
        if not self.name or not self.name.isprintable() or len(self.name) > 200:
            raise UsageError("WM037", "the model has no usable name")
        if self.window < 500 or self.windows < 1 or self.max_tokens < 1 or self.seconds <= 0 or self.retries < 0:
            raise UsageError("WM037", "a limit is too small: 500 characters, one request, one token and more than 0 seconds are the least")

    def key(self) -> str:
        """The key from the environment; "" where none is wanted.

        Raises:
            UsageError: WM037 when the variable is empty or holds what no key holds. The message never shows what it holds.
        """
        if self.key_env is None:
            return ""
        value = os.environ.get(self.key_env, "").strip()
        if not value or not value.isascii() or not value.isprintable() or " " in value:
            raise UsageError("WM037", "the environment variable for the key is not set, or holds no key")
        return value

    def note(self) -> dict[str, object]:
        """What the ledger keeps of an asking: never the key nor the name of its variable."""
        from witnessmark.proposals.prompt import prompt_digest

        said: dict[str, object] = {"model": self.name, "endpoint": self.kind, "prompt": prompt_digest()[:16]}
        return {**said, "host": self.host} if self.kind == "remote" else said


@functools.cache
def _code_digest() -> str:
    """SHA-256 (hex) over the code and data of this package."""
    total = hashlib.sha256()
    for path in sorted(Path(__file__).parent.iterdir()):
        if path.suffix in (".py", ".toml"):
            total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port, parts.hostname
    except ValueError:
        raise UsageError("WM037", "not an address") from None
    return parts


@functools.cache
def is_loopback(host: str) -> bool:
    """True for addresses of this machine's loopback, and for "localhost" where it leads nowhere else. No other name is looked up."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        pass
    if host.rstrip(".").lower() != "localhost":
        return False
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return bool(found) and all(ipaddress.ip_address(str(row[4][0]).partition("%")[0]).is_loopback for row in found)
