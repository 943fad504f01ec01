"""Contradictions inside one document."""

from __future__ import annotations

import datetime as dt

from witnessmark.assess import within_document
from witnessmark.claims import read_claims
from witnessmark.documents import text_document
from witnessmark.model import Contradiction
from witnessmark.statements import read_statements


def _found(text: str, *, title: str | None = None) -> tuple[Contradiction, ...]:
    reading = read_statements(text_document(text, title=title, published=dt.date(2024, 3, 14)))
    return within_document(reading, read_claims(reading))


def _kinds(text: str, *, title: str | None = None) -> set[tuple[str, str]]:
    return {(c.field, c.kind) for c in _found(text, title=title)}


def test_headline_munition_against_the_body() -> None:
    body = "Rockets with cluster warheads fell on Kharkiv on Monday, killing two people, the head of the town said."
    assert ("munition", "headline_body") in _kinds(body, title="Phosphorus bombs rain on Kharkiv")


def test_accusation_against_denial() -> None:
    body = "Armenian forces shelled a market in Ganja on Monday, killing four people, officials said. Armenia denied shelling the city."
    assert ("perpetrator", "within_body") in _kinds(body)


def test_two_speakers_two_tolls() -> None:
    body = "A bomb hit a market in Omdurman on Sunday and killed 20 people, the governor said. Doctors counted 35 dead in the blast."
    assert ("killed", "within_body") in _kinds(body)


def test_an_update_is_no_contradiction() -> None:
    body = "A bomb hit a market in Omdurman on Sunday and killed 20 people, the governor said. The toll later rose to 25, a doctor said."
    assert not {f for f, _ in _kinds(body)} & {"killed"}


def test_at_least_and_a_higher_figure_agree() -> None:
    body = "At least 20 people were killed when a bomb hit a market in Omdurman on Sunday, the governor said. Doctors counted 22 dead."
    assert not {f for f, _ in _kinds(body)} & {"killed"}


def test_a_site_and_the_target_that_the_other_side_names() -> None:
    body = (
        "An Israeli air strike hit a school in Deir al-Balah on Monday, killing ten people, medics said. "
        "The Israeli military said it had struck a command centre."
    )
    assert ("object", "within_body") in _kinds(body)


def test_the_own_men_of_a_speaker_are_no_target() -> None:
    body = (
        "Two car bombs blew up outside a school in Beledweyne on Monday, killing ten people, police said. "
        "Al-Shabab claimed responsibility and said its fighters had carried out the attack."
    )
    assert ("object", "within_body") not in _kinds(body)


def test_persons_told_one_by_one_deny_no_total() -> None:
    body = (
        "A bomb went off in a market in Omdurman on Sunday and wounded 20 people, the governor said. "
        "A driver and a nurse were wounded in the blast, a doctor said."
    )
    assert not {f for f, _ in _kinds(body)} & {"injured"}


def test_words_are_words_of_the_text_and_in_order() -> None:
    title = "Phosphorus bombs rain on Kharkiv"
    body = "Rockets with cluster warheads fell on Kharkiv on Monday, killing two people, the head of the town said."
    full = f"{title}\n\n{body}"
    for item in _found(body, title=title):
        assert item.spans[0] < item.spans[1]
        assert item.quotes == tuple(s.of(full) for s in item.spans)


def test_one_account_has_none() -> None:
    assert _found("A shell hit a farm in Nikopol on Monday and killed a man, police said. He was 40.") == ()


def test_an_example_of_another_weapon() -> None:
    body = "Border villages near Sumy see daily mortar shelling. For example, 120 missile strikes were recorded on March 3."
    found = [c for c in _found(body) if c.rule == "contradictions:example"]
    assert len(found) == 1 and found[0].field == "munition" and found[0].quotes[0].endswith("shelling")


def test_an_account_that_calls_the_attack_something_else() -> None:
    body = (
        "Israeli troops opened fire on a crowd in Gaza City on Thursday, killing twelve people, medics said. "
        "The Israeli military said most of the victims were trampled in a stampede."
    )
    assert ("act", "within_body") in _kinds(body)


def test_a_headline_with_another_town_and_another_kind_of_act() -> None:
    body = "Israeli troops opened fire on a crowd in Gaza City on Thursday, killing 112 people, medics said."
    kinds = _kinds(body, title="Israeli air strike on aid queue in Rafah kills 104")
    assert {("act", "headline_body"), ("place", "headline_body"), ("killed", "headline_body")} <= kinds


def test_parts_that_two_speakers_tell_differently() -> None:
    body = (
        "Fourteen people, including two children, were killed when rockets hit Belgorod on Saturday, the ministry said. "
        "The governor said three of the dead were children."
    )
    assert ("killed", "within_body") in _kinds(body)


def test_what_one_hospital_counted_is_a_part() -> None:
    body = (
        "A bomb hit a market in Omdurman on Sunday and wounded 90 people, the governor said. "
        "Of the wounded 30 were brought to his ward, a doctor said; 30 people were wounded by splinters."
    )
    assert not {f for f, _ in _kinds(body)} & {"injured"}


def test_a_denial_that_names_another_is_one_contradiction() -> None:
    body = (
        "Russian missiles struck a station in Kramatorsk on Friday, killing 50 people, the governor said. "
        "Russia denied any role and said the missiles had been fired by Ukrainian troops."
    )
    assert [c.field for c in _found(body)].count("perpetrator") == 1


def test_a_body_that_refutes_its_headline_by_meaning() -> None:
    body = (
        "Claims that a rocket hit a hospital in Kharkiv and killed ten people are false, officials said on Monday. The picture that went "
        "round the world is a fake: it was taken in another country years ago.\n\nThe head of the hospital denied that any rocket had hit it. "
        "The ministry called the story a hoax and asked people not to spread it.\n\nReporters found the hospital whole on Monday. The hoax "
        "had been shared by thousands."
    )
    found = _found(body, title="Rocket hits hospital in Kharkiv, kills ten people")
    assert ("act", "headline_body", "contradictions:stance") in {(c.field, c.kind, c.rule) for c in found}
    plain = "A rocket hit a hospital in Kharkiv on Monday and killed ten people, officials said. Doctors were among the dead."
    assert not [c for c in _found(plain, title="Rocket hits hospital in Kharkiv, kills ten people") if c.rule == "contradictions:stance"]


def test_two_speakers_counts_of_dead_soldiers_contradict() -> None:
    text = (
        "Rebels detonated explosives as a convoy passed near Saravena on Wednesday, killing four soldiers, the army said. The guerrillas said in a "
        "statement that nine soldiers had died."
    )
    assert [(c.field, c.quotes) for c in _found(text, title="Rebels ambush convoy")] == [("killed", ("four soldiers", "nine soldiers"))]


def test_an_ambush_may_be_laid_with_a_mine() -> None:
    text = "A mine exploded under an army truck near Saravena on Wednesday, killing four soldiers."
    assert _found(text, title="Soldiers die in ambush near Saravena") == ()
