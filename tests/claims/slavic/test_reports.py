"""Whole reports in Ukrainian and Russian, written for these tests: what the reader must make of each."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from witnessmark.assess import within_document
from witnessmark.claims import Claims, read_claims
from witnessmark.documents import text_document
from witnessmark.model import IncidentClaim, Quantity
from witnessmark.statements import read_statements

HERE = Path(__file__).parent
REPORTS = [
    pytest.param(language, report, id=f"{language}-{report['id']}")
    for language in ("uk", "ru")
    for report in tomllib.loads((HERE / f"reports_{language}.toml").read_text(encoding="utf-8"))["report"]
]


@pytest.mark.parametrize(("language", "report"), REPORTS)
def test_reports_are_read_as_they_tell(language: str, report: dict[str, Any]) -> None:
    document = text_document(report["text"], title=report["title"], published=report["published"], language=language)
    reading = read_statements(document)
    claims = read_claims(reading)
    told = [describe(c) for c in claims.incidents]
    if report.get("none"):
        assert not told
    for expected in report.get("incidents", ()):
        wrong = [differences(c, expected) for c in claims.incidents]
        assert any(not w for w in wrong), (wrong, told)
    if "incidents" in report:
        assert len(claims.incidents) <= len(report["incidents"]) + 1, told
    assert series_missing(claims, report.get("series", ())) == [], [(s.unit, s.quote, s.rate_period) for s in claims.series]
    fields = {c.field for c in within_document(reading, claims)}
    assert fields >= set(report.get("contradictions", ()))


def describe(claim: IncidentClaim) -> dict[str, Any]:
    """The fields that the tests look at."""
    return {
        "place": claim.place.value.name if claim.place else None,
        "act": claim.act.value,
        "perpetrator": claim.perpetrator.value.name if claim.perpetrator else None,
        "killed": bounds(claim.killed.value if claim.killed else None),
        "injured": bounds(claim.injured.value if claim.injured else None),
        "weapons": sorted({m.value.weapon for m in claim.munitions if m.value.weapon}),
        "effects": sorted({m.value.effect for m in claim.munitions if m.value.effect}),
        "objects": sorted({o.value.kind for o in claim.objects}),
        "from": str(claim.date.value.earliest) if claim.date else None,
        "groups": [[b.value.harm, b.value.group, b.value.quantity.minimum] for b in claim.breakdown],
    }


def bounds(quantity: Quantity | None) -> Any:
    """[min, max], with "open" for a bound that the words do not give, or "open" alone."""
    if quantity is None:
        return None
    if quantity.minimum is None and quantity.maximum is None:
        return "open"
    return [quantity.minimum if quantity.minimum is not None else "open", quantity.maximum if quantity.maximum is not None else "open"]


def differences(claim: IncidentClaim, expected: dict[str, Any]) -> dict[str, Any]:
    """The expected fields that the claim has otherwise."""
    got = describe(claim)
    out = {}
    for key, value in expected.items():
        if key in ("objects", "effects", "groups"):
            agrees = all(v in got[key] for v in value)
        elif key == "weapons":
            agrees = sorted(value) == got[key]
        else:
            agrees = value == got[key]
        if not agrees:
            out[key] = got[key]
    return out


def series_missing(claims: Claims, expected: Any) -> list[Any]:
    """The expected [unit, quantity, period] that no series has."""
    got = [
        [s.unit, s.quantity.minimum if s.quantity and s.quantity.minimum is not None else "open", s.rate_period or "open"]
        for s in claims.series
    ]
    return [e for e in expected if e not in got]


SWAPS = {
    "uk": {
        "російськ": "українськ",
        "Російськ": "Українськ",
        "ЗС РФ": "ЗСУ",
        "росіяни": "українці",
        "Росіяни": "Українці",
        "росіянами": "українцями",
    },
    "ru": {"российск": "украинск", "Российск": "Украинск", "ВС РФ": "ВСУ", "россияне": "украинцы"},
}
NAMES = {"Russia": "Ukraine", "Ukraine": "Russia"}


def swapped(text: str, language: str) -> str:
    """``text`` with each party's words in the place of the other's."""
    table = SWAPS[language] | {b: a for a, b in SWAPS[language].items()}
    pattern = re.compile("|".join(re.escape(k) for k in sorted(table, key=len, reverse=True)))
    return pattern.sub(lambda m: table[m.group()], text)


def read(report: dict[str, Any], language: str, *, swap: bool) -> list[dict[str, Any]]:
    """What the tests look at of every claim, with the parties' names swapped back."""
    text, title = report["text"], report["title"]
    if swap:
        text, title = swapped(text, language), swapped(title, language)
    claims = read_claims(read_statements(text_document(text, title=title, published=report["published"], language=language)))
    out = [describe(c) for c in claims.incidents]
    for row in out:
        row["perpetrator"] = NAMES.get(row["perpetrator"], row["perpetrator"]) if swap else row["perpetrator"]
    return out


@pytest.mark.parametrize(("language", "report"), REPORTS)
def test_swapping_the_parties_swaps_nothing_else(language: str, report: dict[str, Any]) -> None:
    assert read(report, language, swap=True) == read(report, language, swap=False)


@pytest.mark.parametrize(
    ("language", "text"),
    [("uk", "Від початку року область обстріляли понад 4 тисячі разів."), ("ru", "С начала года область обстреляли более 4 тысяч раз.")],
)
def test_times_since_a_day_are_a_total(language: str, text: str) -> None:
    (series,) = read_claims(read_statements(text_document(text, title="—", language=language))).series
    assert (series.unit, series.rate_period, series.quantity and series.quantity.minimum) == ("attack", None, 4000)
