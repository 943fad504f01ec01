"""Archive: originals under their hash, with the record of each capture."""

from witnessmark.archive.blobs import Blobs
from witnessmark.archive.folder import CaseFolder
from witnessmark.archive.store import Archive, Receipt, Taken, captures

__all__ = ["Archive", "Blobs", "CaseFolder", "Receipt", "Taken", "captures"]
