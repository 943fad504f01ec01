"""Swapping the parties' names swaps nothing else: the same texts with the parties changed over give the same records but for the names."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
from dataclasses import dataclass

from witnessmark.claims import read_claims
from witnessmark.documents import text_document
from witnessmark.model import IncidentClaim
from witnessmark.statements import read_statements

PUBLISHED = dt.date(2024, 3, 14)

MAX_DIFFERING = 0.01
MAX_RECALL_GAP = 0.05


@dataclass(frozen=True, slots=True)
class Party:
    """The words for a side: country, adjective, seat of government."""

    country: str
    adjective: str
    seat: str


PAIRS = (
    (Party("Russia", "Russian", "Moscow"), Party("Ukraine", "Ukrainian", "Kyiv")),
    (Party("Armenia", "Armenian", "Yerevan"), Party("Azerbaijan", "Azerbaijani", "Baku")),
    (Party("India", "Indian", "New Delhi"), Party("Pakistan", "Pakistani", "Islamabad")),
    (Party("Ethiopia", "Ethiopian", "Addis Ababa"), Party("Eritrea", "Eritrean", "Asmara")),
)

# {a}: the accused, {b}: the other side, each with c (country), j (adjective), s (seat). No text is about a real event.
TEMPLATES = (
    "{aj} forces shelled a market in {town} on Monday, killing four people and wounding nine, officials said.",
    "Two people died when {aj} artillery hit a clinic in {town} on Tuesday, the mayor said. {ac} denied shelling the town.",
    "A {aj} drone struck a bus near {town} on Wednesday and wounded three passengers. {bc} called it a crime.",
    "{ac} fired rockets at {town} overnight, {bj} officials said; five houses were destroyed and nobody was hurt.",
    "{bc} accused {ac} of bombing a school in {town} on Monday. Six pupils were killed, a teacher said.",
    "{bc} blamed {ac} for a missile strike on a power station in {town} that killed two engineers on Sunday.",
    "The {aj} army said it had struck a depot in {town} on Tuesday. Residents said a bakery burned and a woman died.",
    "{aj} soldiers shot dead three farmers outside {town} on 2 March, according to {bj} prosecutors.",
    "At least 12 people, two of them children, were killed in {town} on Friday by {aj} cluster munitions, {bs} said.",
    "{as} said {bj} troops had fired first; {bs} said {aj} jets then dropped bombs on {town} on Monday, killing seven.",
    "{aj} troops abducted 14 residents of {town} on 28 February, a rights group said. {as} said they had been evacuated.",
    "A shell fired by {aj} forces landed on a bus stop in {town} on Thursday, injuring a nurse and her two sons.",
    "{ac}'s navy fired two missiles at the port of {town} on Wednesday morning. The port was damaged, no one was injured.",
    "{aj} warplanes bombed a hospital in {town} on Monday. {ac} denied any role and said {bj} fire had hit it.",
    "Fighters backed by {ac} stormed the town hall of {town} on Sunday and killed two guards, {bj} police said.",
    "The death toll from Monday's {aj} strike on {town} rose to 19 on Wednesday, rescuers said.",
    "Mortar rounds fired by {aj} gunners hit houses in {town} on Tuesday. A man was killed. {bc} will answer, its president said.",
    "{aj} shelling of {town} killed a couple on Monday, and on Wednesday a {bj} drone killed a driver near the border.",
    "On 20 December 2023 a {aj} missile hit a church in {town}, killing 8 people; no one has been tried.",
    "{ac} admitted that its aircraft had hit a wedding in {town} on Saturday by mistake; 11 guests died.",
    "An inquiry found that {aj} forces had executed nine villagers near {town} on 5 February. {ac} called the finding a lie.",
    "{aj} troops drove more than 300 people from {town} on Sunday, the {bj} government said.",
    "{bc}'s army said {aj} howitzers fired at {town} on Monday; a warehouse burned down and two workers were hurt.",
    "A {aj} glide bomb hit a post office in {town} at noon on Tuesday. An hour later {aj} aircraft struck again, killing a medic.",
    "{as} denies that its forces shelled {town} on Monday, where three people died; {bs} says the shells were {aj}.",
    "{aj} snipers wounded a boy of 12 in {town} on Thursday, his school said.",
)
TOWNS = ("Lozova", "Goris", "Multan")


@functools.cache
def _claims(text: str) -> tuple[IncidentClaim, ...]:
    return read_claims(read_statements(text_document(text, published=PUBLISHED))).incidents


def _fill(template: str, accused: Party, other: Party, town: str) -> str:
    names = {
        f"{side}{key}": value
        for side, p in (("a", accused), ("b", other))
        for key, value in zip("cjs", (p.country, p.adjective, p.seat), strict=True)
    }
    return template.format(town=town, **names)


def _fields(claim: IncidentClaim, accused: Party, other: Party) -> dict[str, object]:
    """The claim's values with the parties' names taken out."""
    sides = {accused.country: "accused", other.country: "other"}
    party = claim.perpetrator.value.name if claim.perpetrator else None
    return {
        "act": claim.act.value,
        "modality": claim.modality,
        "perpetrator": sides.get(party or "", party),
        "munitions": tuple((m.value.weapon, m.value.effect) for m in claim.munitions),
        "objects": tuple(o.value.kind for o in claim.objects),
        "place": claim.place.value.name if claim.place else None,
        "date": (claim.date.value.earliest, claim.date.value.latest) if claim.date else None,
        "killed": (claim.killed.value.minimum, claim.killed.value.maximum) if claim.killed else None,
        "injured": (claim.injured.value.minimum, claim.injured.value.maximum) if claim.injured else None,
        "breakdown": tuple((b.value.harm, b.value.group, b.value.quantity.minimum) for b in claim.breakdown),
        "scope": claim.scope,
    }


def _texts() -> list[tuple[str, Party, Party, str]]:
    return [(t, one, two, town) for t, (one, two), town in itertools.product(TEMPLATES, PAIRS, TOWNS)]


def test_there_are_enough_texts() -> None:
    assert len({_fill(*text) for text in _texts()}) >= 200


def test_records_are_the_same_but_for_the_names() -> None:
    compared, differing = 0, []
    for template, one, two, town in _texts():
        first = [_fields(c, one, two) for c in _claims(_fill(template, one, two, town))]
        second = [_fields(c, two, one) for c in _claims(_fill(template, two, one, town))]
        for left, right in itertools.zip_longest(first, second, fillvalue={}):
            compared += max(len(left), len(right))
            differing += [(k, _fill(template, one, two, town)) for k in {*left, *right} if left.get(k) != right.get(k)]
    assert compared > 2000
    assert len(differing) <= MAX_DIFFERING * compared, differing[:10]


def test_no_party_is_accused_more_readily() -> None:
    recalls = {}
    for one, two in PAIRS:
        for accused, other in ((one, two), (two, one)):
            found = [
                any(
                    c.perpetrator is not None and c.perpetrator.value.name == accused.country
                    for c in _claims(_fill(t, accused, other, town))
                )
                for t, town in itertools.product(TEMPLATES, TOWNS)
            ]
            recalls[accused.country] = sum(found) / len(found)
    assert max(recalls.values()) - min(recalls.values()) <= MAX_RECALL_GAP, recalls
    assert min(recalls.values()) >= 0.6, recalls
