"""Role fillers of attack reports, by small trained models."""

from witnessmark.claims.fillers.find import Filler, Fillers, find_fillers

__all__ = ["Filler", "Fillers", "find_fillers"]
