"""What one document claims: incidents with their fields, and what must not become one."""

from __future__ import annotations

import datetime as dt

import pytest

from witnessmark import corpus
from witnessmark.claims import Claims, read_claims
from witnessmark.documents import text_document
from witnessmark.model import INCIDENT_FIELDS, Mention
from witnessmark.statements import read_statements

PUBLISHED = dt.date(2024, 3, 14)  # a Thursday


def _read(text: str, *, title: str | None = None) -> Claims:
    return read_claims(read_statements(text_document(text, title=title, published=PUBLISHED)))


def test_the_fields_of_one_incident() -> None:
    text = (
        "A missile hit a clinic in Zaporizhzhia on Tuesday, killing three people and wounding eleven, the mayor said.\n\n"
        "Russian forces fired the missile, he added."
    )
    (claim,) = _read(text, title="Missile hits clinic").incidents
    assert claim.act.value == "strike.missile"
    assert claim.place is not None and claim.place.quote == "Zaporizhzhia"
    assert claim.date is not None and claim.date.value.earliest == dt.date(2024, 3, 12)
    assert claim.killed is not None and claim.killed.value.point == 3
    assert claim.injured is not None and claim.injured.value.point == 11
    assert claim.perpetrator is not None and claim.perpetrator.value.name == "Russia"
    assert "health" in {o.value.kind for o in claim.objects}


def test_two_towns_are_two_incidents() -> None:
    text = (
        "Shells hit a school in Kherson on Monday, wounding two teachers. On Tuesday a drone struck a bus in Nikopol and killed its driver."
    )
    places = {c.place.value.name for c in _read(text).incidents if c.place}
    assert places == {"Kherson", "Nikopol"}


def test_a_sentence_may_tell_of_two() -> None:
    text = "Rockets killed four people in Kharkiv on Monday, and on Tuesday a bomb killed two in Sumy."
    found = {(c.place.value.name, c.killed.value.point) for c in _read(text).incidents if c.place and c.killed}
    assert found == {("Kharkiv", 4), ("Sumy", 2)}


def test_a_day_earlier_counts_from_the_day_told_last() -> None:
    text = "On March 5 shells fell on Nikopol and wounded a woman. A day earlier a drone killed a man in Kherson."
    days = {c.place.value.name: c.date.value.earliest for c in _read(text).incidents if c.place and c.date}
    assert days == {"Nikopol": dt.date(2024, 3, 5), "Kherson": dt.date(2024, 3, 4)}


def test_a_later_death_joins_its_incident() -> None:
    text = (
        "A shell hit a shop in Nikopol on Monday, killing two people, police said.\n\n"
        "A third victim died of her wounds in hospital on Wednesday, bringing the toll to three."
    )
    (claim,) = _read(text).incidents
    assert claim.date is not None and claim.date.value.earliest == dt.date(2024, 3, 11)
    assert claim.killed is not None and claim.killed.value.point == 3


def test_nobody_hurt_is_zero_and_not_unknown() -> None:
    (claim,) = _read("A rocket hit a warehouse in Odesa on Monday. Nobody was hurt.").incidents
    assert claim.killed is not None and claim.killed.value.is_zero
    assert claim.injured is not None and claim.injured.value.is_zero


def test_not_stated_is_not_zero() -> None:
    (claim,) = _read("A rocket hit a warehouse in Odesa on Monday.").incidents
    assert claim.killed is None and claim.injured is None


@pytest.mark.parametrize(
    "text",
    [
        "The enemy will shell Kharkiv again next week, the general warned.",
        "Europe must strike the depots near Donetsk now.",
        "If a missile hit the plant in Enerhodar, the whole region would suffer.",
        "How many more bombs must fall on Sumy?",
        "The striker fired two shots in Leeds and the keeper was beaten.",
        "Some 400 soldiers took part in an exercise near Tartu in which a hospital was shelled.",
        "A gas explosion destroyed a house in Split and injured two people.",
        "The Kharkiv region is shelled more than 300 times a day.",
        "Bus drivers in Lyon went on strike on Monday.",
    ],
)
def test_no_incident_out_of(text: str) -> None:
    assert _read(text).incidents == ()


def test_the_headline_alone_is_a_claim_when_nothing_bears_it_out() -> None:
    text = (
        "Officials in Kyiv met donors on Monday.\n\nThey spoke about pensions.\n\n"
        "On March 3 artillery shells hit a farm in Nikopol and killed a cow."
    )
    claims = _read(text, title="Phosphorus bombs fall on houses in Kramatorsk").incidents
    alone = [c for c in claims if c.place and c.place.value.name == "Kramatorsk"]
    assert len(alone) == 1
    assert {m.value.effect for m in alone[0].munitions} == {"white_phosphorus"}


def _mentions(value: object) -> list[Mention[object]]:
    if isinstance(value, Mention):
        return [value]
    if isinstance(value, tuple):
        return [m for item in value for m in _mentions(item)]
    return []


@pytest.mark.parametrize("report", corpus.reports(), ids=lambda r: r["id"])
def test_every_quote_is_the_words_at_its_offsets(report: dict) -> None:  # type: ignore[type-arg]
    document = text_document(
        report["text"], title=report["title"], published=dt.date.fromisoformat(report["published"]), language=report["lang"]
    )
    claims = read_claims(read_statements(document))
    for claim in claims.incidents:
        for name in (*INCIDENT_FIELDS, "speaker", "alternatives"):
            for found in _mentions(getattr(claim, name)):
                assert found.span is None or found.quote == found.span.of(document.text), (name, found)
                assert found.span is not None or name == "date"
    for item in claims.series:
        assert item.quote == item.span.of(document.text)


def test_reading_twice_gives_the_same_claims() -> None:
    report = corpus.reports()[0]
    assert _read(report["text"], title=report["title"]) == _read(report["text"], title=report["title"])


def test_swapping_the_parties_swaps_nothing_else() -> None:
    text = "{0} forces shelled a market in Ganja on Monday, killing four people, {1} officials said. {2} denied it."
    one = _read(text.format("Armenian", "Azerbaijani", "Yerevan")).incidents
    two = _read(text.format("Azerbaijani", "Armenian", "Baku")).incidents
    assert [c.perpetrator.value.name for c in one if c.perpetrator] == ["Armenia"]
    assert [c.perpetrator.value.name for c in two if c.perpetrator] == ["Azerbaijan"]
    strip = [(c.act.value, c.modality, c.killed and c.killed.value.point, [o.value.kind for o in c.objects]) for c in one]
    assert strip == [(c.act.value, c.modality, c.killed and c.killed.value.point, [o.value.kind for o in c.objects]) for c in two]


def test_what_a_party_says_of_another_at_one_place_takes_no_place_out_of_its_salvo() -> None:
    text = (
        "Russia launched 41 drones and 6 missiles overnight, the air force said.\n\n"
        "09:40 Zaporizhzhia. A pharmacy was hit and two people were killed, the mayor said. Russia's defence ministry says a "
        "Ukrainian air-defence missile fell on the pharmacy.\n\n"
        "09:10 Nikopol. A drone struck a bakery, wounding four people, the governor said."
    )
    parties = {c.place.value.name: c.perpetrator.value.name for c in _read(text).incidents if c.place and c.perpetrator}
    assert parties.get("Nikopol") == "Russia"


@pytest.mark.parametrize("told", ["No cluster munitions were used.", "Cluster munitions were not used in the strike."])
def test_a_weapon_that_was_not_used_is_none_of_the_incident(told: str) -> None:
    (claim,) = _read(f"A missile hit a market in Kramatorsk on Tuesday, killing three people. {told}").incidents
    assert all(m.value.effect != "cluster" for m in claim.munitions)


def test_a_village_known_only_elsewhere_stays_in_the_region_that_is_named_in_russian_too() -> None:
    text = "Во вторник утром беспилотник атаковал автобус у села Муром в Белгородской области. Один пассажир погиб."
    read = read_statements(text_document(text, published=PUBLISHED, language="ru"))
    (claim,) = read_claims(read).incidents
    assert claim.place is not None
    assert (claim.place.value.adm1, claim.place.value.resolved) == ("Belgorod Oblast", False)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        (
            (
                "A doctors' union blamed the Rapid Support Forces for it, which it called a war crime. The force denied this and accused the army of hiding "
                "vehicles among the stalls."
            ),
            "Rapid Support Forces",
        ),
        ("Israel accused Hezbollah of firing on it. Hezbollah accused Israel of breaking the truce.", "Hezbollah"),
        ("The government accused JNIM of being behind it.", "JNIM"),
        ("Residents accused Russia of arming the town's thieves.", None),
    ],
)
def test_a_charge_of_something_else_accuses_nobody_of_the_attack(text: str, accused: str | None) -> None:
    (claim,) = _read(f"A drone hit a market in the town on Monday, killing three people. {text}", title="Drone hits market").incidents
    assert (claim.perpetrator.value.name if claim.perpetrator else None) == accused
    assert claim.perpetrator is None or claim.perpetrator.modality not in ("opinion", "denied")


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "In Kafr Nabl, Syria, a clinic was hit by three barrel bombs dropped by government helicopters on Sunday; one guard died.",
            "Syria",
        ),
        ("Government warplanes bombed a market in Nyala, Darfur, on Sunday and killed nine people.", "Sudanese Armed Forces"),
        ("A bomb killed four people in Kandahar on Sunday. A Taliban spokesman claimed responsibility.", "Taliban"),
        ("Gunmen killed 13 miners at Djugu on Sunday. A local leader attributed the attack to CODECO militia fighters.", "CODECO"),
        ("A shell hit a hospital in Goma on Sunday, killing two people. M23 blames FARDC, the army blames Rwandan artillery.", "disputed"),
    ],
)
def test_who_is_named_by_what_they_are(text: str, party: str) -> None:
    (claim,) = _read(text).incidents
    assert claim.perpetrator is not None and claim.perpetrator.value.name == party


def test_gunmen_of_another_attack_are_not_the_party_of_the_day() -> None:
    text = (
        "ELN rebels detonated explosives near Saravena on Wednesday, killing four soldiers, the army said.\n\n"
        "Hours earlier, gunmen shot dead a community leader in nearby Tame."
    )
    first, second = _read(text).incidents
    assert first.perpetrator is not None and first.perpetrator.value.name == "ELN"
    assert second.perpetrator is None


def test_the_hospital_of_a_doctor_who_is_cited_is_no_place_of_the_attack() -> None:
    text = (
        "A bomber drove into a police station in Kandahar on Tuesday, killing six people. Sixteen people were wounded, according to a doctor at "
        "Maridi Hospital."
    )
    (claim,) = _read(text).incidents
    assert claim.place is not None and claim.place.quote == "Kandahar"
    assert claim.injured is not None and claim.injured.value.point == 16


def test_who_shot_drones_down_struck_nothing() -> None:
    text = "On 9 March three power plants near Poltava were hit; six workers were injured. Ukraine's air force said it shot down 84 of 99 drones that night."
    (claim,) = _read(text).incidents
    assert claim.perpetrator is None


def test_who_is_cited_is_not_among_the_dead() -> None:
    (claim,) = _read("Belgorod was shelled on Friday and, according to the regional governor, 24 people died.").incidents
    assert claim.killed is not None and claim.killed.quote == "24 people"


def test_a_date_is_no_part_of_what_was_hit() -> None:
    (claim,) = _read("On 9 March three power plants near Poltava were hit; six workers were injured.").incidents
    assert [o.quote for o in claim.objects] == ["three power plants"]


@pytest.mark.parametrize(
    ("text", "party"),
    [
        (
            "Militiamen, assisted by US-led coalition air strikes, launched their push on Monday. In one village near Mosul six people were shot dead.",
            None,
        ),
        (
            "Six people were shot dead near Mosul on Monday by IS fighters as Iraqi government forces closed in.",
            "Islamic State",
        ),
        ("Six people were shot dead near Mosul on Monday. It is not known who fired.", None),
    ],
)
def test_who_assists_or_closes_in_is_not_who_did_it(text: str, party: str | None) -> None:
    found = [c for c in _read(text).incidents if c.killed is not None]
    assert [c.perpetrator.value.name if c.perpetrator else None for c in found] == [party]
