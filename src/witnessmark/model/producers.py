"""Producers: what made a derived row."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Producer:
    """Name, version and the hash of configuration and data packs; same producer and input give the same output."""

    name: str
    version: str
    configuration: str

    @property
    def identifier(self) -> str:
        """Eight hexadecimal digits over name, version and configuration."""
        packed = json.dumps([self.name, self.version, self.configuration], separators=(",", ":"))
        return hashlib.sha256(packed.encode()).hexdigest()[:8]
