from __future__ import annotations

from collections.abc import Collection

from witnessmark.claims.fillers import Filler, Fillers, TypedIncident, incidents_of
from witnessmark.claims.fillers.model import TYPES
from witnessmark.model import Span

KINDS = (("kidnapping", 0.4), ("attack", 0.3))


def filler(role: str, **kinds: float) -> Filler:
    return Filler(role, Span(0, 1), "x", (Span(0, 1),), 0.5, tuple(kinds.get(kind, 0.01) for kind in TYPES))


def told(
    *fillers: Filler, relevant: float = 0.9, apart: Collection[tuple[int, int]] = (), chance: float = 0.1
) -> tuple[TypedIncident, ...]:
    """The incidents of fillers that all belong together, but for the pairs in ``apart``, which have ``chance``."""
    numbers = range(len(fillers))
    together = tuple(tuple(chance if {(one, two), (two, one)} & set(apart) else 1.0 for one in numbers) for two in numbers)
    return incidents_of(Fillers(fillers, relevant, KINDS, together))


def test_fillers_are_shared_out_by_the_type_that_they_tell_of() -> None:
    bomb, captive = filler("Weapon", bombing=0.9), filler("Victim", kidnapping=0.8)
    assert [(i.type, i.fillers) for i in told(bomb, captive)] == [
        ("bombing", (bomb,)),
        ("kidnapping", (captive,)),
    ]


def test_a_perpetrator_of_both_belongs_to_both() -> None:
    group = filler("PerpOrg", bombing=0.7, kidnapping=0.65)
    assert [i.fillers for i in told(group)] == [(group,), (group,)]


def test_an_unsure_filler_still_has_one_incident_of_its_likeliest_type() -> None:
    target = filler("Target", arson=0.3, attack=0.2)
    assert [i.type for i in told(target)] == ["arson"]


def test_without_fillers_the_document_decides() -> None:
    assert [(i.type, i.fillers) for i in told(relevant=0.6)] == [("kidnapping", ())]
    assert told(relevant=0.35) == ()


def test_a_document_that_hardly_tells_of_an_incident_has_none_whatever_its_fillers() -> None:
    bomb = filler("Weapon", bombing=0.9)
    assert told(bomb, relevant=0.25) == ()
    assert told(bomb, relevant=0.35) != ()


def test_an_unsure_filler_is_left_out_of_a_second_incident() -> None:
    captive, bomb = filler("Victim", kidnapping=0.8), filler("Weapon", bombing=0.9, kidnapping=0.35)
    assert [(i.type, i.fillers) for i in told(captive, bomb)] == [
        ("bombing", (bomb,)),
        ("kidnapping", (captive,)),
    ]


BANK, PRESS, MAYOR = filler("Target", bombing=0.9), filler("Target", bombing=0.85), filler("Victim", bombing=0.8)
GROUP = filler("PerpOrg", bombing=0.9)


def test_fillers_that_hardly_belong_together_are_told_apart_within_a_type() -> None:
    incidents = told(BANK, PRESS, MAYOR, apart={(0, 1), (1, 2)})
    assert [(incident.type, incident.fillers) for incident in incidents] == [("bombing", (BANK, MAYOR)), ("bombing", (PRESS,))]


def test_groups_are_linked_by_the_mean_of_their_pairs() -> None:
    assert len(told(BANK, PRESS, MAYOR, apart={(0, 1)}, chance=0.2)) == 1
    assert len(told(BANK, PRESS, MAYOR, apart={(0, 1), (1, 2)}, chance=0.4)) == 2


def test_a_perpetrator_belongs_to_every_group_where_that_is_likely() -> None:
    assert [len(incident.fillers) for incident in told(BANK, PRESS, GROUP, apart={(0, 1)})] == [2, 2]


def test_a_perpetrator_belongs_to_the_likeliest_group_in_any_case() -> None:
    assert [incident.fillers for incident in told(BANK, PRESS, GROUP, apart={(0, 1), (0, 2)})] == [(BANK,), (PRESS, GROUP)]
    assert [incident.fillers for incident in told(BANK, GROUP, apart={(0, 1)})] == [(BANK, GROUP)]


def test_perpetrators_alone_are_one_group() -> None:
    assert [incident.fillers for incident in told(GROUP, filler("PerpInd", bombing=0.8), apart={(0, 1)})] == [
        (GROUP, filler("PerpInd", bombing=0.8))
    ]


def test_a_type_that_no_filler_is_sure_of_has_no_incident_beside_others() -> None:
    unsure = filler("Victim", kidnapping=0.4)
    assert [incident.type for incident in told(unsure, BANK)] == ["bombing"]
    assert [(incident.type, incident.fillers) for incident in told(unsure)] == [("kidnapping", ())]
