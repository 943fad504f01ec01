"""Everything that the finders found in one document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from witnessmark.claims.actors import find_actors
from witnessmark.claims.acts import Trigger, find_acts
from witnessmark.claims.aftermath import find_aftermath
from witnessmark.claims.dates import find_dates
from witnessmark.claims.harm import find_harm
from witnessmark.claims.munitions import find_munitions
from witnessmark.claims.objects import find_objects
from witnessmark.claims.places import find_places
from witnessmark.claims.slavic import LANGUAGES as SLAVIC
from witnessmark.claims.slavic import actors as slavic_actors
from witnessmark.claims.slavic import harm as slavic_harm
from witnessmark.claims.slavic import munitions as slavic_munitions
from witnessmark.claims.slavic import objects as slavic_objects
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


def find_signs(reading: Reading) -> Findings:
    """The acts, munitions and harms: what is cheap to find, and tells whether the rest is wanted."""
    if reading.language in SLAVIC:
        return Findings(find_acts(reading), (), slavic_munitions.find_munitions(reading), (), slavic_harm.find_harm(reading), (), ())
    return Findings(find_acts(reading), (), find_munitions(reading), (), find_harm(reading), (), ())


def find_all(reading: Reading, signs: Findings | None = None) -> Findings:
    """Runs every finder over ``reading``; those of ``signs`` are not run again."""
    slavic = reading.language in SLAVIC
    return replace(
        signs or find_signs(reading),
        actors=slavic_actors.find_actors(reading) if slavic else find_actors(reading),
        objects=slavic_objects.find_objects(reading) if slavic else find_objects(reading),
        places=find_places(reading),
        dates=find_dates(reading),
        aftermath=find_aftermath(reading),
    )
