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
    from witnessmark.claims.dates import find_dates
    from witnessmark.claims.places import find_places
    from witnessmark.claims.series import find_series

    found = find_all(reading)
    if found.eventful:
        series = find_series(reading, found.dates, found.places)
        return Claims(assemble(reading, found, series), series)
    # Without events, days and places are wanted only where there is a series for them.
    if find_series(reading):
        return Claims((), find_series(reading, find_dates(reading), find_places(reading)))
    return Claims()


__all__ = ["Claims", "read_claims"]
