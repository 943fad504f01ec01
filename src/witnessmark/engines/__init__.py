"""Engines: what was computed, as checksummed Parquet tables, and how it is queried."""

from witnessmark.engines.manifest import Manifest, read_manifest
from witnessmark.engines.protocol import Engine
from witnessmark.engines.work import Mark, WorkItem, WorkStore, pack, unpack

__all__ = ["Engine", "Manifest", "Mark", "WorkItem", "WorkStore", "pack", "read_manifest", "unpack"]
