"""Contradictions between documents that tell of one incident."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from witnessmark.assess import between_documents
from witnessmark.model import ActorValue, Incident, IncidentClaim, Mention, MunitionValue, ObjectValue, Quantity, Span, TollRange

EMPTY = TollRange(None, None, None)


def _claim(name: str, *, killed: Quantity | None = None, party: str | None = None, weapon: str | None = None) -> IncidentClaim:
    span = Span(3, 9)
    return IncidentClaim(
        identifier=name,
        document=f"doc-{name}",
        act=Mention("strike.air", span, "strike", "test"),
        modality="attributed",
        evidence=(span,),
        killed=Mention(killed, span, killed.expression, "test") if killed else None,
        perpetrator=Mention(ActorValue(party), span, party, "test") if party else None,
        munitions=(Mention(MunitionValue(weapon, None), span, weapon, "test"),) if weapon else (),
    )


def _fields(*claims: IncidentClaim, days: tuple[int, ...] = ()) -> set[str]:
    incident = Incident("i-1", tuple(c.identifier for c in claims), "strike.air", EMPTY, EMPTY, ())
    published = {c.document: dt.date(2024, 1, d) for c, d in zip(claims, days, strict=False)}
    return {c.field for c in between_documents([incident], {c.identifier: c for c in claims}, published=published)}


def _exactly(n: int) -> Quantity:
    return Quantity(n, n, "eq", str(n))


def test_two_tolls_of_one_day_contradict() -> None:
    assert _fields(_claim("a", killed=_exactly(4)), _claim("b", killed=_exactly(9)), days=(5, 5)) == {"killed"}


def test_a_higher_toll_of_a_later_day_is_an_update() -> None:
    assert _fields(_claim("a", killed=_exactly(4)), _claim("b", killed=_exactly(9)), days=(5, 6)) == set()


def test_a_lower_toll_of_a_later_day_contradicts() -> None:
    assert _fields(_claim("a", killed=_exactly(9)), _claim("b", killed=_exactly(4)), days=(5, 6)) == {"killed"}


def test_at_least_agrees_with_more() -> None:
    low = Quantity(4, None, "ge", "at least four")
    assert _fields(_claim("a", killed=low), _claim("b", killed=_exactly(9)), days=(5, 5)) == set()


def test_two_parties_and_two_weapons_contradict() -> None:
    a, b = _claim("a", party="Armenia", weapon="missile.ballistic"), _claim("b", party="Azerbaijan", weapon="uav.loitering")
    assert _fields(a, b) == {"perpetrator", "munition"}


def _telling(name: str, *, act: str = "strike.air", objects: tuple[str, ...] = ()) -> IncidentClaim:
    held = tuple(Mention(ObjectValue(kind), Span(3, 9), kind, "test") for kind in objects)
    return replace(_claim(name), act=Mention(act, Span(3, 9), act, "test"), objects=held)


def test_acts_of_two_families_contradict_and_acts_of_one_do_not() -> None:
    assert _fields(_telling("a", act="strike.missile"), _telling("b", act="explosion.debris")) == {"act"}
    assert _fields(_telling("a", act="strike.missile"), _telling("b", act="strike.air_or_artillery")) == set()
    assert _fields(_telling("a", act="explosion.unattributed"), _telling("b", act="explosion.debris")) == set()


def test_a_military_object_contradicts_civilian_ones_alone() -> None:
    depot, home, both = (
        _telling(n, objects=o) for n, o in (("a", ("military",)), ("b", ("residential", "health")), ("c", ("residential", "military")))
    )
    assert _fields(depot, home) == {"object"}
    assert _fields(depot, both) == _fields(home, both) == set()
    assert _fields(depot, _telling("d", objects=("transport",))) == set()


def test_claims_of_one_document_are_not_compared() -> None:
    a = _claim("a", party="Armenia")
    assert _fields(a, a) == set()


def test_what_many_documents_tell_alike_is_told_once() -> None:
    claims = [_claim(f"{n:03}", killed=_exactly(3 if n % 2 else 8)) for n in range(80)]
    incident = Incident("i-1", tuple(c.identifier for c in claims), "strike.air", EMPTY, EMPTY, ())
    (found,) = between_documents([incident], {c.identifier: c for c in claims})
    assert found.field == "killed"
    assert set(found.quotes) == {"3", "8"}
