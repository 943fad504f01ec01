"""A run of the real reader that a test kills: ``child.py CASE INPUTS KILL_AT``.

With KILL_AT above zero the process kills itself (SIGKILL) just before its KILL_AT-th operation on a file of the case (open, rename, remove,
mkdir, database connection). Prints ``begin`` when everything is loaded, then each step that the reader says is safe.
"""

import os
import signal
import sys

import witnessmark
from witnessmark import assess, claims, documents, incidents, pipeline, statements
from witnessmark.engines import writer

LOADED = (assess, claims, documents, incidents, statements, writer)


def arm(case: str, kill_at: int) -> list[int]:
    """Count the operations on the case's files; kill at the given one."""
    seen = [0]
    watched = ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "sqlite3.connect")

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in watched and arguments and str(arguments[0]).startswith(case):
            seen[0] += 1
            if seen[0] == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return seen


def tell(progress: pipeline.Progress) -> None:
    sys.stdout.write(f"{progress.stage}\t{progress.done}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    case, inputs, kill_at = sys.argv[1], sys.argv[2], int(sys.argv[3])
    seen = arm(case, kill_at)
    sys.stdout.write("begin\n")
    sys.stdout.flush()
    witnessmark.read([inputs], case=case, published="2021-05-04", progress=tell).close()
    sys.stdout.write(f"operations\t{seen[0]}\n")
