"""A small case made by hand: one strike in three reports, a headline that its body does not bear out, series, and every state of a value."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from witnessmark.model import (
    ActorValue,
    Bound,
    BreakdownValue,
    Candidate,
    Contradiction,
    DateValue,
    Document,
    HarmValue,
    Incident,
    IncidentClaim,
    Mention,
    MergeReason,
    MunitionValue,
    ObjectValue,
    OffsetMap,
    OffsetSegment,
    Part,
    PlaceValue,
    Problem,
    Quantity,
    SeriesClaim,
    Span,
    Speaker,
    Statement,
    TollRange,
    mention,
)
from witnessmark.publish.view import CaseView, LedgerHead, Totals

LOCAL = """\
Missile strike on Lozova apartment block kills seven

LOZOVA, 14 March 2024. A missile hit a five-storey apartment block in Lozova, Kharkiv region, at 04:30 on Thursday, the regional \
governor said. At least 5 people were killed and dozens were injured, among them 3 children.

"They will strike again before the week is out," the governor warned. Residents must be given shelter. It was an act of pure spite.

On 12 March two drones damaged a school near Barvinkove; nobody was hurt. The number of wounded in Izium the same night is not known.

The region has come under artillery fire 40 times a day since the beginning of March. Shelling of the border villages is growing week by week.
"""

WIRE = """\
Five dead, 18 hurt after missile hits flats in eastern Ukraine

Five people were killed and 18 wounded when a ballistic missile struck a residential building in the town of Lozova early on 14 March, \
rescuers said. The army of the other side denied that it had fired at the town.

Read also: five things to know about air defence
"""

UKRAINIAN = """\
Ракета влучила в багатоповерхівку в Лозовій: семеро загиблих

Кількість загиблих унаслідок удару по Лозовій 14 березня зросла до семи, повідомила поліція. Поранено 21 людину.
"""


def quantity(low: int | None, high: int | None, words: str, comparator: str = "eq", **more: Any) -> Quantity:
    """A quantity of people."""
    return Quantity(low, high, comparator, words, **more)


def place(name: str, latitude: float | None, longitude: float | None, precision: str = "P3", **more: Any) -> PlaceValue:
    """A settlement in Kharkiv oblast unless told otherwise."""
    return PlaceValue(name, "UA", "Kharkiv", latitude, longitude, precision, **more)


def day(month: int, number: int, precision: str = "T2", **more: Any) -> DateValue:
    """One day of 2024."""
    when = dt.date(2024, month, number)
    return DateValue(when, when, precision, more.pop("basis", "stated"), **more)


@dataclass
class Text:
    """A text with helpers that find words in it."""

    identifier: str
    text: str
    language: str = "en"
    publisher: str | None = None
    status: str = "read"
    statements: list[Statement] = field(default_factory=list)

    def span(self, words: str) -> Span:
        """The first place of ``words``."""
        start = self.text.index(words)
        return Span(start, start + len(words))

    def mention(self, words: str, value: Any, **more: Any) -> Mention[Any]:
        """A mention of ``value`` at ``words``."""
        span = self.span(words)
        return Mention(value, span, words, more.pop("rule", "test"), **more)

    def say(self, words: str, modality: str, speaker: str | None = None, part: str = "body") -> None:
        """Add a statement."""
        span = self.span(words)
        who = Speaker(speaker, self.span(speaker), "civil_official") if speaker else None
        paragraph = self.text.count("\n\n", 0, span.start)
        self.statements.append(Statement(span, len(self.statements), part, modality, who, rule="test", paragraph=paragraph))

    def document(self, **more: Any) -> Document:
        """The document: first line headline, the rest body, one byte map."""
        head_end = self.text.index("\n")
        encoded = self.text.encode()
        parts = (Part("headline", Span(0, head_end)), Part("body", Span(head_end + 1, len(self.text))))
        return Document(
            identifier=self.identifier,
            capture=hashlib.sha256(encoded).hexdigest(),
            item="",
            text=self.text,
            text_version=hashlib.sha256(encoded).hexdigest(),
            parts=more.pop("parts", parts),
            language=self.language,
            status=self.status,
            encoding="utf-8",
            encoding_basis="detected",
            origin=f"reports/{self.identifier}.txt",
            publisher=self.publisher,
            offsets=OffsetMap((OffsetSegment(0, len(self.text), 0, len(encoded)),)),
            **more,
        )


LOZOVA = {"gazetteer_id": "702569", "feature": "PPL"}


def _local() -> Text:
    text = Text("doc-local", LOCAL, publisher="Kharkiv Observer")
    text.say("Missile strike on Lozova apartment block kills seven", "asserted", part="headline")
    first = LOCAL.index("A missile hit")
    text.say(LOCAL[first : LOCAL.index(" At least 5")], "attributed", "the regional governor")
    text.say("At least 5 people were killed and dozens were injured, among them 3 children.", "attributed")
    text.say('"They will strike again before the week is out," the governor warned.', "prediction", "the governor")
    text.say("Residents must be given shelter.", "directive")
    text.say("It was an act of pure spite.", "opinion")
    text.say("On 12 March two drones damaged a school near Barvinkove; nobody was hurt.", "asserted")
    text.say("The number of wounded in Izium the same night is not known.", "negated")
    text.say("The region has come under artillery fire 40 times a day since the beginning of March.", "quantified_pattern")
    text.say("Shelling of the border villages is growing week by week.", "quantified_pattern")
    return text


def _local_claims(text: Text) -> list[IncidentClaim]:
    spot = place("Lozova", 48.8891, 36.3176, **LOZOVA)
    first = IncidentClaim(
        identifier="claim-local-1",
        document=text.identifier,
        act=text.mention("A missile hit", "strike.missile"),
        modality="attributed",
        evidence=(text.statements[1].span, text.statements[2].span),
        munitions=(text.mention("missile hit", MunitionValue("missile.unspecified", None)),),
        objects=(text.mention("apartment block in Lozova", ObjectValue("residential")),),
        place=text.mention("Lozova, Kharkiv region", spot, candidates=(Candidate("Lozova, Kharkiv", 0.9), Candidate("Lozova, Sumy", 0.2))),
        date=text.mention("04:30 on Thursday", day(3, 14, "T0", basis="relative", clock="04:30")),
        killed=text.mention("At least 5 people", quantity(5, None, "At least 5", "ge"), modality="attributed"),
        injured=text.mention("dozens were injured", quantity(None, None, "dozens", vague="dozens")),
        breakdown=(text.mention("3 children", BreakdownValue("injured", "children", quantity(3, 3, "3"))),),
        speaker=text.mention("the regional governor", "the regional governor"),
        alternatives=(("killed", text.mention("kills seven", HarmValue("killed", "people", quantity(7, 7, "seven")))),),
    )
    second = IncidentClaim(
        identifier="claim-local-2",
        document=text.identifier,
        act=text.mention("two drones damaged a school", "strike.drone"),
        modality="asserted",
        evidence=(text.statements[6].span,),
        munitions=(text.mention("two drones", MunitionValue("uav.unspecified", None, count=quantity(2, 2, "two", unit="munition"))),),
        objects=(text.mention("a school", ObjectValue("education", "partial")),),
        place=text.mention("near Barvinkove", place("Barvinkove", 48.9099, 37.0208, "P4", relation="near", radius_km=10.0)),
        date=text.mention("On 12 March", day(3, 12)),
        killed=text.mention("nobody was hurt", quantity(0, 0, "nobody")),
        injured=text.mention("nobody was hurt", quantity(0, 0, "nobody")),
    )
    third = IncidentClaim(
        identifier="claim-local-3",
        document=text.identifier,
        act=text.mention("wounded in Izium", "unknown"),
        modality="asserted",
        evidence=(text.statements[7].span,),
        place=text.mention("Izium", place("Izium", None, None)),
        injured=text.mention("not known", quantity(None, None, "not known", unknown=True)),
    )
    return [first, second, third]


def _wire() -> tuple[Text, list[IncidentClaim]]:
    text = Text("doc-wire", WIRE, publisher="Example Wire")
    text.say("Five dead, 18 hurt after missile hits flats in eastern Ukraine", "asserted", part="headline")
    first = WIRE.index("Five people")
    text.say(WIRE[first : WIRE.index(" The army of")], "attributed", "rescuers")
    text.say("The army of the other side denied that it had fired at the town.", "denied", "The army of the other side")
    claim = IncidentClaim(
        identifier="claim-wire-1",
        document=text.identifier,
        act=text.mention("ballistic missile struck", "strike.missile"),
        modality="attributed",
        evidence=(text.statements[1].span,),
        perpetrator=text.mention("other side", ActorValue("disputed"), modality="denied", speaker=text.span("The army of the other side")),
        munitions=(text.mention("ballistic missile", MunitionValue("missile.ballistic", None)),),
        objects=(text.mention("residential building", ObjectValue("residential")),),
        place=text.mention("town of Lozova", place("Lozova", 48.8891, 36.3176, **LOZOVA)),
        date=text.mention("early on 14 March", day(3, 14, "T1", part_of_day="morning")),
        killed=text.mention("Five people", quantity(5, 5, "Five")),
        injured=text.mention("18 wounded", quantity(18, 18, "18")),
        speaker=text.mention("rescuers", "rescuers"),
    )
    return text, [claim]


def _ukrainian() -> tuple[Text, list[IncidentClaim]]:
    text = Text("doc-uk", UKRAINIAN, "uk", "Приклад", "partial")
    text.say("Ракета влучила в багатоповерхівку в Лозовій: семеро загиблих", "asserted", part="headline")
    text.say(UKRAINIAN[UKRAINIAN.index("Кількість") : UKRAINIAN.index(" Поранено")], "attributed", "поліція")
    text.say("Поранено 21 людину.", "asserted")
    claim = IncidentClaim(
        identifier="claim-uk-1",
        document=text.identifier,
        act=text.mention("удару по", "strike.missile"),
        modality="attributed",
        evidence=(text.statements[1].span, text.statements[2].span),
        place=text.mention("Лозовій 14", place("Lozova", 48.8891, 36.3176, **LOZOVA)),
        date=text.mention("14 березня", day(3, 14)),
        killed=text.mention("зросла до семи", quantity(7, 7, "семи")),
        injured=text.mention("21 людину", quantity(21, 21, "21")),
        speaker=text.mention("поліція", "поліція"),
    )
    return text, [claim]


def _series(text: Text) -> tuple[SeriesClaim, ...]:
    rate, trend = text.statements[8].span, text.statements[9].span
    start, end = dt.date(2024, 3, 1), dt.date(2024, 3, 14)
    return (
        SeriesClaim(
            "series-1", text.identifier, rate, rate.of(LOCAL), "attack", quantity(40, 40, "40 times", unit="attack"), "day", "eq", "none",
            "quantified_pattern", "test",
            place=text.mention("The region", place("Kharkiv", 49.99, 36.23, "P6")),
            date=text.mention("since the beginning of March", DateValue(start, end, "T5", "relative", open_end=True)),
        ),
        SeriesClaim(
            "series-2", text.identifier, trend, trend.of(LOCAL), "attack", None, "week", "eq", "up", "quantified_pattern", "test",
            scope_note=text.span("of the border villages"),
        ),
    )  # fmt: skip


def _contradictions(local: Text, wire: Text) -> tuple[Contradiction, ...]:
    head, body = local.span("kills seven"), local.span("At least 5 people were killed")
    side = wire.span("Five people were killed")
    return (
        Contradiction(
            "clash-1", "killed", "headline_body", (local.identifier, local.identifier), (head, body), (head.of(LOCAL), body.of(LOCAL)),
            "The headline says seven, the body at least five.", ("claim-local-1",), "test",
        ),
        Contradiction(
            "clash-2", "killed", "between_documents", (local.identifier, wire.identifier), (head, side), (head.of(LOCAL), side.of(WIRE)),
            "Seven against five for the same day and place.", ("claim-local-1", "claim-wire-1"), "test",
        ),
    )  # fmt: skip


def build() -> CaseView:
    """The case."""
    local = _local()
    wire, wire_claims = _wire()
    ukrainian, ukrainian_claims = _ukrainian()
    none = TollRange(None, None, None)
    first = Incident(
        "incident-1", ("claim-local-1", "claim-wire-1", "claim-uk-1"), "strike.missile",
        TollRange(Bound(5, "claim-local-1"), Bound(7, "claim-uk-1"), Bound(7, "claim-uk-1")),
        TollRange(Bound(18, "claim-wire-1"), Bound(21, "claim-uk-1"), Bound(21, "claim-uk-1"), ("dozens",)),
        (("date", "claim-local-1"), ("place", "claim-wire-1")),
        (MergeReason("claim-local-1", "claim-wire-1", 9.5, (("place", 4.0), ("date", 5.5))),),
    )  # fmt: skip
    zero = TollRange(Bound(0, "claim-local-2"), Bound(0, "claim-local-2"), None)
    second = Incident("incident-2", ("claim-local-2",), "strike.drone", zero, zero, ())
    third = Incident("incident-3", ("claim-local-3",), "unknown", none, none, ())
    boilerplate = wire.span("Read also: five things to know about air defence")
    head = Part("headline", Span(0, WIRE.index("\n")))
    wire_parts = (head, Part("body", Span(head.span.end + 1, boilerplate.start)), Part("boilerplate", boilerplate, "link list"))
    dateline = Mention(day(3, 14), local.span("14 March 2024"), "14 March 2024", "test")
    cut = Problem("WM207", "[WM207] characters could not be decoded. Check the encoding.", "reports/doc-uk.txt")
    return CaseView(
        documents=(
            local.document(published=dateline, published_basis="dateline"),
            wire.document(parts=wire_parts),
            ukrainian.document(problems=(cut,)),
        ),
        statements={t.identifier: tuple(t.statements) for t in (local, wire, ukrainian)},
        claims=(*_local_claims(local), *wire_claims, *ukrainian_claims),
        series=_series(local),
        incidents=(first, second, third),
        contradictions=_contradictions(local, wire),
        problems=(cut, Problem("WM104", "[WM104] the input has no bytes. Nothing to do.", "reports/empty.txt")),
        totals=Totals(4, 2, 1, 1, 0, 0),
        ledger=LedgerHead(17, "c0ffee" * 10 + "abcd"),
        producer="witnessmark 0.1.0",
    )


@pytest.fixture
def view() -> CaseView:
    """The hand-made case."""
    return build()


@pytest.fixture
def hostile() -> Callable[[str], CaseView]:
    """Makes a case with ``payload`` in every text field that a document, a user or a reader can fill."""
    return hostile_view


def hostile_view(payload: str) -> CaseView:
    """A case of one claim, series and contradiction in which ``payload`` is every text."""
    text = f"{payload}\n{payload}\n"
    span = Span(0, len(payload))
    words = mention(payload, span, text, payload)
    amount = Quantity(None, None, payload, payload, vague=payload)
    spot = PlaceValue(payload, payload, payload, 1.0, 2.0, payload, gazetteer_id=payload, relation=payload)

    def said(value: Any) -> Mention[Any]:
        return Mention(value, span, payload, payload, modality=payload, speaker=span, candidates=(Candidate(payload, 1.0, (payload,)),))

    claim = IncidentClaim(
        payload, payload, said(payload), payload, (span,), said(ActorValue(payload, payload)), (said(MunitionValue(payload, payload, payload)),),
        (said(ObjectValue(payload, payload)),), said(spot), said(day(1, 1)), said(amount), said(amount),
        (said(BreakdownValue(payload, payload, amount)),), (said(payload),), words, payload, ((payload, said(HarmValue(payload, payload, amount))),),
    )  # fmt: skip
    series = SeriesClaim(
        payload + "s", payload, span, payload, payload, amount, payload, payload, payload, payload, payload,
        said(spot), said(day(1, 1)), words, span,
    )  # fmt: skip
    clash = Contradiction(
        payload + "x", payload, payload, (payload, payload), (span, span), (payload, payload), payload, (payload,), payload,
    )  # fmt: skip
    toll = TollRange(None, None, None, (payload,))
    incident = Incident(payload + "i", (payload,), payload, toll, toll, (), (MergeReason(payload, payload, 1.0, ((payload, 1.0),)),))
    problem = Problem(payload, payload, payload)
    speaker = Speaker(payload, span, payload)
    document = Document(
        payload, payload, payload, text, payload, (Part("headline", span), Part("hidden", Span(span.end + 1, len(text)), payload)), payload,
        payload, payload, payload, payload, payload, payload, said(day(1, 1)), payload, OffsetMap(), (problem,),
    )  # fmt: skip
    return CaseView(
        documents=(document,),
        statements={payload: (Statement(span, 0, payload, payload, speaker, (speaker,), rule=payload),)},
        claims=(claim,),
        series=(series,),
        incidents=(incident,),
        contradictions=(clash,),
        problems=(problem,),
        totals=Totals(1, 1),
        ledger=LedgerHead(1, payload),
        producer=payload,
    )
