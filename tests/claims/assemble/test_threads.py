"""How the sentences of one document are tied to its incidents."""

from __future__ import annotations

import datetime as dt

import pytest

from witnessmark.claims import read_claims
from witnessmark.documents import text_document
from witnessmark.model import IncidentClaim
from witnessmark.statements import read_statements

PUBLISHED = dt.date(2024, 3, 14)  # a Thursday


def _read(text: str, *, title: str | None = None) -> tuple[IncidentClaim, ...]:
    return read_claims(read_statements(text_document(text, title=title, published=PUBLISHED))).incidents


def _places(claims: tuple[IncidentClaim, ...]) -> list[str]:
    return [c.place.value.name for c in claims if c.place]


def test_a_place_struck_again_at_an_hour_of_its_own_is_a_further_incident() -> None:
    text = (
        "Russian aircraft bombed a market in Kupiansk on Monday, killing six people, the mayor said. "
        "Around noon aircraft struck again, hitting a clinic; nobody was killed."
    )
    first, second = _read(text)
    assert first.killed is not None and first.killed.value.point == 6
    assert second.killed is not None and second.killed.value.is_zero
    assert second.place is not None and second.place.value.name == first.place.value.name  # type: ignore[union-attr]
    assert second.perpetrator is not None and second.perpetrator.value.name == "Russia"


def test_another_person_is_no_other_incident() -> None:
    text = "A shell hit a shop in Nikopol on Monday and killed a man. It wounded another, a nurse said."
    assert len(_read(text)) == 1


def test_where_the_speaker_governs_is_not_where_it_happened() -> None:
    text = (
        "A drone hit a bus in Nikopol on Monday. A driver was killed, the governor of Russia's Belgorod region said, "
        "citing what he called reports from the town."
    )
    assert _places(_read(text)) == ["Nikopol"]


def test_the_day_decides_and_not_the_year_beside_it() -> None:
    text = (
        "A missile hit a hotel in Odesa on 5 February 2024, killing three people. It was not the first this year: on 9 January a missile hit "
        "a school in Odesa and killed eight."
    )
    days = {c.date.value.earliest: c.killed.value.point for c in _read(text) if c.date and c.killed}
    assert days == {dt.date(2024, 2, 5): 3, dt.date(2024, 1, 9): 8}


def test_the_headline_joins_its_lede_in_spite_of_a_wrong_weapon() -> None:
    text = "At least nine people died when soldiers opened fire on a school in Lashio on Tuesday, two teachers said."
    (claim,) = _read(text, title="Jets bomb school, nine dead")
    assert claim.killed is not None and claim.killed.value.minimum == 9


def test_elsewhere_in_the_region_is_another_place() -> None:
    text = (
        "Shells fell on a market in Kramatorsk on Sunday, killing four people, the mayor said. Elsewhere in the region, rockets killed one "
        "person on Sunday, the governor said."
    )
    found = {(c.place.value.name, c.killed.value.point) for c in _read(text) if c.place and c.killed}
    assert found == {("Kramatorsk", 4), ("Donetsk Oblast", 1)}


def test_a_report_that_opens_with_the_denial_keeps_it() -> None:
    text = (
        "Russia's defence ministry rejected accusations that its jets had bombed a school in Kupiansk.\n\n"
        "Ukraine's general staff said a Russian jet dropped a bomb on the school in Kupiansk on Monday, killing four people."
    )
    (claim,) = _read(text)
    assert claim.perpetrator is not None and claim.perpetrator.value.name == "Russia"
    assert any(name == "denial" for name, _ in claim.alternatives)


def test_what_is_ranked_among_others_opens_nothing() -> None:
    text = "A shell hit a shop in Nikopol on Monday and killed a man.\n\nIt was the third attack on the market in a week."
    assert len(_read(text)) == 1


def test_fire_from_what_was_hit_is_told_apart() -> None:
    text = (
        "An air strike hit a house in Nabatieh on Thursday and killed four people, medics said. Israel's military said it had struck a command post "
        "from which rockets had been fired at Safed on Wednesday."
    )
    claims = _read(text)
    (strike,) = [c for c in claims if c.killed is not None]
    assert strike.perpetrator is not None and strike.perpetrator.value.name == "Israel"
    assert not [c for c in claims if c is not strike and c.perpetrator is not None]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Gunmen stormed the hospital in Goma on Friday and took away 30 patients, a nurse said.", "abduction"),
        ("Soldiers drove more than 200 families from Gorno on Sunday, residents of Gorno said.", "displacement.forced"),
        ("On 3 March fighters gave the people of Bulengo, near Goma, two days to leave, and burned the huts.", "displacement.forced"),
        ("Between 3 and 9 March 2023 soldiers held forty villagers in a cellar in Kupiansk, prosecutors said.", "detention"),
        ("Guards beat and electrocuted prisoners in a jail in Kherson in March 2023, a court heard.", "torture"),
        ("Russian soldiers attacked the town of Kupiansk on Monday with cluster munitions.", "unknown"),
        ("Cluster munitions rained on the town of Kupiansk on Monday.", "strike.air_or_artillery"),
    ],
)
def test_the_kind_of_act(text: str, act: str) -> None:
    assert act in {c.act.value for c in _read(text)}


def test_a_plain_fact_outweighs_a_guessed_label() -> None:
    text = "A shell hit a clinic in Omdurman on Monday. On Tuesday a drone strike on the market of the town killed eight people."
    assert {c.killed.value.point for c in _read(text) if c.killed} == {8}


def test_one_who_is_hurt_and_dies_is_counted_once() -> None:
    text = "A boy was shot in Detroit on Monday, police said. The boy died at the hospital."
    (claim,) = _read(text)
    assert claim.killed is not None and claim.killed.value.point == 1
    assert claim.injured is None


def test_people_shot_in_a_text_without_a_death_are_wounded() -> None:
    (claim,) = _read("A man shot five people outside a bar in Detroit on Monday, police said. All are expected to recover.")
    assert claim.killed is None
    assert claim.injured is not None and claim.injured.value.point == 5


def test_a_target_hit_where_nobody_was_hurt_is_an_incident() -> None:
    text = "Two drones struck a clinic in El Obeid on 3 June 2025, killing four. A day later, a bakery in Abu Hadid camp was hit by a rocket; nobody was hurt."
    first, second = _read(text)
    assert first.place is not None and first.place.value.name == "El Obeid"
    assert second.place is not None and second.place.quote == "Abu Hadid"
    assert second.killed is not None and second.killed.value.is_zero and second.date is not None and second.date.value.earliest.day == 4


def test_a_running_count_beside_an_accusation_is_of_the_incident() -> None:
    [claim] = _read(
        "Drones struck a clinic in El Obeid on 3 June 2025, killing six patients. "
        "A union put the number of wounded at 27 and accused the RSF of having launched three drones at the ward."
    )
    assert claim.injured is not None and claim.injured.value.point == 27
    assert claim.perpetrator is not None and claim.perpetrator.value.name == "Rapid Support Forces"


def test_a_headline_that_names_the_region_heads_what_happened_in_it() -> None:
    [claim] = _read(
        "The air force bombed a monastery in Depayin township, Sagaing Region, on 13 March, killing nine.", title="Airstrikes in Sagaing"
    )
    assert claim.place is not None and claim.place.value.name == "Depayin"


def test_a_party_that_was_not_behind_an_attack_did_not_claim_it() -> None:
    [claim] = _read(
        "Three aid workers were shot dead when unidentified armed men ambushed their car near Bunia on 12 March. "
        "The CODECO militia said that it was not behind the attack."
    )
    assert claim.perpetrator is None and claim.modality == "asserted"


def test_who_tells_what_another_party_did_has_claimed_nothing() -> None:
    for speaker, doer, town in (("Azerbaijan", "Armenian", "Barda"), ("Armenia", "Azerbaijani", "Goris")):
        [claim] = _read(f"{speaker}'s defence ministry said {doer} forces had fired rockets at {town} on Wednesday, killing 21 civilians.")
        assert claim.perpetrator is not None and claim.perpetrator.quote == f"{doer} forces"
        assert claim.modality == "attributed"


def test_the_wounded_of_a_short_plain_sentence_are_counted() -> None:
    [claim] = _read(
        "Fighters killed at least 43 farm workers in rice fields near Maiduguri on Monday, residents said. "
        "A UN official put the death toll at 110, but later withdrew the figure. Six people were injured and ten women are missing."
    )
    assert claim.injured is not None and claim.injured.value.point == 6


def test_a_monitor_named_after_a_country_claims_nothing_for_it() -> None:
    [claim] = _read(
        "A drone strike on a car killed three men near Sarmada in Idlib province on Tuesday. "
        "The Syrian Observatory for Human Rights said the drone had come from the east."
    )
    assert claim.perpetrator is None and claim.modality == "asserted"


def test_people_taken_elsewhere_a_day_earlier_are_an_incident() -> None:
    claims = _read(
        "Armed men ambushed a prison van outside Port-au-Prince on 9 March, killing two guards. "
        "A day earlier, five people had been kidnapped in Croix-des-Bouquets."
    )
    assert _places(claims) == ["Port-au-Prince", "Croix-des-Bouquets"]
    assert claims[1].act.value == "abduction"


def test_a_plain_accusation_is_no_counter_accusation() -> None:
    [claim] = _read(
        "Gunmen opened fire on worshippers at a mosque in Maradi, southern Niger, on Monday, killing eight. He blamed Boko Haram."
    )
    assert claim.perpetrator is not None and claim.perpetrator.value.name == "Boko Haram"


def test_two_towns_close_together_are_told_apart() -> None:
    text = "An air strike killed nine people in Jabalia on Monday. In Beit Lahiya, tank fire killed two others."
    found = read_claims(read_statements(text_document(text, title="Strikes in Gaza"))).incidents
    assert [(c.place.quote, c.killed.quote) for c in found if c.place and c.killed] == [
        ("Jabalia", "nine people"),
        ("Beit Lahiya", "two others"),
    ]
