"""Names of places in Ukrainian."""

import pytest

from witnessmark.vocabulary.names import country_name, division_name, place_name


@pytest.mark.parametrize(
    ("name", "adm1", "expected"),
    [
        ("Kupiansk", "Kharkiv Oblast", "Куп’янськ"),
        ("Dvorichanska Hromada", "Kharkiv Oblast", "Дворічанська громада"),
        ("Kupiansk Raion", "Kharkiv Oblast", "Куп’янський район"),
        ("Pokrovske", "Dnipropetrovsk Oblast", "Покровське"),
        ("Nowhere", "Kharkiv Oblast", "Nowhere"),
    ],
)
def test_places_of_ukraine_have_their_official_names(name: str, adm1: str, expected: str) -> None:
    assert place_name(name, adm1, "UA", "uk") == expected
    assert place_name(name, adm1, "UA", "en") == name
    assert place_name(name, adm1, "PL", "uk") == name, "another country's place of that name is another place"


def test_divisions_and_countries() -> None:
    assert [division_name(n, "UA", "uk") for n in ("Kharkiv Oblast", "Kyiv Oblast", "Kyiv City", "Crimea")] == [
        "Харківська область", "Київська область", "Київ", "Автономна Республіка Крим",
    ]  # fmt: skip
    assert division_name("", "UA", "uk") == ""
    assert (country_name("Russia", "uk"), country_name("Russia", "en"), country_name("ELN", "uk")) == ("Росія", "Russia", "ELN")
