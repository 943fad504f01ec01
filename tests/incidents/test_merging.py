"""Merging claims of one event across documents."""

from __future__ import annotations

import datetime as dt
import itertools
import random

from witnessmark.incidents import merge
from witnessmark.model import (
    ActorValue,
    DateValue,
    IncidentClaim,
    Mention,
    MunitionValue,
    PlaceValue,
    Quantity,
    Span,
)

SPAN = Span(0, 4)
KHERSON = ("706448", 46.6559, 32.6178, "UA", "Kherson Oblast")
KHARKIV = ("706483", 49.9818, 36.2548, "UA", "Kharkiv Oblast")


def _claim(
    name: str,
    document: str,
    *,
    day: int = 3,
    place: tuple[str, float, float, str, str] | None = KHERSON,
    killed: int | None = None,
    act: str = "strike.missile",
    weapon: str | None = None,
    party: str | None = None,
) -> IncidentClaim:
    when = dt.date(2023, 2, day)
    located = place and PlaceValue(place[0], place[3], place[4], place[1], place[2], "P3", gazetteer_id=place[0])
    return IncidentClaim(
        identifier=name,
        document=document,
        act=Mention(act, SPAN, "word", "test"),
        modality="asserted",
        evidence=(SPAN,),
        place=Mention(located, SPAN, "word", "test") if located else None,
        date=Mention(DateValue(when, when, "T2", "stated"), SPAN, "word", "test"),
        killed=Mention(Quantity(killed, killed, "eq", str(killed)), SPAN, "word", "test") if killed is not None else None,
        munitions=(Mention(MunitionValue(weapon, None), SPAN, "word", "test"),) if weapon else (),
        perpetrator=Mention(ActorValue(party), SPAN, "word", "test") if party else None,
    )


def _groups(claims: list[IncidentClaim]) -> set[frozenset[str]]:
    return {frozenset(i.claims) for i in merge(claims)}


def test_two_reports_of_one_strike_are_one_incident() -> None:
    claims = [_claim("a", "d1", killed=3), _claim("b", "d2", killed=3, weapon="missile.cruise")]
    assert _groups(claims) == {frozenset({"a", "b"})}


def test_same_day_other_town_stays_apart() -> None:
    claims = [_claim("a", "d1", killed=3), _claim("b", "d2", killed=3, place=KHARKIV)]
    assert _groups(claims) == {frozenset({"a"}), frozenset({"b"})}


def test_same_town_other_day_stays_apart() -> None:
    claims = [_claim("a", "d1", killed=3, day=3), _claim("b", "d2", killed=3, day=9)]
    assert len(merge(claims)) == 2


def test_claims_of_one_document_are_never_merged() -> None:
    claims = [_claim("a", "d1", killed=3), _claim("b", "d1", killed=3), _claim("c", "d2", killed=3)]
    for incident in merge(claims):
        assert not {"a", "b"} <= set(incident.claims)


def test_an_abduction_is_not_a_strike() -> None:
    claims = [_claim("a", "d1", killed=3), _claim("b", "d2", killed=3, act="abduction")]
    assert len(merge(claims)) == 2


def test_each_bound_names_its_claim_and_the_newest_figure_is_known() -> None:
    claims = [_claim("a", "d1", killed=3), _claim("b", "d2", killed=5)]
    published = {"d1": dt.date(2023, 2, 3), "d2": dt.date(2023, 2, 4)}
    (incident,) = merge(claims, published=published)
    assert incident.killed.low is not None and incident.killed.low.value == 3 and incident.killed.low.claim == "a"
    assert incident.killed.high is not None and incident.killed.high.value == 5 and incident.killed.high.claim == "b"
    assert incident.killed.latest is not None and incident.killed.latest.claim == "b"


def test_a_reason_is_kept_for_each_merge() -> None:
    (incident,) = merge([_claim("a", "d1", killed=3), _claim("b", "d2", killed=3)])
    (reason,) = incident.reasons
    assert {reason.left, reason.right} == {"a", "b"}
    assert dict(reason.parts)["place"] > 0 and dict(reason.parts)["day"] > 0


def test_the_order_of_claims_does_not_matter() -> None:
    claims = [
        _claim("a", "d1", killed=3),
        _claim("b", "d2", killed=4),
        _claim("c", "d3", killed=3, day=4),
        _claim("d", "d4", place=KHARKIV, killed=3),
    ]
    shuffled = random.Random(5).sample(claims, len(claims))
    assert merge(claims) == merge(shuffled)


def test_no_claim_is_lost_or_told_twice() -> None:
    places = itertools.cycle([KHERSON, KHARKIV])
    claims = [_claim(f"c{n:02}", f"d{n}", day=1 + n % 5, place=next(places), killed=n % 4) for n in range(24)]
    listed = [c for i in merge(claims) for c in i.claims]
    assert sorted(listed) == sorted(c.identifier for c in claims)


def test_one_claim_alone_is_an_incident() -> None:
    (incident,) = merge([_claim("a", "d1")])
    assert incident.claims == ("a",) and incident.killed.low is None


def test_nothing_gives_nothing() -> None:
    assert merge([]) == ()
