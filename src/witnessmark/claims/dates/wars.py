"""First days of wars that news counts by day ("on the 343rd day of the war"); only where outlets of all sides count from the same day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

NEAR_DAYS = 10
"""With a publication day, a war fits when its day of that number is at most so many days from it."""


MAX_DAY = 20000
"""No war is counted further."""


@dataclass(frozen=True, slots=True)
class War:
    """``first`` is day 1; ``cues`` are beginnings of words (lower case) that name the countries in the languages read."""

    first: dt.date
    cues: tuple[str, ...]


WARS = (
    War(dt.date(2022, 2, 24), ("ukrain", "україн", "украин", "russia", "росій", "росі", "росси")),
    War(dt.date(2023, 10, 7), ("gaza", "газ", "hamas", "israel", "ізраїл", "израил")),
    War(dt.date(2023, 4, 15), ("sudan", "судан", "khartoum", "darfur")),
    War(dt.date(2020, 9, 27), ("karabakh", "карабах", "armenia", "azerbaijan", "вірмен", "азербайджан", "армен")),
    War(dt.date(2020, 11, 4), ("tigray", "ethiopia", "тигр", "ефіоп", "эфиоп")),
    War(dt.date(2003, 3, 20), ("iraq", "baghdad", "ірак", "ирак")),
)
"""Sources: the dates that the parties and the wire agencies themselves count from."""


def war_weights(text: str) -> tuple[int, ...]:
    """How often the cues of each war of :data:`WARS` occur in ``text``."""
    lower = text.lower()
    return tuple(sum(lower.count(cue) for cue in war.cues) for war in WARS)


def war_day(number: int, weights: tuple[int, ...], published: dt.date | None) -> dt.date | None:
    """Day ``number`` (from 1) of the war that a text with these ``weights`` is about; None when that cannot be told.

    With a publication day the war whose count fits it is meant, even unnamed when it is the only one; else the one whose cues are most frequent.
    """
    if not 1 <= number <= MAX_DAY:
        return None
    step = dt.timedelta(days=number - 1)
    weighed = [(weight, war.first + step) for weight, war in zip(weights, WARS, strict=True)]
    near = [(weight, day) for weight, day in weighed if published is not None and abs((day - published).days) <= NEAR_DAYS]
    weight, day = max(near or weighed, key=lambda pair: pair[0])
    return day if weight or len(near) == 1 else None
