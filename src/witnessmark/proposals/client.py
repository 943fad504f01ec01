"""The client: one question, one answer, over plain HTTP with limits on time and size. No redirects, proxies or cookies.

The standard library's client and not a larger one: the whole exchange, slow headers included, has to end at one moment, which takes the socket
itself.
"""

from __future__ import annotations

import functools
import http.client
import json
import socket
import ssl
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from witnessmark.proposals.prompt import forms, messages
from witnessmark.proposals.settings import LanguageModel
from witnessmark.sources.network import connect, cut_off, read_whole

MAX_BYTES = 2_000_000
"""Longest response of a server that is read."""
CONNECT_SECONDS = 10.0
_BUSY = frozenset({429, 500, 502, 503, 504, 529})
_FORM_REFUSED = frozenset({400, 404, 415, 422, 501})
_GIVE_UP_AFTER = 3
_LONGEST_PAUSE = 30.0


class AskError(Exception):
    """No answer. ``code`` and ``detail`` are those of the problem; ``again``: the server was away or busy, a later run should ask once more."""

    def __init__(self, code: str, detail: str, *, again: bool = False) -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail
        self.again = again


@dataclass(slots=True)
class Endpoint:
    """Asks one model. Remembers which form of answer the server takes, and stops asking a server that was not there three times in a row."""

    model: LanguageModel
    form: int = 0
    _missed: int = field(default=0, repr=False)

    def ask(self, text: str) -> str:
        """The words that the model answers about ``text``.

        Raises:
            AskError: WM220 not there, WM221 too slow, WM222 refused, WM223 an answer that cannot be used, WM224 declined.
        """
        if self._missed >= _GIVE_UP_AFTER:
            raise AskError("WM220", f"not asked any more after {_GIVE_UP_AFTER} attempts", again=True)
        deadline = time.monotonic() + self.model.seconds
        listed = forms()
        for at in range(self.form, len(listed)):
            status, body = self._tried(self._request(text, listed[at]), deadline)
            if status in _FORM_REFUSED and at + 1 < len(listed):
                continue
            if status != 200:
                raise AskError("WM222", f"status {status}")
            self.form = at
            return content(body)
        raise AssertionError("the last form is always decided")

    @property
    def loose(self) -> bool:
        """True when the server refused to hold the model to the form of an answer."""
        return self.form >= 2

    def _request(self, text: str, form: dict[str, Any] | None) -> bytes:
        asked: dict[str, Any] = {
            "model": self.model.name,
            "messages": messages(text),
            "temperature": 0,
            "seed": self.model.seed,
            "max_tokens": self.model.max_tokens,
            "stream": False,
        }
        if form is not None:
            asked["response_format"] = form
        return json.dumps(asked, ensure_ascii=True).encode("ascii")

    def _tried(self, request: bytes, deadline: float) -> tuple[int, bytes]:
        """Status and body; a busy or broken server is asked again after a while, as long as there is time."""
        pause = self.model.pause
        for left in range(self.model.retries, -1, -1):
            status, body, wait = self._exchange(request, deadline)
            if status not in _BUSY:
                return status, body
            wait = min(_LONGEST_PAUSE, max(pause, wait))
            if left == 0 or time.monotonic() + wait >= deadline:
                break
            time.sleep(wait)
            pause *= 2
        raise AskError("WM222", f"status {status}, asked {self.model.retries - left + 1} times", again=True)

    def _exchange(self, request: bytes, deadline: float) -> tuple[int, bytes, float]:
        parts = urlsplit(self.model.endpoint)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            raw = connect(parts.hostname or "", port, max(0.01, min(CONNECT_SECONDS, deadline - time.monotonic())))
        except OSError as error:
            self._missed += 1
            raise AskError("WM220", type(error).__name__, again=True) from None
        self._missed = 0
        left = max(0.01, deadline - time.monotonic())
        try:
            with cut_off(raw, left):
                return self._send(raw, request, parts.scheme == "https", left)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if time.monotonic() >= deadline - 0.05 or isinstance(error, TimeoutError):
                raise AskError("WM221", f"limit {self.model.seconds:g} seconds", again=True) from None
            raise AskError("WM222", type(error).__name__, again=True) from None

    def _send(self, raw: socket.socket, request: bytes, secure: bool, seconds: float) -> tuple[int, bytes, float]:
        parts = urlsplit(self.model.endpoint)
        raw.settimeout(seconds)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.sock = ssl.create_default_context().wrap_socket(raw, server_hostname=parts.hostname) if secure else raw
        headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity", "Connection": "close"}
        key = self.model.key()
        if key:
            headers["Authorization"] = f"Bearer {key}"
        try:
            connection.request("POST", parts.path, body=request, headers=headers)
            with connection.getresponse() as response:
                if 300 <= response.status < 400:
                    raise AskError("WM222", f"status {response.status}; redirects are not followed")
                body = read_whole(response, MAX_BYTES)
                wait = response.getheader("Retry-After", "")
        finally:
            connection.close()
        if len(body) > MAX_BYTES:
            raise AskError("WM223", f"more than {MAX_BYTES} bytes")
        return response.status, body, float(wait) if wait.isdecimal() and len(wait) < 6 else 0.0


def content(body: bytes) -> str:
    """The model's words in the body of a response.

    Raises:
        AskError: WM223 when there are none or they were cut off, WM224 when the model or the server declined.
    """
    try:
        choice = json.loads(body)["choices"][0]
        message, reason = choice["message"], choice.get("finish_reason")
        refusal, words = message.get("refusal"), message.get("content")
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise AskError("WM223", "not a chat completion") from None
    if refusal or reason == "content_filter":
        raise AskError("WM224", "no reason kept")
    if reason == "length":
        raise AskError("WM223", "cut off at the longest answer that is allowed")
    if not isinstance(words, str) or not words.strip():
        raise AskError("WM223", "no words")
    return words


@functools.lru_cache(maxsize=4)
def endpoint_of(model: LanguageModel) -> Endpoint:
    """The endpoint of ``model`` in this process."""
    return Endpoint(model)
