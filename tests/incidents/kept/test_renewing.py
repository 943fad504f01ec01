"""Merging that goes on from where it stood gives what merging of everything gives, whatever came, changed or went, in whatever order."""

from __future__ import annotations

import datetime as dt
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from witnessmark.documents import text_document
from witnessmark.incidents import Wording, linkage, merge, wording_of
from witnessmark.incidents.kept import KeptStore, Told, blocks, renew
from witnessmark.incidents.wording import index, meeting
from witnessmark.model import DateValue, Incident, IncidentClaim, Mention, PlaceValue, Quantity, Span

CASES = int(os.environ.get("WITNESSMARK_RENEWED_CASES", "25"))
"""Random cases; WITNESSMARK_RENEWED_CASES=2000 for a long run."""

SPAN = Span(0, 4)
PLACES = (
    ("706448", 46.6559, 32.6178, "Kherson Oblast"),
    ("706483", 49.9818, 36.2548, "Kharkiv Oblast"),
    ("707", 46.70, 32.70, "Kherson Oblast"),
)
WORDS = [
    "ferry",
    "granary",
    "tramway",
    "orchard",
    "lighthouse",
    "bakery",
    "dormitory",
    "quarry",
    "viaduct",
    "tannery",
    "creamery",
    "sawmill",
]
SENTENCE = "A {0} and a {1} near the {2} were wrecked, and the {3} of Lysohirka burned; {4} people from the {5} were hurt."


@dataclass(frozen=True)
class Said:
    kind: str
    subjects: tuple[str, ...]
    position: int


@pytest.fixture(autouse=True, scope="module")
def narrow() -> Iterator[None]:
    """Windows so narrow that a dozen documents crowd them."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (linkage, blocks, index, meeting):
            patch.setattr(module, "WINDOW", 2)
        yield


def _claim(name: str, document: str, rng: random.Random) -> IncidentClaim:
    day = dt.date(2023, 2, rng.choice([3, 3, 3, 4, 5, 9]))
    key, latitude, longitude, division = rng.choice(PLACES)
    place = PlaceValue(key, "UA", division, latitude, longitude, "P3", gazetteer_id=key)
    killed = rng.choice([None, 3, 3, 4, 9])
    return IncidentClaim(
        identifier=name,
        document=document,
        act=Mention(rng.choice(["strike.missile", "shelling", "abduction"]), SPAN, "word", "test"),
        modality="asserted",
        evidence=(SPAN,),
        place=Mention(place, SPAN, "word", "test") if rng.random() < 0.9 else None,
        date=Mention(DateValue(day, day, "T2", "stated"), SPAN, "word", "test"),
        killed=Mention(Quantity(killed, killed, "eq", str(killed)), SPAN, "word", "test") if killed else None,
    )


def _told(name: str, version: int, seed: int) -> Told:
    rng = random.Random(f"{name} {version} {seed}")
    claims = tuple(_claim(f"{name}-{n}", name, rng) for n in range(rng.choice([1, 1, 1, 2, 3, 0])))
    text = " ".join(SENTENCE.format(*(rng.choice(WORDS[:7] if rng.random() < 0.7 else WORDS) for _ in range(4)), rng.randint(2, 4), rng.choice(WORDS)) for _ in range(3))  # fmt: skip
    wording = wording_of(
        text_document(text, title=None, publisher=rng.choice(["Courier", "Herald"]), language=rng.choice(["en", "en", "uk"]))
    )
    published = rng.choice([None, dt.date(2023, 2, 4), dt.date(2023, 2, 5)])
    return Told(name, published, claims, wording.pack() if rng.random() < 0.9 else None)


def _all_at_once(case: dict[str, Told], said: Sequence[Said]) -> dict[str, Incident]:
    claims = [c for told in case.values() for c in told.claims]
    published = {d: told.published for d, told in case.items()}
    wordings = {d: Wording.unpack(told.wording) for d, told in case.items() if told.wording and told.claims}
    return {i.identifier: i for i in merge(claims, published=published, wordings=wordings, decisions=said)}


def _decide(case: dict[str, Told], rng: random.Random, position: int) -> Said | None:
    names = sorted(c.identifier for told in case.values() for c in told.claims)
    if len(names) < 3:
        return None
    return Said(rng.choice(["same", "distinct"]), tuple(rng.sample(names, rng.choice([2, 2, 3]))), position)


def _play(seed: int, root: Path) -> None:
    """A case that grows, shrinks and is decided about, held against merging all at once after every step."""
    rng = random.Random(seed)
    case: dict[str, Told] = {}
    said: list[Said] = []
    held: dict[str, tuple[int, Incident]] = {}
    with KeptStore(root / f"{seed}.sqlite", basis="test", durable=False) as store:
        for step in range(rng.randint(2, 5)):
            fresh = {name: _told(name, step, seed) for name in rng.sample([f"d{n:02}" for n in range(24)], rng.choice([0, 1, 2, 12]))}
            gone = {name for name in case if name in fresh or rng.random() < 0.1}
            case = {name: told for name, told in case.items() if name not in gone} | fresh
            if rng.random() < 0.5 and (decision := _decide(case, rng, step)):
                said.append(decision)
            if said and rng.random() < 0.2:
                said.pop(rng.randrange(len(said)))
            listed = list(fresh.values())
            rng.shuffle(listed)
            with store.changing():
                renewal = renew(store, listed, sorted(gone), said)
                held = {name: (part, incident) for name, (part, incident) in held.items() if part not in renewal.dropped}
                for part in renewal.parts:
                    assert set(part.claims) == set(part.incident.claims)
                    held[part.incident.identifier] = part.number, part.incident
            assert {name: incident for name, (_, incident) in held.items()} == _all_at_once(case, said), (seed, step)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(CASES))
def test_what_grew_is_what_is_merged_at_once(seed: int, tmp_path: Path) -> None:
    _play(seed, tmp_path)
