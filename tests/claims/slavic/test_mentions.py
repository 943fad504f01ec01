"""Munitions, objects, parties and their roles in Ukrainian and Russian sentences."""

from __future__ import annotations

import pytest

from witnessmark.claims.acts import find_acts
from witnessmark.claims.slavic.actors import find_actors
from witnessmark.claims.slavic.munitions import find_munitions
from witnessmark.claims.slavic.objects import find_objects
from witnessmark.claims.slavic.roles import find_parts
from witnessmark.documents import text_document
from witnessmark.statements import Reading, read_statements
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.vocabulary import identifiers


def reading(language: str, text: str) -> Reading:
    return read_statements(text_document(text, language=language))


@pytest.mark.parametrize(
    ("language", "text", "weapon", "effect"),
    [
        ("uk", "Ракета «Іскандер-М» влучила в готель.", "missile.ballistic", None),
        ("uk", "Скинули дві керовані авіабомби на село.", "bomb.guided", None),
        ("uk", "Вдарили з РСЗВ «Град» по місту.", "mlrs", None),
        ("uk", "Місто атакували шахедами.", "uav.loitering", None),
        ("uk", "FPV-дрон влучив у машину.", "uav.fpv", None),
        ("uk", "Обстріляли касетними боєприпасами.", None, "cluster"),
        ("ru", "Крылатая ракета Х-101 попала в дом.", "missile.cruise", None),
        ("ru", "Село обстреляли фосфорными боеприпасами.", None, "white_phosphorus"),
        ("ru", "Дрон сбросил гранату на дом.", "uav.bomber", None),
        ("ru", "Город обстреляли из миномёта.", "mortar", None),
        ("ru", "Из танка обстреляли школу.", "gun.tank", None),
        ("ru", "Пострадали от взрыва самодельной бомбы.", "ied", None),
    ],
)
def test_munitions(language: str, text: str, weapon: str | None, effect: str | None) -> None:
    found = [m for m in find_munitions(reading(language, text)) if m.score >= 0.5]
    assert [(m.value.weapon, m.value.effect) for m in found] == [(weapon, effect)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "Сили ППО збили 12 дронів."),
        ("uk", "Німеччина передала 30 ракет."),
        ("uk", "Випав град розміром з горіх."),
        ("uk", "Рота ударних БПЛА прийняла присягу."),
        ("ru", "Ракета-носитель вывела спутник на орбиту."),
        ("ru", "Завод увеличил производство дронов."),
    ],
)
def test_weapons_that_were_not_used(language: str, text: str) -> None:
    assert not [m for m in find_munitions(reading(language, text)) if m.score >= 0.5]


@pytest.mark.parametrize(
    ("language", "text", "kinds"),
    [
        ("uk", "Ракета влучила у п'ятиповерхівку.", ["residential"]),
        ("uk", "Пошкоджено лікарню, дві школи та дитячий садок.", ["health", "education", "education"]),
        ("uk", "Школа: вибито вікна.", ["education"]),
        ("uk", "Поранених доставили до лікарні.", []),
        ("uk", "Директорка школи розповіла про обстріл.", []),
        ("ru", "Снаряд разрушил церковь.", ["worship"]),
        ("ru", "По железнодорожному вокзалу нанесли удар.", ["transport"]),
        ("ru", "Раненых увезли в больницу.", []),
        ("ru", "Взрыв произошёл на Университетской улице.", ["open_area"]),
    ],
)
def test_objects(language: str, text: str, kinds: list[str]) -> None:
    found = [m for m in find_objects(reading(language, text)) if m.score >= 0.5]
    assert [m.value.kind for m in found] == kinds


@pytest.mark.parametrize(
    ("language", "text", "name", "role"),
    [
        ("uk", "Російські війська обстріляли місто.", "Russia", "perpetrator"),
        ("uk", "Місто обстріляли росіяни.", "Russia", "perpetrator"),
        ("uk", "Внаслідок російського удару загинули двоє.", "Russia", "perpetrator"),
        ("uk", "Удар завдано українськими військовими.", "Ukraine", "perpetrator"),
        ("uk", "Обстріл з боку ЗСУ тривав годину.", "Ukraine", "perpetrator"),
        ("uk", "Влада звинуватила Росію в ударі.", "Russia", "accused"),
        ("ru", "ВСУ обстреляли центр города.", "Ukraine", "perpetrator"),
        ("ru", "В дом попала российская крылатая ракета.", "Russia", "perpetrator"),
        ("ru", "При обстреле ВСУ ранен мужчина.", "Ukraine", "perpetrator"),
        ("ru", "Власти обвинили ВС РФ в ударе.", "Russia", "accused"),
        ("ru", "Российские войска взяли на себя ответственность за удар.", "Russia", "claimed"),
    ],
)
def test_roles(language: str, text: str, name: str, role: str) -> None:
    read = reading(language, text)
    parts = find_parts(read, read.sentences[0], find_actors(read), find_acts(read), find_munitions(read))
    assert [(p.actor.value.name, p.role) for p in parts] == [(name, role)]


@pytest.mark.parametrize(
    ("language", "text"), [("uk", "Удару по позиціях ЗСУ не було."), ("ru", "Удар пришёлся по складу российских войск.")]
)
def test_who_was_hit_did_not_do_it(language: str, text: str) -> None:
    read = reading(language, text)
    parts = find_parts(read, read.sentences[0], find_actors(read), find_acts(read), find_munitions(read))
    assert not [p for p in parts if p.role == "perpetrator"]


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_every_id_of_the_lexicons_is_in_the_vocabulary(language: str) -> None:
    assert {block["id"] for block in lexicon(language, "acts")["act"]} <= identifiers("act")
    munitions = lexicon(language, "munitions")["munition"]
    assert {b["weapon"] for b in munitions if "weapon" in b} <= identifiers("weapon")
    assert {b["effect"] for b in munitions if "effect" in b} <= identifiers("effect")
    assert {b["kind"] for b in lexicon(language, "objects")["object"]} <= identifiers("object")
    assert set(lexicon(language, "people")["groups"]) <= identifiers("group")
    assert set(lexicon(language, "harm")["verbs"]) <= identifiers("harm")
    assert set(lexicon(language, "series")["units"]) <= identifiers("unit")
    assert set(lexicon(language, "aftermath")) <= identifiers("aftermath")
    actors = lexicon(language, "actors")
    assert {b["kind"] for b in (*actors["group"], *actors["generic"])} <= identifiers("actor_kind")


def test_both_languages_name_the_same_parties() -> None:
    names = [{b["name"] for key in ("party", "group") for b in lexicon(language, "actors")[key]} for language in ("uk", "ru")]
    assert names[0] == names[1]


@pytest.mark.parametrize(
    ("language", "text", "quote"),
    [
        ("uk", "Шестеро людей поранені після удару «шахедами» по місту.", "«шахедами»"),
        ("ru", "Ночью по городу ударили «Калибрами», ранены двое.", "«Калибрами»"),
        ("uk", "Місто атакували дронами типу «Шахед».", "дронами типу «Шахед»"),
    ],
)
def test_a_name_is_quoted_with_both_of_its_marks_or_neither(language: str, text: str, quote: str) -> None:
    assert quote in {m.quote for m in find_munitions(reading(language, text))}
