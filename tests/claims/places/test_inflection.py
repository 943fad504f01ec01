"""Nominatives of Ukrainian and Russian names."""

from __future__ import annotations

import pytest

from witnessmark.claims.places.inflection import base_forms


@pytest.mark.parametrize(
    ("form", "base"),
    [
        ("києві", "київ"),
        ("харкові", "харків"),
        ("львова", "львів"),
        ("дніпрі", "дніпро"),
        ("сумах", "суми"),
        ("сумам", "суми"),
        ("покровська", "покровськ"),
        ("одесу", "одеса"),
        ("яровій", "ярова"),
        ("краматорске", "краматорск"),
        ("донецка", "донецк"),
        ("полтаве", "полтава"),
        ("запорожья", "запорожье"),
        ("белгородской", "белгородская"),
        ("великій писарівці", "велика писарівка"),
        ("новой таволжанке", "новая таволжанка"),
    ],
)
def test_the_nominative_is_among_the_forms(form: str, base: str) -> None:
    assert base in list(base_forms(form.split()))


def test_forms_are_few_and_never_the_given_one() -> None:
    forms = list(base_forms(["великій", "новоселівській", "долині"]))
    assert len(forms) <= 24
    assert "великій новоселівській долині" not in forms
