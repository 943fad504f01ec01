"""Claims: statements to mentions to incidents and series, as told by one document."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.model import IncidentClaim, SeriesClaim
from witnessmark.statements import Reading


@dataclass(frozen=True, slots=True)
class Claims:
    """What one document claims. Both may be empty: the document was read and tells of none."""

    incidents: tuple[IncidentClaim, ...] = ()
    series: tuple[SeriesClaim, ...] = ()


def read_claims(reading: Reading) -> Claims:
    """Incident and series claims of one document."""
    from witnessmark.claims.assemble import assemble, find_all
    from witnessmark.claims.series import find_series

    found = find_all(reading)
    series = find_series(reading, found.dates, found.places)
    return Claims(assemble(reading, found, series), series)


__all__ = ["Claims", "read_claims"]
