"""Values as people write them."""

import datetime as dt

import pytest

from witnessmark.errors import UsageError
from witnessmark.model import ActorValue, BreakdownValue, MunitionValue, ObjectValue, PlaceValue, Quantity, TermValue
from witnessmark.review.values import FIELDS, date, decided_value, places_named


@pytest.mark.parametrize(
    "text, low, high, comparator",
    [
        ("3", 3, 3, "eq"),
        ("0", 0, 0, "eq"),
        ("4-6", 4, 6, "range"),
        ("4 – 6", 4, 6, "range"),
        ("at least 3", 3, None, "ge"),
        ("3+", 3, None, "ge"),
        (">= 3", 3, None, "ge"),
        ("up to 3", None, 3, "le"),
        ("About 30", 30, 30, "approx"),
    ],
)
def test_counts(text: str, low: int | None, high: int | None, comparator: str) -> None:
    found = decided_value("killed", text)
    assert isinstance(found, Quantity)
    assert (found.minimum, found.maximum, found.comparator) == (low, high, comparator)


def test_unknown_is_not_zero() -> None:
    found = decided_value("injured", "unknown")
    assert isinstance(found, Quantity) and found.unknown and found.minimum is None


@pytest.mark.parametrize(
    "text, first, last, precision",
    [
        ("2024-02-03", "2024-02-03", "2024-02-03", "T2"),
        ("2024-02", "2024-02-01", "2024-02-29", "T5"),
        ("2024", "2024-01-01", "2024-12-31", "T6"),
        ("2024-02-03/2024-02-04", "2024-02-03", "2024-02-04", "T3"),
        ("2024-02-03/2024-02-09", "2024-02-03", "2024-02-09", "T4"),
    ],
)
def test_days(text: str, first: str, last: str, precision: str) -> None:
    found = date(text)
    assert (found.earliest, found.latest, found.precision) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last), precision)


def test_terms_and_parts() -> None:
    assert decided_value("act", "shelling.mortar") == TermValue("shelling.mortar")
    assert decided_value("munitions", "; cluster") == MunitionValue(None, "cluster")
    assert decided_value("objects", "education; destroyed") == ObjectValue("education", "destroyed")
    assert decided_value("perpetrator", "Northern Army; state") == ActorValue("Northern Army", "state")
    assert decided_value("breakdown", "killed; children; 3") == BreakdownValue("killed", "children", Quantity(3, 3, "eq", "3"))
    assert decided_value("speaker", "the mayor") == TermValue("the mayor")


def test_places() -> None:
    point = decided_value("place", "Old mill @ 48.5, 37.25")
    assert isinstance(point, PlaceValue) and (point.latitude, point.longitude, point.precision) == (48.5, 37.25, "P1")
    found = places_named("Kramatorsk")
    assert found and found[0].country == "UA"
    several = places_named("Pokrovsk")
    assert len(several) > 1
    one = decided_value("place", f"Pokrovsk#{several[1].gazetteer_id}")
    assert one == several[1]
    with pytest.raises(UsageError, match="several places"):
        decided_value("place", "Pokrovsk")


@pytest.mark.parametrize(
    "field, text",
    [
        ("killed", "many"), ("killed", "6-4"), ("killed", "-3"), ("killed", ""), ("killed", "9" * 400), ("date", "yesterday"), ("date", "2024-02-30"),
        ("date", "2024-03-01/2024-02-01"), ("date", "2024/2025/2026"), ("act", "tickle"), ("munitions", "bow"), ("munitions", ";"), ("breakdown", "killed; children"),
        ("place", "Nowhere at all in particular"), ("place", "X @ 95, 10"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused(field: str, text: str) -> None:
    with pytest.raises(UsageError, match="WM703"):
        decided_value(field, text)


def test_unknown_fields_are_refused() -> None:
    with pytest.raises(UsageError, match="WM004"):
        decided_value("weather", "rain")
    assert "weather" not in FIELDS
