"""Rows from dumps and their merging."""

from __future__ import annotations

from witnessmark.claims.places.building.build import merge, without_marks
from witnessmark.claims.places.building.divisions import bare
from witnessmark.claims.places.building.geonames import dump_rows, script_of, useful_names
from witnessmark.claims.places.building.natural_earth import centre_of
from witnessmark.claims.places.building.rows import Row


def _line(number: int, name: str, feature: str = "P\tPPL", country: str = "SY", names: str = "", population: int = 900) -> str:
    return f"{number}\t{name}\t{name}\t{names}\t35.5\t36.6\t{feature}\t{country}\t\t12\t0701\t\t\t{population}\t\t0\tAsia/Damascus\t2024-01-01\n"


def test_a_dump_streams_row_by_row() -> None:
    taken: list[int] = []

    def lines() -> object:
        for n in range(1, 1000):
            taken.append(n)
            yield _line(n, f"Tell {n}")

    rows = dump_rows(lines())  # type: ignore[arg-type]
    first = next(rows)
    assert (first.number, first.adm1, first.adm2, first.latitude) == (1, "SY.12", "SY.12.0701", 35.5)
    assert len(taken) <= 2


def test_lines_that_are_no_places_are_passed_over() -> None:
    lines = [_line(1, "Some Hotel", "S\tHTL"), "broken line\n", _line(2, "Old Ruin", "P\tPPLW"), _line(3, "Tell Abyad")]
    assert [r.number for r in dump_rows(lines)] == [3]


def test_names_are_kept_where_they_are_written() -> None:
    names = ["Tall Abyad", "تل أبيض", "Тель-Абьяд", "テル", "TAB", "http://example.org"]
    assert useful_names(names, "SY", 900) == {"Tall Abyad", "تل أبيض"}
    assert useful_names(names, "SY", 90_000) == {"Tall Abyad", "تل أبيض", "Тель-Абьяд"}
    assert useful_names(["Saint-Lô", "Сен-Ло"], "FR", 900) == set()


def test_merging_keeps_the_newer_place_and_the_older_detail() -> None:
    newer = [Row(1, "Kyiv", "UA", "UA.12", "", "PPL", 3_000_000, 50.4, 30.5, {"Kiev"})]
    detailed = [
        Row(1, "Kyiv", "UA", "UA.12", "UA.12.1", "PPLC", 2_000_000, 50.0, 30.0, {"Kyjiw"}),
        Row(2, "Hroza", "UA", "UA.07", "", "PPL", 330, 49.7, 37.2),
    ]
    first, second = merge(newer, detailed)
    assert (first.population, first.feature, first.adm2, first.names) == (3_000_000, "PPLC", "UA.12.1", {"Kiev", "Kyjiw"})
    assert second.number == 2


def test_type_words_and_marks_come_off() -> None:
    assert [bare(n) for n in ("Donetsk Oblast", "Laurel County", "Донецька область", "Muhafazat Homs", "Sumy")] == [
        "Donetsk",
        "Laurel",
        "Донецька",
        "Homs",
        "Sumy",
    ]
    assert without_marks("Khān Yūnis") == "Khan Yunis"
    assert without_marks("Ta‘izz") == "Taizz"
    assert script_of("Харків") == "CYRILLIC"
    assert script_of("123") == ""


def test_the_centre_of_two_squares_is_weighted_by_area() -> None:
    big = [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]
    small = [[[10, 0], [11, 0], [11, 1], [10, 1], [10, 0]]]
    lat, lon, area = centre_of({"type": "MultiPolygon", "coordinates": [big, small]})
    assert 0.85 < lat < 0.95
    assert 2.8 < lon < 3.0
    assert 4.9 < area < 5.01
