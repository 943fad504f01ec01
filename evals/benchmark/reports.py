"""Short made-up reports of attacks at real places, several of one incident, in the project's own words: what a large case is made of.

A report keeps the truth roughly: an early toll, a broader word for the weapon, a copy of another's words. The days covered grow with the number of
reports, places are drawn by Zipf's law, so that front-line towns have several incidents on one day.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

PLACES = (
    "Kherson", "Kharkiv", "Mykolaiv", "Sumy", "Chernihiv", "Zaporizhzhia", "Odesa", "Dnipro", "Kramatorsk", "Sloviansk", "Kupiansk", "Izium", "Bakhmut",
    "Pokrovsk", "Nikopol", "Marhanets", "Ochakiv", "Beryslav", "Orikhiv", "Huliaipole", "Vovchansk", "Lyman", "Chuhuiv", "Konotop", "Shostka", "Balakliia",
    "Druzhkivka", "Kostiantynivka", "Toretsk", "Avdiivka", "Mariupol", "Melitopol", "Kryvyi Rih", "Poltava", "Kremenchuk", "Okhtyrka", "Trostianets",
    "Lozova", "Pavlohrad", "Synelnykove",
)  # fmt: skip
_WEAPONS = ("missile", "rockets", "drone", "artillery shells", "mortar shells", "guided bomb", "cluster munitions")
_OBJECTS = (
    "apartment building",
    "school",
    "hospital",
    "market",
    "power station",
    "bus stop",
    "warehouse",
    "kindergarten",
    "railway station",
    "church",
)
_WHO = (
    "the regional governor",
    "the mayor",
    "the state emergency service",
    "the prosecutor's office",
    "police",
    "doctors",
    "residents",
    "an aid group",
)
_MORE = (
    "Windows were blown out in {n} houses nearby.", "A fire that broke out was put out by {who} before noon.", "Rescuers cleared rubble for {n} hours.",
    "The power went out in {n} streets.", "Two buses and {n} cars burned in the yard.", "Trains were delayed by {n} hours.", "The wounded are in a stable condition.",
)  # fmt: skip
_TOLD = (
    "A {weapon} strike on a {object} in {place} killed {killed} people and wounded {injured} on {day}, {who} said.",
    "{killed} people were killed and {injured} injured when {weapon} hit a {object} in {place} on {day}, according to {who}.",
    "{place} came under fire on {day}: {weapon} struck a {object}, {who} reported. {killed} people died and {injured} were hurt.",
    "On {day} {weapon} hit a {object} in {place}. {who} said that {killed} people had been killed and {injured} wounded.",
)


def reports(count: int, *, seed: int = 1) -> Iterator[dict[str, str]]:
    """``count`` reports with id, text and day of publication, in the order of the incidents."""
    rng = random.Random(seed)
    weights = [1 / (n + 1) for n in range(len(PLACES))]
    days = max(30, count // 60)
    made = 0
    while made < count:
        day = dt.date(2022, 3, 1) + dt.timedelta(days=rng.randrange(days))
        place, weapon, thing = rng.choices(PLACES, weights)[0], rng.choice(_WEAPONS), rng.choice(_OBJECTS)
        killed, injured = rng.choice((1, 2, 2, 3, 3, 4, 5, 7, 11)), rng.randint(2, 30)
        for _ in range(min(rng.choice((1, 1, 1, 2, 2, 3, 4, 6)), count - made)):
            lower = rng.random() < 0.25
            told = rng.choice(_TOLD).format(
                weapon=weapon if rng.random() < 0.8 else "projectile", object=thing, place=place, day=f"{day.day} {day:%B} {day.year}",
                killed=max(1, killed - 1) if lower else killed, injured=injured, who=rng.choice(_WHO),
            )  # fmt: skip
            more = " ".join(m.format(n=rng.randint(3, 40), who=rng.choice(_WHO)) for m in rng.sample(_MORE, rng.randint(0, 2)))
            published = day + dt.timedelta(days=rng.choice((0, 0, 1)))
            yield {"id": f"r{seed}-{made:07}", "text": f"{told[0].upper()}{told[1:]} {more}".strip(), "published": published.isoformat()}
            made += 1
