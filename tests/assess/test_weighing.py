"""Who is behind the claims of an incident, and what they are worth together."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pytest

from witnessmark.assess.independence import Source, independent, origins
from witnessmark.assess.weighing import assess
from witnessmark.documents import text_document
from witnessmark.errors import UsageError
from witnessmark.incidents import wording_of
from witnessmark.model import ActorValue, Contradiction, Incident, IncidentClaim, Mention, Quantity, Span, TollRange
from witnessmark.model.assessments import Assessment

SPAN = Span(0, 4)
NONE = TollRange(None, None, None)
WIRE = (
    "Shells fell on the covered market of Lysohirka on Friday morning while traders were opening their stalls. The prosecutor said that two women were "
    "killed and nine people were taken to hospital. Firemen worked until noon to put out a fire in the fish hall."
)


def _claim(
    name: str,
    document: str,
    *,
    speaker: str | None = None,
    killed: int | None = None,
    party: str | None = None,
    modality: str = "attributed",
) -> IncidentClaim:
    return IncidentClaim(
        identifier=name,
        document=document,
        act=Mention("shelling.mortar", SPAN, "word", "test"),
        modality="asserted" if speaker is None and modality == "attributed" else modality,
        evidence=(SPAN,),
        killed=Mention(Quantity(killed, killed, "eq", str(killed)), SPAN, str(killed), "test") if killed is not None else None,
        perpetrator=Mention(ActorValue(party), SPAN, party, "test") if party else None,
        speaker=Mention(speaker, SPAN, speaker, "test") if speaker else None,
    )


def _source(publisher: str, day: int, text: str | None = None) -> Source:
    wording = wording_of(text_document(text, language="en")) if text else None
    return Source(publisher, dt.date(2024, 5, day), wording)


def _assessed(claims: list[IncidentClaim], sources: dict[str, Source], clashes: tuple[Contradiction, ...] = ()) -> Assessment:
    incident = Incident("i-1", tuple(c.identifier for c in claims), "shelling.mortar", NONE, NONE, ())
    return assess(incident, {c.identifier: c for c in claims}, sources, contradictions=clashes)


def test_one_official_in_many_outlets_is_one_speaker() -> None:
    claims = [_claim(f"c{n}", f"d{n}", speaker=said) for n, said in enumerate(["the regional governor", "Regional governor", "governor"])]
    sources = {f"d{n}": _source(f"Outlet {n}", n + 1) for n in range(3)}
    (origin,) = origins(claims, sources)
    assert (origin.kind, len(origin.tellings)) == ("speaker", 3)
    assert _assessed(claims, sources).credibility == 3


def test_copies_do_not_corroborate() -> None:
    own = [_claim("c0", "d0")]
    copies = [_claim(f"c{n}", f"d{n}") for n in range(1, 6)]
    sources = {"d0": _source("Wire", 1, WIRE)} | {f"d{n}": _source(f"Outlet {n}", n + 1, WIRE + f" Report {n}.") for n in range(1, 6)}
    alone, many = _assessed(own, sources), _assessed(own + copies, sources)
    assert (alone.independent, many.independent) == (1, 1)
    assert alone.credibility == many.credibility == 3
    assert [t.of for t in many.origins[0].tellings] == [None, "d0", "d0", "d0", "d0", "d0"]


def test_an_independent_second_speaker_confirms_and_a_third_makes_it_confirmed() -> None:
    claims = [_claim("c0", "d0"), _claim("c1", "d1"), _claim("c2", "d2", speaker="the prosecutor")]
    sources = {f"d{n}": _source(f"Outlet {n}", n + 1) for n in range(3)}
    assert [_assessed(claims[:n], sources).credibility for n in (1, 2, 3)] == [3, 2, 1]
    assert all(r.words for r in _assessed(claims, sources).reasons)


def test_who_names_nobody_cannot_be_judged() -> None:
    claims = [_claim("c0", "d0", speaker="officials"), _claim("c1", "d1", speaker="local residents")]
    found = _assessed(claims, {"d0": _source("A", 1), "d1": _source("B", 2)})
    assert (found.credibility, independent(found.origins)) == (6, 1)
    assert not any(o.counts for o in found.origins)


def test_the_order_of_claims_does_not_matter() -> None:
    speakers = [None, "the prosecutor", "officials", "the mayor", "the district prosecutor", None]
    claims = [_claim(f"c{n}", f"d{n}", speaker=s) for n, s in enumerate(speakers)]
    sources = {f"d{n}": _source(f"Outlet {n % 4}", n % 3 + 1, WIRE if n in (0, 5) else None) for n in range(6)}
    expected = origins(claims, sources)
    for seed in range(20):
        assert origins(random.Random(seed).sample(claims, 6), sources) == expected


def test_swapping_the_parties_swaps_nothing_else() -> None:
    def told(one: str, other: str) -> Assessment:
        claims = [_claim("c0", "d0", party=one), _claim("c1", "d1", party=other, modality="denied")]
        clash = Contradiction(
            "x", "perpetrator", "between_documents", ("d0", "d1"), (SPAN, SPAN), (one, other), f"{one} against {other}", ("c0", "c1")
        )
        return _assessed(claims, {"d0": _source("A", 1), "d1": _source("B", 2)}, (clash,))

    swap = {"Northland": "Southland", "Southland": "Northland"}
    first, second = told("Northland", "Southland"), told("Southland", "Northland")
    back = replace(
        second,
        positions=tuple(replace(p, party=swap[p.party or ""]) for p in second.positions),
        reasons=tuple(replace(r, words=" ".join(swap.get(w, w) for w in r.words.split(" "))) for r in second.reasons),
    )
    assert back == first
    assert first.airwars == ("Contested", "claims name different parties")


def test_the_toll_over_time_names_the_newest_claim() -> None:
    claims = [_claim("c0", "d0", killed=2), _claim("c1", "d1", killed=5), _claim("c2", "d2", killed=4)]
    curve = _assessed(claims, {f"d{n}": _source(f"O{n}", n + 1) for n in range(3)}).killed
    assert [(p.day.day, p.low, p.high, p.newest) for p in curve] == [(1, 2, 2, "c0"), (2, 2, 5, "c1"), (3, 2, 5, "c2")]


def test_reliability_is_the_users_and_does_not_touch_credibility() -> None:
    claims, sources = [_claim("c0", "d0")], {"d0": _source("Courier", 1)}
    incident = Incident("i-1", ("c0",), "shelling.mortar", NONE, NONE, ())
    plain = assess(incident, {"c0": claims[0]}, sources)
    graded = assess(incident, {"c0": claims[0]}, sources, reliability={"Courier": "E"})
    assert (plain.reliability, graded.reliability) == ((("Courier", "F"),), (("Courier", "E"),))
    assert plain.credibility == graded.credibility
    with pytest.raises(UsageError, match="WM032"):
        assess(incident, {"c0": claims[0]}, sources, reliability={"Courier": "Z"})
