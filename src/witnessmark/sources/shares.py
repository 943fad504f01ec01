"""Shares of the inputs, for processes that read one part each: every item is in exactly one share, whoever asks and on whatever machine.

What an item hangs on is its place below the folder that was named, or the file's own name, and its place in the file: neither its bytes nor where the
folder is mounted.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import Self

from witnessmark.errors import UsageError

_WRITTEN = re.compile(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Share:
    """Share ``number`` (from 1) of ``of``."""

    number: int = 1
    of: int = 1

    @classmethod
    def parse(cls, written: str) -> Self:
        """The share that "3/16" names.

        Raises:
            UsageError: WM036 when it names none.
        """
        found = _WRITTEN.fullmatch(written)
        if found is None or int(found[1]) > int(found[2]):
            raise UsageError("WM036", written)
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def takes(self, key: str) -> bool:
        """True when what ``key`` names is in this share."""
        if self.of == 1:
            return True
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.of == self.number - 1


WHOLE = Share()
"""All inputs."""
