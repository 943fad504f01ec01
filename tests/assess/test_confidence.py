"""Confidence in the fields of a claim: between 0 and 1, on every field that has a model, and lower where less speaks for the value."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from witnessmark.assess import with_confidence, with_voices
from witnessmark.assess.confidence.evidence import SEVERAL, SINGLE, Text, evidence, mentions_of
from witnessmark.assess.confidence.model import FieldModel, models
from witnessmark.claims import Claims, read_claims
from witnessmark.documents import text_document
from witnessmark.statements import Reading, read_statements

TEXT = "A drone hit a school in Kharkiv on Monday, killing two people and injuring five, the governor said. Two people were killed, police said."


def read(text: str, *, published: dt.date | None = dt.date(2024, 3, 14)) -> tuple[Reading, Claims]:
    reading = read_statements(text_document(text, title="Drone hits school", published=published))
    return reading, read_claims(reading)


def test_every_field_with_a_model_is_rated() -> None:
    reading, claims = read(TEXT)
    (claim,) = with_confidence(reading, claims).incidents
    for name in (*SINGLE, *SEVERAL):
        for mention in mentions_of(claim, name):
            assert mention.confidence is not None, name
            assert 0.0 <= mention.confidence <= 1.0, name


def test_no_value_is_changed() -> None:
    reading, claims = read(TEXT)
    (before,), (after,) = claims.incidents, with_confidence(reading, claims).incidents
    assert after.killed is not None
    assert replace(after.killed, confidence=None) == before.killed


def test_a_document_without_incidents_is_left_alone() -> None:
    reading = read_statements(text_document("The harvest was good this year."))
    claims = read_claims(reading)
    assert not claims.incidents
    assert with_confidence(reading, claims) == claims


def test_the_day_of_publication_alone_is_less_sure_than_a_stated_day() -> None:
    stated = with_confidence(*read("A drone hit a school in Kharkiv on 13 March 2024, killing two people.")).incidents[0].date
    guessed = with_confidence(*read("A drone hit a school in Kharkiv, killing two people.")).incidents[0].date
    assert stated is not None
    assert guessed is not None
    assert (stated.confidence or 0) > (guessed.confidence or 0)


def test_features_hold_no_names() -> None:
    reading, claims = read(TEXT)
    text, (claim,) = Text.of(reading, claims), claims.incidents
    names = " ".join(n for field in SINGLE for m in mentions_of(claim, field) for n in evidence(text, claim, field, m))
    assert "kharkiv" not in names.lower()
    assert all("russia" not in f"{weights}".lower() for model in models().values() for weights in model.weights)


def test_a_field_model_is_a_logistic_regression() -> None:
    model = FieldModel(0.0, {"known": 2.0})
    assert model.probability({}) == 0.5
    assert round(model.probability({"known": 1.0, "unknown": 5.0}), 4) == 0.8808
    assert model.probability({"known": -1000.0}) == 0.0


def test_fields_are_told_in_their_own_voice() -> None:
    reading, claims = read("A missile hit a school in Kharkiv on Monday, and the governor said three people had died.")
    (claim,) = with_voices(reading, claims).incidents
    assert claim.place is not None
    assert claim.killed is not None
    assert (claim.place.modality, claim.place.speaker) == ("asserted", None)
    assert claim.killed.modality == "attributed"
    assert claim.killed.speaker is not None
    assert claim.killed.speaker.of(reading.text) == "the governor"
