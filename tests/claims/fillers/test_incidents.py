from __future__ import annotations

from witnessmark.claims.fillers import Filler, Fillers, incidents_of
from witnessmark.claims.fillers.model import TYPES
from witnessmark.model import Span

KINDS = (("kidnapping", 0.4), ("attack", 0.3))


def filler(role: str, **kinds: float) -> Filler:
    return Filler(role, Span(0, 1), "x", (Span(0, 1),), 0.5, tuple(kinds.get(kind, 0.01) for kind in TYPES))


def test_fillers_are_shared_out_by_the_type_that_they_tell_of() -> None:
    bomb, captive = filler("Weapon", bombing=0.9), filler("Victim", kidnapping=0.8)
    assert [(i.type, i.fillers) for i in incidents_of(Fillers((bomb, captive), 0.9, KINDS))] == [
        ("bombing", (bomb,)),
        ("kidnapping", (captive,)),
    ]


def test_a_perpetrator_of_both_belongs_to_both() -> None:
    group = filler("PerpOrg", bombing=0.7, kidnapping=0.65)
    assert [i.fillers for i in incidents_of(Fillers((group,), 0.9, KINDS))] == [(group,), (group,)]


def test_an_unsure_filler_still_has_one_incident_of_its_likeliest_type() -> None:
    target = filler("Target", arson=0.3, attack=0.2)
    assert [i.type for i in incidents_of(Fillers((target,), 0.9, KINDS))] == ["arson"]


def test_without_fillers_the_document_decides() -> None:
    assert [(i.type, i.fillers) for i in incidents_of(Fillers((), 0.6, KINDS))] == [("kidnapping", ())]
    assert incidents_of(Fillers((), 0.35, KINDS)) == ()


def test_a_document_that_hardly_tells_of_an_incident_has_none_whatever_its_fillers() -> None:
    bomb = filler("Weapon", bombing=0.9)
    assert incidents_of(Fillers((bomb,), 0.25, KINDS)) == ()
    assert incidents_of(Fillers((bomb,), 0.35, KINDS)) != ()


def test_an_unsure_filler_is_left_out_of_a_second_incident() -> None:
    captive, bomb = filler("Victim", kidnapping=0.8), filler("Weapon", bombing=0.9, kidnapping=0.35)
    assert [(i.type, i.fillers) for i in incidents_of(Fillers((captive, bomb), 0.9, KINDS))] == [
        ("bombing", (bomb,)),
        ("kidnapping", (captive,)),
    ]
