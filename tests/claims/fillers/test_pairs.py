from __future__ import annotations

import numpy as np

from witnessmark.claims.fillers.bags import bag_of
from witnessmark.claims.fillers.encoder import load_encoder
from witnessmark.claims.fillers.evidence import Evidence, evidence_of
from witnessmark.claims.fillers.find import kinds_of, scene_in, scored_candidates
from witnessmark.claims.fillers.kinds import kind_rows
from witnessmark.claims.fillers.model import ROLES, TYPES, load_model
from witnessmark.claims.fillers.pairs import pair_rows
from witnessmark.claims.fillers.scene import Scene
from witnessmark.claims.fillers.views import View, view_of
from witnessmark.documents import text_document
from witnessmark.statements import read_statements

TEXT = (
    "Lima, 3 May 90 -- Guerrillas set off a bomb at the National Bank in Huanta on Monday. The bomb damaged the National Bank.\n\n"
    "Meanwhile, unidentified men kidnapped the businessman Tomas Arce Vidal near Cali on Friday. Another group shot the judge Elena Prado Luz."
)


def seen(text: str) -> tuple[list[View], Scene, Evidence, list[float]]:
    """The candidates that are likely enough, by role and score."""
    reading = read_statements(text_document(text, language="en"))
    words = [token.lower for token in reading.tokens]
    model = load_model()
    bag = model.topic_scores(bag_of(words))
    evidence = evidence_of(words, [(s.first, s.last) for s in reading.sentences], bag, model, load_encoder())
    assert evidence is not None
    scene = scene_in(reading, evidence)
    likely = sorted((own for own in scored_candidates(evidence, model) if own[1] > -1.2), key=lambda own: (own[0].role, -own[1]))
    return [view_of(candidate, score, evidence, model, scene) for candidate, score in likely], scene, evidence, bag


VIEWS, SCENE, EVIDENCE, BAG = seen(TEXT)


def view(key: str) -> View:
    return next(own for own in VIEWS if key in own.candidate.key)


def test_a_view_shows_where_the_best_mention_stands_and_what_is_near() -> None:
    judge, bank = view("elena"), view("bank")
    assert (judge.best.paragraph, bank.best.paragraph) == (1, 0)
    assert "elena" in SCENE.words[judge.best.first : judge.best.last]
    assert judge.event is not None and judge.event[1] == {"shot"}
    assert judge.day is not None and judge.day[0] < 0 and judge.day[1] == {"friday"}
    assert view("tomas").place == (view("tomas").place or (0,))[:1] + (frozenset({"cali"}),)
    assert len(bank.spots) == len(bank.plain) == len(bank.encoded) == 2
    assert list(bank.spots) == sorted(bank.spots, key=lambda spot: spot.first)
    assert abs(float(np.linalg.norm(bank.inner)) - 1) < 1e-4


def test_a_view_knows_how_likely_each_incident_type_is() -> None:
    assert TYPES[int(np.argmax(view("bank").kinds))] == "bombing"
    assert TYPES[int(np.argmax(view("tomas").kinds))] == "kidnapping"


def test_every_view_has_a_row_for_each_type() -> None:
    rows = kind_rows(VIEWS, SCENE, EVIDENCE.topics, BAG)
    assert rows.shape[0] == len(VIEWS) * len(TYPES)
    assert rows[:, 0].tolist() == list(range(len(TYPES))) * len(VIEWS)
    assert kind_rows(VIEWS[:1], SCENE, EVIDENCE.topics, BAG).shape[1] == rows.shape[1]


def test_the_trees_tell_the_types_of_incidents() -> None:
    kinds = kinds_of(VIEWS, SCENE, EVIDENCE.topics, BAG, load_model())
    told = {own.candidate.key: TYPES[int(np.argmax(chances))] for own, chances in zip(VIEWS, kinds, strict=True)}
    assert told[view("bank").candidate.key] == "bombing"
    assert told[view("tomas").candidate.key] == "kidnapping"


def test_a_pair_has_one_row_whatever_the_order_of_its_views() -> None:
    one, two = view("bank"), view("tomas")
    assert pair_rows([one, two], SCENE, EVIDENCE.topics).tolist() == pair_rows([two, one], SCENE, EVIDENCE.topics).tolist()


def test_the_rows_stand_in_the_order_of_the_pairs() -> None:
    one, two, three = view("bank"), view("tomas"), view("elena")
    rows = pair_rows([one, two, three], SCENE, EVIDENCE.topics)
    roles = [own.candidate.role for own in (one, two, three)]
    assert len(rows) == 3
    assert rows[2, :2].tolist() == sorted(roles[1:])
    assert len({tuple(row) for row in rows.tolist()}) == 3


def test_the_trees_tell_fillers_of_one_incident_from_those_of_two() -> None:
    weapon = next(own for own in VIEWS if own.candidate.role == ROLES.index("Weapon"))
    model = load_model()
    rows = pair_rows([view("bank"), weapon, view("tomas")], SCENE, EVIDENCE.topics)
    same, other, neither = model.pairs.scores(rows).tolist()
    assert same > 0
    assert same > max(other, neither)


def test_letters_of_either_case_show_the_same() -> None:
    views, scene, evidence, bag = seen(TEXT.upper())
    assert [own.candidate.key for own in views] == [own.candidate.key for own in VIEWS]
    assert np.allclose(kind_rows(views, scene, evidence.topics, bag), kind_rows(VIEWS, SCENE, EVIDENCE.topics, BAG))
    assert np.allclose(pair_rows(views, scene, evidence.topics), pair_rows(VIEWS, SCENE, EVIDENCE.topics))
