"""The incidents of the report: one row each for the table, and a section each with the claims side by side."""

from __future__ import annotations

import dataclasses
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from witnessmark.model import Bound, HarmValue, Incident, IncidentClaim, MergeReason, TollRange
from witnessmark.publish import consensus, wording
from witnessmark.publish.report.cells import NOT_STATED, Cells, Quote, Value
from witnessmark.publish.report.references import anchor
from witnessmark.publish.view import AnyMention
from witnessmark.vocabulary import label

PASSAGES = 2
"""Passages quoted for a claim on a page that has to be brief; all of them are marked in the document."""


@dataclass(frozen=True, slots=True)
class Toll:
    """A toll over the claims: ``ends`` holds one value, or the two ends of a range; ``note`` says which claim gives what."""

    ends: tuple[Value, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Accusation:
    """A named party, by whom it is named, and how (``verb``: alleged by, denied by, claimed by, inferred by)."""

    party: Value
    verb: str
    by: str


@dataclass(frozen=True, slots=True)
class Column:
    """A claim as a column: ``letter`` names it inside its incident."""

    letter: str
    anchor: str
    identifier: str
    document: str
    title: str
    publisher: str
    language: str
    modality: str
    voice: Value
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field over all claims: a cell (a list of values) for each. ``extra`` fields have no column in the table of incidents."""

    name: str
    cells: tuple[tuple[Value, ...], ...]
    extra: bool = False

    @property
    def stated(self) -> bool:
        """True when any claim has words for it."""
        return any(v is not NOT_STATED for cell in self.cells for v in cell)


@dataclass(frozen=True, slots=True)
class IncidentView:
    """Everything that the page shows of one incident. ``permalink`` is made from its id and holds in every later report too."""

    number: int
    anchor: str
    permalink: str
    identifier: str
    heading: str
    act: Value
    date: Value
    place: Value
    munitions: tuple[Value, ...]
    objects: tuple[Value, ...]
    killed: Toll
    injured: Toll
    accusations: tuple[Accusation, ...]
    documents: int
    columns: tuple[Column, ...]
    rows: tuple[FieldRow, ...]
    reasons: tuple[str, ...]


def letter_of(index: int) -> str:
    """The name of claim ``index`` (from 0) in bijective base 26."""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = string.ascii_uppercase[digit] + name
    return name


class IncidentViews:
    """Makes the incident views of one report."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._view = cells.view

    def all(self) -> tuple[IncidentView, ...]:
        """Every incident, numbered from 1 in the order of the view."""
        return tuple(self._one(n, i) for n, i in enumerate(self._view.incidents, 1))

    def _one(self, number: int, incident: Incident) -> IncidentView:
        claims = self._view.claims_of(incident)
        names = dict(zip((c.identifier for c in claims), map(letter_of, range(len(claims))), strict=True))
        act, date, place = (self._settled(incident, name, names) for name in ("act", "date", "place"))
        return IncidentView(
            number=number,
            anchor=f"i{number}",
            permalink=anchor("incident", incident.identifier),
            identifier=incident.identifier,
            heading=_heading(act, place, date),
            act=act,
            date=date,
            place=place,
            munitions=self._distinct(incident, "munitions", names),
            objects=self._distinct(incident, "objects", names),
            killed=self._toll(incident, incident.killed, "killed", names),
            injured=self._toll(incident, incident.injured, "injured", names),
            accusations=self._accusations(incident, names),
            documents=len({c.document for c in claims}),
            columns=tuple(self._column(c, names[c.identifier]) for c in claims),
            rows=self._rows(claims),
            reasons=tuple(_reason(r, names) for r in incident.reasons),
        )

    def _settled(self, incident: Incident, name: str, names: dict[str, str]) -> Value:
        chosen = consensus.field(self._view, incident, name)
        if chosen is None:
            return NOT_STATED
        claim, mention = chosen
        return self._cells.told(mention, claim, name, _letter(names, claim.identifier))

    def _distinct(self, incident: Incident, name: str, names: dict[str, str]) -> tuple[Value, ...]:
        """The values of a list field, the same words once, from the first claim that gives them."""
        seen: dict[str, Value] = {}
        for claim, mention in consensus.every(self._view, incident, name):
            made = self._cells.told(mention, claim, name, _letter(names, claim.identifier))
            seen.setdefault(made.text, made)
        return tuple(seen.values())

    def _accusations(self, incident: Incident, names: dict[str, str]) -> tuple[Accusation, ...]:
        seen: dict[tuple[str, str, str], Accusation] = {}
        for claim, mention in consensus.every(self._view, incident, "perpetrator"):
            party = self._cells.told(mention, claim, "perpetrator", _letter(names, claim.identifier))
            verb, by = _VERBS.get(mention.modality, "alleged by"), self._cells.voice(claim, mention)
            seen.setdefault((party.text, verb, by), Accusation(dataclasses.replace(party, modality="", by=""), verb, by))
        return tuple(seen.values())

    def _toll(self, incident: Incident, toll: TollRange, name: str, names: dict[str, str]) -> Toll:
        state = consensus.state(self._view, incident, name)
        if toll.low is None and toll.high is None:
            return Toll(self._wordy(incident, name, state, names))
        low, high = toll.low or toll.high, toll.high or toll.low
        assert low is not None and high is not None  # one of them was there
        note = self._note(toll, high, name, names)
        first = self._bound(low, name, names)
        if toll.high is None or toll.low is None:
            prefix = "at least" if toll.high is None else "up to"
            return Toll((dataclasses.replace(first, text=f"{prefix} {first.text}"),), note)
        if high.value == low.value:
            return Toll((first,), note)
        return Toll((first, self._bound(high, name, names)), note)

    def _bound(self, bound: Bound, name: str, names: dict[str, str]) -> Value:
        claim = self._view.claim_by_id[bound.claim]
        mention = consensus.mention_of_bound(claim, name, bound.value)
        number = self._cells.references.number(claim.document, mention.span) if mention else None
        state = "stated" if bound.value else "zero"
        return Value(wording.count(bound.value), state, reference=number, letter=_letter(names, bound.claim))

    def _note(self, toll: TollRange, high: Bound, name: str, names: dict[str, str]) -> str:
        notes = []
        if toll.latest is not None and len(names) > 1 and toll.latest.value != high.value:
            notes.append(f"newest figure {wording.count(toll.latest.value)} ({names[toll.latest.claim]})")
        if toll.vague:
            notes.append("also " + ", ".join(f"“{v}”" for v in dict.fromkeys(toll.vague)))
        return "; ".join(notes)

    def _wordy(self, incident: Incident, name: str, state: str, names: dict[str, str]) -> tuple[Value, ...]:
        """Vague or unknown figures, linked to their words; "not stated" when there are none."""
        made = [
            self._cells.told(mention, claim, name, _letter(names, claim.identifier))
            for claim in self._view.claims_of(incident)
            for mention, _ in consensus.figures(claim, name)
        ]
        return tuple({v.text: v for v in reversed(made) if v.state == state}.values()) or (NOT_STATED,)

    def _column(self, claim: IncidentClaim, letter: str) -> Column:
        source = self._view.document_by_id[claim.document]
        number = self._cells.references.number(claim.document, claim.speaker.span) if claim.speaker else None
        return Column(
            letter=letter,
            anchor=self._cells.owner_anchor(claim.identifier),
            identifier=claim.identifier,
            document=self._cells.document_anchor(claim.document),
            title=self._cells.title(source),
            publisher=source.publisher or "",
            language=source.language,
            modality=claim.modality,
            voice=Value(self._cells.voice(claim), reference=number),
            quotes=tuple(self._cells.quote(claim.document, s) for s in claim.evidence[: PASSAGES if self._cells.brief else None]),
        )

    def _rows(self, claims: Sequence[IncidentClaim]) -> tuple[FieldRow, ...]:
        rows = [FieldRow(title, tuple(self._cell(c, name) for c in claims)) for name, title in _ALWAYS]
        for name, title in _WHERE_STATED:
            row = FieldRow(title, tuple(self._cell(c, name) for c in claims), extra=True)
            if row.stated:
                rows.append(row)
        return tuple(rows)

    def _cell(self, claim: IncidentClaim, name: str) -> tuple[Value, ...]:
        if name == "alternatives":
            made: Iterable[Value] = (self._alternative(claim, n, m) for n, m in claim.alternatives)
        else:
            held = getattr(claim, name)
            mentions = held if isinstance(held, tuple) else (held,)
            made = (self._cells.told(m, claim, name) for m in mentions)
        return tuple(made) or (NOT_STATED,)

    def _alternative(self, claim: IncidentClaim, name: str, mention: AnyMention) -> Value:
        value = self._cells.told(mention, claim, name)
        detail = "" if isinstance(mention.value, HarmValue) else value.detail
        return dataclasses.replace(value, text=f"{_SINGULAR.get(name, name)}: {value.text}", detail=detail)


_ALWAYS = (
    ("act", "Act"),
    ("date", "Date"),
    ("place", "Place"),
    ("munitions", "Munition"),
    ("objects", "What was hit"),
    ("killed", "Killed"),
    ("injured", "Injured"),
    ("perpetrator", "Alleged perpetrator"),
)
_SINGULAR = {"munitions": "munition", "objects": "object"}
_WHERE_STATED = (("breakdown", "Of these"), ("aftermath", "Aftermath"), ("alternatives", "Also said"))


def _heading(act: Value, place: Value, date: Value) -> str:
    text = ", ".join([act.text, *(v.text for v in (place, date) if v.state != "not_stated")])
    return text[:1].upper() + text[1:]


_VERBS = {"denied": "denied by", "negated": "denied by", "claimed_responsibility": "claimed by", "inferred": "inferred by"}


def _letter(names: dict[str, str], claim: str) -> str:
    return names[claim] if len(names) > 1 else ""


def _reason(reason: MergeReason, names: dict[str, str]) -> str:
    parts = ", ".join(f"{label('contradiction_field', name)} {weight:+.1f}" for name, weight in reason.parts)
    pair = f"{names.get(reason.left, reason.left)} and {names.get(reason.right, reason.right)}"
    return f"{pair}: weight {reason.weight:+.1f} bits ({parts})" if parts else f"{pair}: weight {reason.weight:+.1f} bits"
