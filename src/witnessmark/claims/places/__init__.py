"""Places: toponyms found in a reading and resolved against the gazetteer pack."""

from witnessmark.claims.places.demonyms import Country, country_of_demonym, demonyms
from witnessmark.claims.places.find import find_demonyms, find_places

__all__ = ["Country", "country_of_demonym", "demonyms", "find_demonyms", "find_places"]
