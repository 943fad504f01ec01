"""The child: takes jobs from its standard input, one after the other, and answers each on its standard output.

Errors that are not coded are left to end the process: the parent then says WM204 and starts a new one.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, BinaryIO

from witnessmark.documents.isolation.limits import ParserLimits, allow_cpu, apply_to_process
from witnessmark.documents.isolation.messages import HEADER, draft_to_json, write_frame
from witnessmark.errors import WitnessmarkError


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Answers jobs until ``source`` ends."""
    while len(head := source.read(HEADER.size)) == HEADER.size:
        length, size = HEADER.unpack(head)
        job = json.loads(source.read(length))
        data = source.read(size)
        allow_cpu(int(job["cpu"]))
        write_frame(sink, answer(job, data))


def answer(job: dict[str, Any], data: bytes) -> dict[str, Any]:
    """The result of one job: a draft, or a code with a detail."""
    from witnessmark.documents.isolation.parsers import parse

    try:
        return {"draft": draft_to_json(parse(job["kind"], data, job["hints"], job["origin"]))}
    except WitnessmarkError as error:
        return {"code": error.code, "detail": error.detail}
    except MemoryError:
        return {"code": "WM203", "detail": ""}
    except RecursionError:
        return {"code": "WM212", "detail": ""}


def main() -> None:
    """Serves standard input, with limits from the command line: memory in bytes."""
    limits = ParserLimits(memory=int(sys.argv[1]))
    sink = os.fdopen(os.dup(1), "wb")
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)  # what a parser prints must not get between the frames
    apply_to_process(limits)
    serve(sys.stdin.buffer, sink)


if __name__ == "__main__":
    main()
