"""Incidents: claims of one event in several documents, merged."""

from witnessmark.incidents.cluster import Link
from witnessmark.incidents.comparing import stories
from witnessmark.incidents.merging import merge
from witnessmark.incidents.wording import Wording, wording_of

__all__ = ["Link", "Wording", "merge", "stories", "wording_of"]
