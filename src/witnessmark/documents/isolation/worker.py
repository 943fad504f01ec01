"""The parent's side: a long-lived child that is replaced when it breaks or is ended."""

from __future__ import annotations

import atexit
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from witnessmark.documents.drafts import Draft
from witnessmark.documents.isolation.limits import ParserLimits
from witnessmark.documents.isolation.messages import HEADER, draft_from_json, write_frame
from witnessmark.errors import DocumentError

_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "TMPDIR")
_JOBS_PER_CHILD = 2_000
"""Documents after which a child is replaced, so that what parsers leak stays bounded."""


class ParserWorker:
    """Runs parsers in a child process, one document at a time. Starting it costs a few tenths of a second, once."""

    def __init__(self, limits: ParserLimits | None = None, *, command: tuple[str, ...] | None = None) -> None:
        self._limits = limits or ParserLimits()
        self._command = command or (sys.executable, "-m", "witnessmark.documents.isolation.child", str(self._limits.memory))
        self._process: subprocess.Popen[bytes] | None = None
        self._jobs = 0
        self._lock = threading.Lock()

    def parse(self, kind: str, data: bytes, hints: Mapping[str, str], *, origin: str) -> Draft:
        """The draft of ``data``, parsed as ``kind`` (html, pdf, docx).

        Raises:
            DocumentError: the parser's own code, or WM202 out of time, WM203 out of memory, WM204 broken.
        """
        job = {"kind": kind, "hints": {k: v for k, v in hints.items() if k == "charset"}, "origin": origin, "cpu": self._limits.cpu}
        with self._lock:
            result = self._run(job, data, origin)
        if "code" in result:
            raise DocumentError(str(result["code"]), str(result.get("detail", "")), origin=origin)
        try:
            return draft_from_json(result["draft"])
        except (KeyError, TypeError, ValueError) as error:
            raise DocumentError("WM204", "the answer cannot be read", origin=origin) from error

    def close(self) -> None:
        """Ends the child, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                _close_quietly(pipe)

    def _run(self, job: Mapping[str, Any], data: bytes, origin: str) -> dict[str, Any]:
        process = self._child()
        deadline = time.monotonic() + self._limits.wall
        if process.stdin is None or process.stdout is None:
            raise DocumentError("WM204", "no pipes", origin=origin)
        try:
            write_frame(process.stdin, job, data)  # type: ignore[arg-type]
            head = self._take(HEADER.size, deadline, origin)
            length, _ = HEADER.unpack(head)
            if length > self._limits.result:
                raise DocumentError("WM204", "the answer is too long", origin=origin)
            found = json.loads(self._take(length, deadline, origin))
        except (OSError, ValueError) as error:
            raise self._ended(origin) from error
        except DocumentError:
            self.close()
            raise
        return dict(found)

    def _child(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._jobs >= _JOBS_PER_CHILD or self._process.poll() is not None):
            self.close()
        if self._process is None:
            environment = {k: os.environ[k] for k in _KEPT_ENVIRONMENT if k in os.environ}
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment | {"OMP_NUM_THREADS": "1"},
                close_fds=True,
                start_new_session=True,
            )
            self._jobs = 0
        self._jobs += 1
        return self._process

    def _take(self, size: int, deadline: float, origin: str) -> bytes:
        """``size`` bytes of the child's answer.

        Raises:
            DocumentError: WM202 when they do not come in time. OSError: when the child has ended.
        """
        process = self._process
        if process is None or process.stdout is None:
            raise OSError("no child")
        handle = process.stdout.fileno()
        out = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(handle, selectors.EVENT_READ)
            while len(out) < size:
                if not selector.select(max(0.0, deadline - time.monotonic())):
                    raise DocumentError("WM202", "wall clock", origin=origin)
                piece = os.read(handle, min(size - len(out), 1 << 20))
                if not piece:
                    raise OSError("the child has ended")
                out += piece
        return bytes(out)

    def _ended(self, origin: str) -> DocumentError:
        """Why the child is gone."""
        process = self._process
        code: int | None = None
        if process is not None:
            try:
                code = process.wait(timeout=2)
            except subprocess.TimeoutExpired:
                code = None
        self.close()
        if code == -signal.SIGABRT:  # how C and C++ libraries end when they are given no memory
            return DocumentError("WM203", "abort", origin=origin)
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return DocumentError("WM202", "processor time", origin=origin)
        return DocumentError("WM204", f"exit {code}", origin=origin)


def _close_quietly(pipe: Any) -> None:
    try:
        pipe.close()
    except OSError:
        return


_WORKERS: dict[int, ParserWorker] = {}


def shared_worker() -> ParserWorker:
    """The worker of this process; a process that was forked off gets its own."""
    here = os.getpid()
    if here not in _WORKERS:
        _WORKERS.clear()
        _WORKERS[here] = ParserWorker()
        atexit.register(_WORKERS[here].close)
    return _WORKERS[here]
