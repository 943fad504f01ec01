"""Role fillers of attack reports, by small trained models."""

from witnessmark.claims.fillers.find import Filler, Fillers, find_fillers
from witnessmark.claims.fillers.incidents import TypedIncident, incidents_of

__all__ = ["Filler", "Fillers", "TypedIncident", "find_fillers", "incidents_of"]
