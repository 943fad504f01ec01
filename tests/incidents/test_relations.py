"""Follow-ups, parts, aggregates."""

from __future__ import annotations

import datetime as dt

from witnessmark.incidents.relations import relations
from witnessmark.model import DateValue, Incident, IncidentClaim, Mention, PlaceValue, Quantity, SeriesClaim, Span, TollRange

SPAN = Span(0, 4)
NONE = TollRange(None, None, None)
TOWN = PlaceValue("Lysohirka", "UA", "Ostriv", 49.1, 36.2, "P3", gazetteer_id="1")
REGION = PlaceValue("Ostriv", "UA", "Ostriv", 49.4, 36.6, "P5", gazetteer_id="2")


def _claim(name: str, place: PlaceValue, killed: int, day: int = 3) -> IncidentClaim:
    when = dt.date(2024, 5, day)
    return IncidentClaim(
        name, f"d-{name}", Mention("shelling.mortar", SPAN, "word", "test"), "asserted", (SPAN,),
        place=Mention(place, SPAN, place.name, "test"), date=Mention(DateValue(when, when, "T2", "stated"), SPAN, "3 May", "test"),
        killed=Mention(Quantity(killed, killed, "eq", str(killed)), SPAN, str(killed), "test"),
    )  # fmt: skip


def _incident(name: str, *claims: str) -> Incident:
    return Incident(name, claims, "shelling.mortar", NONE, NONE, ())


def test_a_later_figure_of_one_incident_follows_up_the_earlier_one() -> None:
    claims = {"a": _claim("a", TOWN, 2), "b": _claim("b", TOWN, 5)}
    found = relations([_incident("i-1", "a", "b")], claims, published={"d-a": dt.date(2024, 5, 3), "d-b": dt.date(2024, 5, 4)})
    assert [(r.kind, r.left, r.right) for r in found] == [("follow-up", "b", "a")]


def test_an_attack_in_a_town_is_a_part_of_what_is_told_of_its_region() -> None:
    claims = {"a": _claim("a", TOWN, 2), "b": _claim("b", REGION, 6), "c": _claim("c", TOWN, 9)}
    incidents = [_incident("i-a", "a"), _incident("i-b", "b"), _incident("i-c", "c")]
    assert [(r.kind, r.left, r.right) for r in relations(incidents, claims)] == [("part-of", "i-a", "i-b")]


def test_a_total_is_an_aggregate_of_the_incidents_in_its_time_and_place() -> None:
    month = DateValue(dt.date(2024, 5, 1), dt.date(2024, 5, 31), "T5", "stated")
    total = SeriesClaim(
        "s-1", "d", SPAN, "120 shellings in May", "strike", Quantity(120, 120, "eq", "120"), None, "eq", "none", "asserted", "test",
        place=Mention(REGION, SPAN, "Ostriv", "test"), date=Mention(month, SPAN, "May", "test"),
    )  # fmt: skip
    claims = {"a": _claim("a", TOWN, 2), "b": _claim("b", TOWN, 2, day=3)}
    incidents = [_incident("i-a", "a")]
    assert [(r.kind, r.left, r.right) for r in relations(incidents, claims, [total])] == [("aggregate-of", "s-1", "i-a")]
