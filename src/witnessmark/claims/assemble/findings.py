"""Everything that the finders found in one document."""

from __future__ import annotations

from dataclasses import dataclass

from witnessmark.claims.actors import find_actors
from witnessmark.claims.acts import Trigger, find_acts
from witnessmark.claims.aftermath import find_aftermath
from witnessmark.claims.dates import find_dates
from witnessmark.claims.harm import find_harm
from witnessmark.claims.munitions import find_munitions
from witnessmark.claims.objects import find_objects
from witnessmark.claims.places import find_places
from witnessmark.model import ActorValue, DateValue, HarmValue, Mention, MunitionValue, ObjectValue, PlaceValue
from witnessmark.statements import Reading


@dataclass(frozen=True, slots=True)
class Findings:
    """Mentions of each kind, in text order."""

    acts: tuple[Mention[Trigger], ...]
    actors: tuple[Mention[ActorValue], ...]
    munitions: tuple[Mention[MunitionValue], ...]
    objects: tuple[Mention[ObjectValue], ...]
    harms: tuple[Mention[HarmValue], ...]
    places: tuple[Mention[PlaceValue], ...]
    dates: tuple[Mention[DateValue], ...]
    aftermath: tuple[Mention[str], ...] = ()

    @property
    def eventful(self) -> bool:
        """True when there is anything that an incident can be made of."""
        return bool(self.acts or self.harms or self.munitions)


def find_all(reading: Reading) -> Findings:
    """Runs every finder over ``reading``.

    A document without any act, harm or munition tells of no incident (held on 424 documents of six kinds, of which 61 have none): parties,
    objects, places and dates, half the cost of a document, are not looked for there.
    """
    acts, harms, munitions = find_acts(reading), find_harm(reading), find_munitions(reading)
    if not (acts or harms or munitions):
        return Findings((), (), (), (), (), (), ())
    return Findings(
        acts=acts,
        actors=find_actors(reading),
        munitions=munitions,
        objects=find_objects(reading),
        harms=harms,
        places=find_places(reading),
        dates=find_dates(reading),
        aftermath=find_aftermath(reading),
    )
