"""Events in reports of shootings."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from witnessmark.incidents.coreference import EventMention, Text, corefer
from witnessmark.incidents.coreference.kinds import KINDS
from witnessmark.incidents.coreference.shootings import grouped, incidents_of, likeliest

ONE = Text("t1", (("Baker", "shot", "dead", "in", "Lysohirka"), ("A", "baker", "died", "in", "Lysohirka", "on", "Friday", ".")))
TWO = Text("t2", (("Lysohirka", "baker", "killed"), ("The", "baker", "was", "killed", "in", "Lysohirka", ".")))
FAR = Text("t3", (("Teenager", "wounded", "near", "Dolyna", "bridge"), ("A", "teenager", "died", "at", "Dolyna", "bridge", ".")))


def _chances(*rows: dict[str, float]) -> npt.NDArray[np.float32]:
    out = np.full((len(rows), len(KINDS)), 0.001, np.float32)
    for at, row in enumerate(rows):
        for kind, chance in row.items():
            out[at, KINDS.index(kind)] = chance
    return out


def test_texts_with_the_same_words_tell_of_one_incident() -> None:
    one, two, far = incidents_of([ONE, TWO, FAR])
    assert one == two != far


def test_a_doubtful_mention_goes_to_a_kind_that_others_name() -> None:
    sure, doubtful = {"firing": 0.95}, {"incident": 0.5, "firing": 0.45}
    firing, incident = KINDS.index("firing"), KINDS.index("incident")
    assert likeliest(_chances(sure, sure, doubtful)) == [firing] * 3
    assert likeliest(_chances(sure, {"incident": 0.9}, doubtful)) == [firing, incident, incident]


def test_kinds_part_an_incident_incidents_part_a_kind_and_general_talk_is_one_group() -> None:
    mentions = [EventMention(f"m{n}", text, 0, 0, 0) for n, text in enumerate((0, 1, 1, 2, 0, 2))]
    death, firing, general = {"death": 0.9}, {"firing": 0.9}, {"general": 0.9}
    events = grouped([0, 0, 2], mentions, _chances(death, death, firing, death, general, general))
    assert events[0] == events[1]
    assert len({events[0], events[2], events[3], events[4]}) == 4
    assert events[4] == events[5]


def test_deaths_of_one_incident_are_one_event_and_that_of_another_is_not() -> None:
    mentions = [EventMention("m1", 0, 1, 2, 2), EventMention("m2", 1, 1, 3, 3), EventMention("m3", 2, 1, 2, 2)]
    events = corefer([ONE, TWO, FAR], mentions, model="shootings")
    assert events[0] == events[1] != events[2]


def test_no_mentions_no_events() -> None:
    assert corefer([ONE], [], model="shootings") == []
