"""Finding and resolving places in sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.claims.places import find_demonyms, find_places
from witnessmark.claims.places.find import adjectives_as_places
from witnessmark.documents import text_document
from witnessmark.model import Mention, PlaceValue
from witnessmark.statements.language.tokens import tokenise
from witnessmark.statements.reading import Reading
from witnessmark.statements.segment import sentences


def read(text: str, *, title: str | None = None, language: str = "en") -> Reading:
    document = text_document(text, title=title, language=language)
    tokens = tuple(tokenise(document.text))
    return Reading(document, tokens, sentences(document, tokens), ())


def places(text: str, *, title: str | None = None, language: str = "en") -> dict[str, Mention[PlaceValue]]:
    return {m.quote: m for m in find_places(read(text, title=title, language=language))}


def test_a_container_picks_among_towns_of_one_name() -> None:
    found = places("A rocket fell in Pokrovsk, Donetsk region, on Friday.")
    assert (found["Pokrovsk"].value.country, found["Pokrovsk"].value.adm1) == ("UA", "Donetsk Oblast")
    assert found["Donetsk"].rule == "gazetteer.container"
    assert (found["Donetsk"].value.name, found["Donetsk"].value.precision) == ("Donetsk Oblast", "P6")


def test_other_names_of_the_document_pick_among_towns_of_one_name() -> None:
    american = places("Shops in Lexington and Louisville closed. The Kentucky governor spoke in Athens, Lexington and Richmond.")
    assert american["Lexington"].value.adm1 == "Kentucky"
    english = places("The bus from London to Cambridge passed Stevenage and Royston.")
    assert english["Cambridge"].value.country == "GB"


def test_the_runner_up_is_kept_with_reasons() -> None:
    mention = places("Shells hit Donetsk again, the mayor said from Makiivka.")["Donetsk"]
    assert len(mention.candidates) >= 2
    assert mention.candidates[0].score >= mention.candidates[1].score
    assert mention.candidates[0].reference == mention.value.gazetteer_id
    assert mention.candidates[0].reasons


def test_spellings_and_old_names_resolve_to_one_place() -> None:
    ids = {
        places(f"An attack on the city of {name} in Ukraine killed two people.")[name].value.gazetteer_id for name in ("Kharkiv", "Kharkov")
    }
    assert len(ids) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Mr Austin declined to comment.",
        "Jordan Henderson scored twice.",
        "The Washington Post reported it.",
        "In May, Reading a book helped her.",
        "Of those, many were children.",
        "Russian and Israeli officials met.",
    ],
)
def test_persons_papers_words_and_adjectives_are_no_places(text: str) -> None:
    assert not places(text)


def test_demonyms_are_found_apart() -> None:
    found = find_demonyms(read("Russian forces shelled the town; Sri Lankans watched."))
    assert [(m.quote, m.value.iso) for m in found] == [("Russian", "RU"), ("Sri Lankans", "LK")]


def test_precision_follows_the_words() -> None:
    found = places("Strikes hit Kharkiv, the centre of Sumy, the Poltava region and eastern Ukraine.")
    precision = {quote: m.value.precision for quote, m in found.items()}
    assert precision == {"Kharkiv": "P3", "Sumy": "P2", "Poltava": "P6", "Ukraine": "P7"}


def test_relations_move_the_point_and_widen_the_radius() -> None:
    at = places("A shell fell in Kharkiv.")["Kharkiv"].value
    north = places("A shell fell 12 km north of Kharkiv.")["Kharkiv"].value
    near = places("A shell fell near Kharkiv.")["Kharkiv"].value
    assert at.latitude is not None and north.latitude is not None
    assert north.latitude - at.latitude == pytest.approx(12 / 111.2, rel=0.02)
    assert (at.relation, north.relation, near.relation) == ("in", "direction", "near")
    assert (at.precision, north.precision, near.precision) == ("P3", "P4", "P4")
    assert near.radius_km is not None and at.radius_km is not None and near.radius_km > at.radius_km


def test_roles_are_told_by_the_words_before() -> None:
    found = places("The drones were launched from Kursk and hit Sumy, officials told reporters in Geneva. Residents of Poltava heard them.")
    assert {quote: m.value.role for quote, m in found.items()} == {
        "Kursk": "origin",
        "Sumy": "event",
        "Geneva": "speaker_seat",
        "Poltava": "home",
    }


def test_a_dateline_is_one() -> None:
    found = places("BEIRUT, Feb 3 - Shelling killed two people in Tyre.")
    assert found["BEIRUT"].value.role == "dateline"
    assert found["Tyre"].value.role == "event"
    assert found["Tyre"].value.country == "LB"


def test_all_capital_text_is_read() -> None:
    found = places("BOMB EXPLODES IN SAN SALVADOR. THREE SOLDIERS DIED IN THE TOWN OF USULUTAN, EL SALVADOR.")
    assert found["SAN SALVADOR"].value.country == "SV"
    assert found["USULUTAN"].value.precision == "P3"


def test_an_unknown_village_is_left_unresolved_in_its_country() -> None:
    value = places("Gunmen entered the village of Zzykhamba in Burkina Faso, near Ouagadougou.")["Zzykhamba"].value
    assert not value.resolved
    assert value.country == "BF"


def test_an_unknown_quarter_stands_at_its_town() -> None:
    found = places("Shelling hit Kherson on Monday. A shop in the Zzykhamivskyi neighbourhood burned down.")
    mention = found["Zzykhamivskyi"]
    assert (mention.value.name, mention.value.precision, mention.rule) == ("Kherson", "P2", "gazetteer.quarter")


def test_ukrainian_and_russian_cases_are_read() -> None:
    uk = places("У Києві та Харкові пролунали вибухи. Обстріляли Донецьку область.", language="uk")
    assert {m.value.name for m in uk.values()} == {"Kyiv", "Kharkiv", "Donetsk Oblast"}
    ru = places("Удар нанесли по Краматорску. В Белгородской области ранен человек.", language="ru")
    assert {m.value.name for m in ru.values()} == {"Kramatorsk", "Belgorod Oblast"}


def test_crimea_and_sevastopol_follow_iso_3166_2() -> None:
    found = places("Explosions were heard in Sevastopol and in Simferopol in Crimea.")
    assert {m.value.country for m in found.values()} == {"UA"}


def test_headline_and_body_are_both_read() -> None:
    text = read("The strike hit a market in Odesa.", title="Strike on Odesa kills two")
    assert [m.quote for m in find_places(text)] == ["Odesa", "Odesa"]


def test_an_empty_reading_has_no_places() -> None:
    assert find_places(read("...")) == ()


_WORDS = st.lists(
    st.sampled_from(
        [
            "Kyiv",
            "Paris",
            "the",
            "of",
            "in",
            ",",
            ".",
            "Mr",
            "Jordan",
            "'s",
            "-",
            "12",
            "km",
            "north",
            "region",
            "village",
            "St",
            "Lake",
            "River",
            "said",
            "U.S.",
            "Донецьк",
            "області",
            "“",
            "(",
        ]
    ),
    max_size=30,
)


@given(_WORDS)
@settings(max_examples=120, deadline=None)
def test_quotes_match_and_mentions_are_in_order(words: list[str]) -> None:
    reading = read(" ".join(words) or ".")
    last = 0
    for m in find_places(reading):
        assert m.span is not None
        assert m.quote == m.span.of(reading.text)
        assert m.span.start >= last
        last = m.span.end
        assert 0 < m.score <= 1
        assert m.value.precision.startswith("P")
        scores = [c.score for c in m.candidates]
        assert scores == sorted(scores, reverse=True)


def test_adjectives_can_be_had_as_mentions_of_their_countries() -> None:
    [mention] = adjectives_as_places(read("Syrian officials met."))
    assert (mention.quote, mention.value.country, mention.value.precision, mention.value.role) == ("Syrian", "SY", "P8", "other")


def test_a_plural_type_word_counts_for_all_names_before_it() -> None:
    found = places("Shelling continued in the border districts of the Chernihiv, Kharkiv and Sumy regions.")
    assert {q: m.value.precision for q, m in found.items()} == {"Chernihiv": "P6", "Kharkiv": "P6", "Sumy": "P6"}
    assert places("They went to Poltava and the Sumy region.")["Poltava"].value.precision == "P3"


def test_a_form_that_is_only_the_adjective_of_a_community_is_a_case_of_the_town() -> None:
    found = places("Снаряд влучив у житловий квартал Краматорська.", language="uk")
    assert found["Краматорська"].value.resolved and found["Краматорська"].value.precision == "P3"
    assert places("Обстріляли Краматорську громаду.", language="uk")["Краматорську"].value.name != "Kramatorsk"


def test_a_cyrillic_name_is_a_place_throughout_the_document() -> None:
    found = places("Вибухи пролунали в Золочеві. Наступного дня окупанти вдарили по центру Золочева Харківської області.", language="uk")
    assert {"Золочеві", "Золочева"} <= found.keys()


def test_a_case_behind_its_preposition_is_a_place_whatever_follows() -> None:
    assert "Костянтинівці" in places("У Костянтинівці FPV-дрон влучив у лікарню.", language="uk")


def test_a_camp_is_a_place_however_common_its_first_word() -> None:
    assert {"Abu Hadid"} == places("A shop in Abu Hadid camp burnt down.").keys()
    assert "Abu" not in places("A shop in Abu Hadid's street burnt down.")


@pytest.mark.parametrize(
    ("text", "town"), [("The militia shelled Babanusa on Sunday.", "Babanusa"), ("Raiders attacked Kaya at dawn.", "Kaya")]
)
def test_a_town_that_is_attacked_needs_no_preposition(text: str, town: str) -> None:
    assert places(text)[town].value.resolved


def test_a_group_that_is_attacked_is_no_town() -> None:
    assert places("Jets bombed Boko Haram in May.") == {}


def test_what_is_held_is_no_name() -> None:
    assert "Kurdish-held" not in places("Shells fell on a Kurdish-held town in northern Syria.")


def test_two_words_in_another_spelling_are_one_town() -> None:
    found = places("A shell fell on a house in Ain Issa, in northern Syria, on Monday, killing two people.")
    assert found["Ain Issa"].value.country == "SY"
    assert "Ain" not in found


@pytest.mark.parametrize("town", ["LA PAZ", "LA UNION"])
def test_an_article_in_capitals_is_no_abbreviation(town: str) -> None:
    assert town in places(f"THE GUARDS REPORTED THAT A BOMB EXPLODED NEAR THE MARKET IN {town} ON MONDAY, KILLING TWO DRIVERS.")


def test_an_abbreviation_in_mixed_case_stands() -> None:
    assert places("Two drivers were killed in LA on Monday.")["LA"].value.name == "Los Angeles"


@pytest.mark.parametrize(("words", "country"), [("central Mali", "ML"), ("northern Guatemala", "GT")])
def test_a_part_of_a_country_is_no_town_of_its_name(words: str, country: str) -> None:
    found = places(f"Gunmen killed dozens in {words}.")[words.split()[1]]
    assert (found.value.country, found.value.feature) == (country, "PCLI")


@pytest.mark.parametrize(
    ("language", "text", "town"),
    [
        ("uk", "Внаслідок обстрілу Охтирки загинули двоє людей.", "Охтирки"),
        ("uk", "Після бомбардування Херсона зникло світло.", "Херсона"),
        ("ru", "В результате обстрела Ахтырки погибли два человека.", "Ахтырки"),
    ],
)
def test_a_town_whose_shelling_is_told_stands_in_the_genitive(language: str, text: str, town: str) -> None:
    assert town in places(text, language=language)
