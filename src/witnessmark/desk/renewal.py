"""Computing anew in a process of its own, so that pages are answered meanwhile.

The process runs beside the desk (:meth:`CaseFolder.writing`), merges and assesses anew, makes the index, and tells one JSON line for each
step on its standard output. A desk that is closed meanwhile leaves it to its work; it seals the case at its end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from witnessmark.errors import CaseError, WitnessmarkError


@dataclass(slots=True)
class Renewal:
    """A computation that was started. ``stage``: reading, computing, indexing; ``done`` of ``total`` where both are known.

    ``code`` and ``detail`` are those of the error that ended it, empty when none did.
    """

    process: subprocess.Popen[str]
    began: float = field(default_factory=time.monotonic)
    stage: str = "starting"
    done: int = 0
    total: int | None = None
    code: str = ""
    detail: str = ""
    listener: threading.Thread | None = None

    @classmethod
    def start(cls, path: Path, *, actor: str = "", index_only: bool = False) -> Renewal:
        """Start computing the case in ``path`` anew in the name of ``actor``; with ``index_only`` only the index of the present tables is made."""
        given = json.dumps({"path": str(path), "actor": actor, "index_only": index_only})
        process = subprocess.Popen(
            [sys.executable, "-c", "import sys; from witnessmark.desk.renewal import main; sys.exit(main(sys.argv[1]))", given],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        made = cls(process)
        made.listener = threading.Thread(target=made._listen, name="renewal", daemon=True)
        made.listener.start()
        return made

    @property
    def running(self) -> bool:
        """True until it ended and everything that it told was heard."""
        return self.listener is not None and self.listener.is_alive()

    @property
    def seconds(self) -> int:
        """How long ago it was started."""
        return int(time.monotonic() - self.began)

    def wait(self, seconds: float | None = None) -> None:
        """Wait until it ends.

        Raises:
            CaseError: with the code that it ended with.
        """
        if self.listener is not None:
            self.listener.join(seconds)
        if self.code:
            raise CaseError(self.code, self.detail)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._hear(json.loads(line))
        if self.process.wait() and not self.code:
            self.code, self.detail = "WM709", f"the process ended with {self.process.returncode}"

    def _hear(self, told: dict[str, Any]) -> None:
        if "code" in told:
            self.code, self.detail = told["code"], told["detail"]
        else:
            self.stage, self.done, self.total = told["stage"], told["done"], told["total"]


def main(given: str) -> int:
    """The process: compute, make the index, tell."""
    from witnessmark.archive import CaseFolder
    from witnessmark.desk import index
    from witnessmark.engines import read_manifest
    from witnessmark.pipeline import Options, run

    def tell(stage: str, done: int = 0, total: int | None = None) -> None:
        _say({"stage": stage, "done": done, "total": total})

    asked = json.loads(given)
    folder = CaseFolder(Path(asked["path"]))
    try:
        if sys.platform != "win32":
            os.nice(5)  # whoever waits for a page comes first
        if not asked["index_only"]:
            run(folder, [], Options(actor=asked["actor"]), lambda p: tell(p.stage, p.done, p.total))
        tell("indexing")
        with folder.appending():
            manifest = read_manifest(folder)
            if manifest is not None and not index.is_current(folder, manifest):
                index.build(folder, manifest)
    except WitnessmarkError as error:
        _say({"code": error.code, "detail": error.detail or error.origin})
        return 1
    return 0


def _say(told: dict[str, Any]) -> None:
    try:
        print(json.dumps(told), flush=True)
    except BrokenPipeError:  # the desk was closed; the work goes on
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
