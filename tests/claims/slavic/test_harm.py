"""Tolls in Ukrainian and Russian: one sentence, what it says of whom."""

from __future__ import annotations

import pytest

from witnessmark.claims.slavic.harm import find_harm
from witnessmark.documents import text_document
from witnessmark.statements import read_statements


def tolls(language: str, text: str) -> list[tuple[str, str, int | None, int | None]]:
    """(harm, group, min, max) of every toll, sorted."""
    found = find_harm(read_statements(text_document(text, language=language)))
    assert all(m.span is not None and m.quote == text[m.span.start : m.span.end] for m in found)
    return sorted(
        ((m.value.harm, m.value.group, m.value.quantity.minimum, m.value.quantity.maximum) for m in found), key=lambda row: str(row)
    )


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("uk", "Загинуло троє людей, ще п'ятеро поранені.", [("injured", "people", 5, 5), ("killed", "people", 3, 3)]),
        ("uk", "Вбито двох людей і поранено п'ятьох.", [("injured", "people", 5, 5), ("killed", "people", 2, 2)]),
        ("uk", "38-річний чоловік загинув, його 35-річна дружина поранена.", [("injured", "women", 1, 1), ("killed", "men", 1, 1)]),
        ("uk", "Кількість загиблих зросла до 45.", [("killed", "people", 45, 45)]),
        ("uk", "Кількість загиблих внаслідок удару по ринку в місті зросла до семи.", [("killed", "people", 7, 7)]),
        ("ru", "Число погибших при обстреле рынка выросло до семи человек.", [("killed", "people", 7, 7)]),
        ("uk", "Кількість загиблих на дорогах не зросла, а крамниць побільшало до семи.", []),
        ("uk", "Обійшлося без постраждалих.", [("injured", "people", 0, 0), ("killed", "people", 0, 0)]),
        ("uk", "Загиблих немає.", [("killed", "people", 0, 0)]),
        ("uk", "Поранено водія автобуса та трьох пасажирів.", [("injured", "people", 4, 4)]),
        ("uk", "Рятувальники дістали з-під завалів тіло жінки.", [("killed", "women", 1, 1)]),
        ("uk", "Удар забрав життя шести людей.", [("killed", "people", 6, 6)]),
        ("uk", "Водій дістав контузію та перелом.", [("injured", "people", 1, 1)]),
        ("uk", "Чоловік дістав поранення і помер у лікарні.", [("killed", "men", 1, 1)]),
        ("uk", "Загинуло подружжя.", [("killed", "people", 2, 2)]),
        ("uk", "Травмовано трьох осіб, зокрема дитину 7 років.", [("injured", "children", 1, 1), ("injured", "people", 3, 3)]),
        ("uk", "Пошкоджено 12 будинків, поранено двох.", [("injured", "people", 2, 2)]),
        ("uk", "Від поранень помер 60-річний чоловік.", [("killed", "men", 1, 1)]),
        ("uk", "Кількість постраждалих уточнюється.", [("injured", "people", None, None), ("killed", "people", None, None)]),
        ("uk", "Під завалами можуть перебувати ще троє людей.", [("under_rubble", "people", 3, 3)]),
        ("ru", "108 раненых, 17 детей.", [("injured", "children", 17, 17), ("injured", "people", 108, 108)]),
        ("ru", "Четверо погибли, ещё четверо в тяжёлом состоянии.", [("injured", "people", 4, 4), ("killed", "people", 4, 4)]),
        ("ru", "Женщина погибла, четверых увезла скорая.", [("injured", "people", 4, 4), ("killed", "women", 1, 1)]),
        ("ru", "17 человек погибли, ещё 36 получили ранения.", [("injured", "people", 36, 36), ("killed", "people", 17, 17)]),
        ("ru", "В результате удара ранило водителя.", [("injured", "people", 1, 1)]),
        ("ru", "Обошлось без жертв, но пали двадцать коров.", [("injured", "people", 0, 0), ("killed", "people", 0, 0)]),
        ("ru", "Сколько людей погибло, неизвестно.", [("killed", "people", None, None)]),
        ("ru", "Не менее сорока человек убиты, более ста ранены.", [("injured", "people", 100, None), ("killed", "people", 40, None)]),
    ],
)
def test_tolls(language: str, text: str, expected: list[tuple[str, str, int | None, int | None]]) -> None:
    assert tolls(language, text) == sorted(expected, key=lambda row: str(row))


def test_members_of_a_list_are_added_up_and_kept_as_parts() -> None:
    found = tolls("uk", "Внаслідок удару загинули чоловік, дві жінки та дитина.")
    assert ("killed", "people", 4, 4) in found
    assert {("killed", "men", 1, 1), ("killed", "women", 2, 2), ("killed", "children", 1, 1)} <= set(found)


def test_parts_of_a_total_are_not_totals() -> None:
    text = "Загинули семеро, троє з них діти, поранених 38."
    found = find_harm(read_statements(text_document(text, language="uk")))
    parts = [m for m in found if m.value.part_of is not None]
    assert [(m.value.harm, m.value.group, m.value.quantity.point) for m in parts] == [("killed", "children", 3)]
    assert {(m.value.harm, m.value.quantity.point) for m in found if m.value.part_of is None} == {("killed", 7), ("injured", 38)}


def test_an_earlier_figure_is_marked() -> None:
    (earlier,) = find_harm(read_statements(text_document("Ранее сообщалось о 25 погибших.", language="ru")))
    assert earlier.value.superseded and earlier.value.quantity.point == 25


def test_a_natural_death_is_no_toll_of_an_attack() -> None:
    (toll,) = find_harm(read_statements(text_document("Помер 80-річний письменник.", language="uk")))
    assert toll.score < 0.35


@pytest.mark.parametrize(
    ("language", "text"), [("uk", "Ніхто більше не загинув би."), ("uk", "Знищено 24 шахеди."), ("ru", "Сбито 12 дронов.")]
)
def test_other_counts_are_no_tolls(language: str, text: str) -> None:
    assert tolls(language, text) == []
