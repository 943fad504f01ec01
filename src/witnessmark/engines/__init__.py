"""Engines: what was computed, as checksummed Parquet tables, and how it is queried."""

from witnessmark.engines.manifest import Manifest, read_manifest
from witnessmark.engines.protocol import Engine
from witnessmark.engines.work import WorkItem, WorkStore

__all__ = ["Engine", "Manifest", "WorkItem", "WorkStore", "read_manifest"]
