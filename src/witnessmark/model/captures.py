"""A capture: bytes as they were received."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capture:
    """``digest`` is the SHA-256 (hex) of the bytes; ``number`` counts the captures of a case from 1.

    ``origin`` is a file path, URL or archive member as the user gave it; ``method`` how it came (file, stdin, url, warc, csv, jsonl,
    messenger). ``received`` is in UTC. ``headers`` are transport headers, sorted by name. ``actor`` is who triggered the capture.
    """

    digest: str
    number: int
    origin: str
    method: str
    received: dt.datetime
    actor: str
    size: int
    media_type: str
    headers: tuple[tuple[str, str], ...] = ()
