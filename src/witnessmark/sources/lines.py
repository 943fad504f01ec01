"""Lines of a byte stream with a cap on their length, so that no line is ever held whole that is larger than allowed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO


def capped_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Line numbers from 1 with the line, its end included; None instead of a line longer than ``limit`` bytes."""
    number = 0
    while True:
        line = stream.readline(limit + 1)
        if not line:
            return
        number += 1
        if len(line) <= limit:
            yield number, line
            continue
        ended = line.endswith(b"\n")
        while not ended:
            rest = stream.readline(1 << 20)
            ended = not rest or rest.endswith(b"\n")
        yield number, None
