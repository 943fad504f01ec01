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
    from witnessmark.claims.assemble import assemble, find_all, find_signs, may_tell
    from witnessmark.claims.dates import find_dates
    from witnessmark.claims.places import find_places
    from witnessmark.claims.series import find_series, settle

    series, signs = find_series(reading), find_signs(reading)
    if may_tell(reading, signs):
        found = find_all(reading, signs)
        incidents = assemble(reading, found, series)
        parties = {c.perpetrator.value.name for c in incidents if c.perpetrator is not None}
        return Claims(incidents, settle(reading, series, found.dates, found.places, munitions=found.munitions, parties=parties))
    # Without an incident, days and places are wanted only where there is a series for them.
    if not series:
        return Claims()
    return Claims((), settle(reading, series, find_dates(reading), find_places(reading), munitions=signs.munitions))


__all__ = ["Claims", "read_claims"]
