"""A scripted server that speaks OpenAI's chat completions: real HTTP on loopback, in this process."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from witnessmark.proposals import LanguageModel
from witnessmark.proposals.client import endpoint_of

FIELDS = ("act", "place", "date", "killed", "injured", "perpetrator")


@dataclass
class Reply:
    """What the server sends: ``words`` wrapped as a completion, or ``raw`` as it is. ``drip``: seconds between single bytes; ``wait``: before all."""

    words: str = ""
    raw: bytes | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    drip: float = 0.0
    reason: str = "stop"
    refusal: str | None = None
    hang_up: bool = False

    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        message = {"role": "assistant", "content": self.words, "refusal": self.refusal}
        return json.dumps({"choices": [{"index": 0, "finish_reason": self.reason, "message": message}]}).encode()


Script = Callable[[dict[str, Any]], Reply]


def entry(sentence: str = "", **quotes: Any) -> dict[str, Any]:
    """One attack of an answer; what is not given is not told."""
    return {"sentence": sentence, **dict.fromkeys(FIELDS), "munitions": [], "objects": [], **quotes}


def incidents(*entries: dict[str, Any]) -> str:
    """The words of an answer."""
    return json.dumps({"incidents": list(entries)}, ensure_ascii=False)


def sent(asked: dict[str, Any]) -> str:
    """The user message of a request."""
    return str(asked["messages"][1]["content"])


class Scripted:
    """The server. ``script`` answers a request; ``asked`` holds every request, ``headers`` theirs, ``paths`` where they went."""

    reply = Reply
    entry = staticmethod(entry)
    incidents = staticmethod(incidents)
    sent = staticmethod(sent)

    def __init__(self) -> None:
        self.script: Script = lambda _: Reply(incidents())
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                owner.asked.append(asked)
                owner.headers.append(dict(self.headers))
                owner.paths.append(self.path)
                try:
                    self._answer(owner.script(asked))
                except OSError:
                    pass  # the client has had enough

            def _answer(self, reply: Reply) -> None:
                if reply.hang_up:
                    return
                time.sleep(reply.wait)
                body = reply.body()
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                for at in range(0, len(body), 1 if reply.drip else len(body) or 1):
                    self.wfile.write(body[at : at + (1 if reply.drip else len(body))])
                    self.wfile.flush()
                    time.sleep(reply.drip)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def answers(self, *entries: dict[str, Any]) -> None:
        """Answer every request with ``entries``."""
        self.script = lambda _: Reply(incidents(*entries))

    def model(self, **changed: Any) -> LanguageModel:
        return LanguageModel(self.url, "scripted", **{"pause": 0.01, "seconds": 20.0, **changed})

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Scripted]:
    scripted = Scripted()
    yield scripted
    scripted.close()
    endpoint_of.cache_clear()
