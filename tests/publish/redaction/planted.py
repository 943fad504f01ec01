"""A case with five hundred planted secrets: every text field that a source, a user or a reader can fill holds some. All are made up."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

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
    ObjectValue,
    OffsetMap,
    Part,
    PlaceValue,
    Problem,
    Quantity,
    SeriesClaim,
    Span,
    Speaker,
    Statement,
    TollRange,
)  # fmt: skip
from witnessmark.publish.view import CaseView, LedgerHead, Totals

DAY = dt.date(2024, 3, 14)
_ONSETS = [
    "Brim",
    "Dzhor",
    "Fesk",
    "Glav",
    "Hrumn",
    "Kvesh",
    "Lubr",
    "Mosht",
    "Nedr",
    "Ploz",
    "Rykv",
    "Skarb",
    "Tverz",
    "Vorsh",
    "Zhmel",
    "Chorb",
    "Drahn",
    "Pryk",
    "Stryb",
    "Ushk",
]
_MIDDLES = ["al", "en", "iv", "or", "um", "yk", "oz", "ap"]
_LATIN = ("enkov", "ashchuk", "ytskyi", "ovna", "anowicz")
_CYRILLIC = ("енков", "ащук", "ицький", "овна", "анович")
_TABLE = str.maketrans("abcdefghijklmnopqrstuvwxyz", "абцдефґхійклмнопкрстувшхиз")
GIVEN = {
    "en": ("Olena", "Ivan", "Maria", "Zorvana", "Ahmed", "Grace", "Teodar", "Kateryna"),
    "uk": ("Олена", "Іван", "Марія", "Зорвана", "Оксана", "Тарас", "Теодар", "Катерина"),
    "ru": ("Елена", "Иван", "Мария", "Зорвана", "Ольга", "Андрей", "Теодар", "Екатерина"),
}
SENTENCES = {
    "en": (
        "{n}, 34, a nurse, was killed when a shell hit a house in Lozova.", "Neighbours said {n} had been asleep.",
        '"I heard it fall," said {n}, a resident of Lozova.', "{n} died at once when the shell hit.", "The body of {n} was found on Thursday.",
        "Mr {s} was wounded by glass.", "Her son {n}, 7, was hurt.", "The wife of the mayor, {n}, was killed.",
        "A doctor, {n}, told reporters that five people died.", "Among the dead were {n} and two others.", "KILLED: {u}, POLICE SAID.",
        "It was filmed by {n} from a balcony.", "In Lozova {n} lost both legs.", "O. {s} was buried on Friday.",
        "The shell killed the teacher {n} in the yard.", "Witness {n}: it came from the north.", "Volunteers carried {n} to the car.",
        "{n}’s house burned down.", "Her name was {n}.", "Rescuers found {n} under the rubble with her daughter.",
    ),
    "uk": (
        "Унаслідок удару загинула {n}, 34 роки.", "Сусідка {n} розповіла, що бачила спалах.", "{n} загинула на місці.", "Тіло {n} знайшли в четвер.",
        "Поранено вчительку {n}.", "За словами мешканки {n}, снаряд влучив у дах.", "Відео зняв {n}.", "О. {s} поховали в п'ятницю.",
        "Серед загиблих – {n} та ще двоє людей.", "Лікарка {n} повідомила про п'ятьох загиблих.", "Її звали {n}.", "Рятувальники дістали {n} з-під завалів.",
        "7-річна {n} дістала поранення.", "Дружина міського голови {n} загинула.",
    ),
    "ru": (
        "В результате удара погибла {n}, 34 года.", "Соседка {n} рассказала, что видела вспышку.", "{n} погибла на месте.", "Тело {n} нашли в четверг.",
        "Ранена учительница {n}.", "По словам жительницы {n}, снаряд попал в крышу.", "Видео снял {n}.", "О. {s} похоронили в пятницу.",
        "Среди погибших – {n} и ещё двое.", "Врач {n} сообщила о пяти погибших.", "Её звали {n}.", "Спасатели достали {n} из-под завалов.",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Secret:
    """``text`` is what may be found nowhere; ``sentence`` is a sentence that holds it."""

    text: str
    sentence: str
    language: str = "en"


def names(number: int) -> Iterator[Secret]:
    """Names of persons in sentences of all three languages, each surname once."""
    for i in range(number):
        language = ("en", "uk", "ru")[i % 3]
        onset, middle, turn = _ONSETS[i % 20], _MIDDLES[(i // 20) % 8], i // 160
        if language == "en":
            surname = onset + middle + _LATIN[(i + turn) % 5]
        else:
            surname = (onset + middle).lower().translate(_TABLE).capitalize() + _CYRILLIC[(i + turn) % 5]
        given = GIVEN[language][i % 8]
        template = SENTENCES[language][i % len(SENTENCES[language])]
        secret = surname.upper() if "{u}" in template else surname
        yield Secret(secret, template.format(n=f"{given} {surname}", s=surname, u=f"{given} {surname}".upper()), language)


def contacts() -> Iterator[Secret]:
    """Telephone numbers, addresses of all kinds, handles, plates, file names, coordinates in running text."""
    for i in range(50):
        yield Secret(f"+380 67 {200 + i} {10 + i:02d} 4{i % 10}", f"Call +380 67 {200 + i} {10 + i:02d} 4{i % 10} for news of the wounded.")
    for i in range(15):
        yield Secret(f"(0{50 + i}) {300 + i}-2{i % 10}-71", f"Her number is (0{50 + i}) {300 + i}-2{i % 10}-71, relatives said.")
    for i in range(35):
        yield Secret(f"zorv{i}.qy@mailhost{i}.example.com", f"Photos were sent from zorv{i}.qy@mailhost{i}.example.com on Thursday.")
    for i in range(40):
        yield Secret(f"@zorvan_{i}_qq", f"The post by @zorvan_{i}_qq shows the smoke over Lozova.")
    for i in range(30):
        yield Secret(f"t.me/zorvchat{i}/77{i}", f"It was first told at https://t.me/zorvchat{i}/77{i} by residents.")
    for i in range(15):
        yield Secret(f"AX {4100 + i} BK", f"A car with the plate AX {4100 + i} BK was burned out.")
    for i in range(20):
        yield Secret(f"IMG_zorv_{9000 + i}.jpg", f"The picture IMG_zorv_{9000 + i}.jpg shows the crater.")
    for i in range(20):
        yield Secret(f"49.{10000 + 37 * i}", f"The shell fell at 49.{10000 + 37 * i}, 36.{20000 + 41 * i} near the yard.")
    for i in range(15):
        yield Secret(f"Zorvanska Street, {30 + i}", f"It hit the flat at Zorvanska Street, {30 + i} in Lozova.")
    for i in range(10):
        yield Secret(f"вул. Зорванська, {50 + i}", f"Влучання зафіксовано за адресою вул. Зорванська, {50 + i} у Лозовій.", "uk")


SECRETS = (*names(200), *contacts())
FIELDS = 50
"""Secrets that stand in fields instead of sentences, ten of each kind of field."""


def field_secrets() -> list[str]:
    """Secrets for fields that hold no sentence: publishers, origins, items, notes, rules, candidates, parties, points."""
    return [f"Qorv{_MIDDLES[i % 8]}{_ONSETS[i % 20].lower()}{'abcde'[i % 5]}ynska" for i in range(FIELDS)]


def points() -> list[tuple[float, float]]:
    """Points that only the house may know, near Lozova."""
    return [(round(48.8901234 + i * 0.0011117, 7), round(36.3101234 + i * 0.0013337, 7)) for i in range(20)]


def build() -> CaseView:
    """One document for ten secrets, with a claim for each sentence."""
    documents, statements, claims, incidents = [], {}, [], []
    fields, spots = field_secrets(), points()
    for number in range(0, len(SECRETS), 10):
        group = SECRETS[number : number + 10]
        made, said, told = _document(number // 10, group, fields, spots)
        documents.append(made)
        statements[made.identifier] = said
        claims += told
        incidents.append(_incident(made.identifier, told))
    return CaseView(
        tuple(documents), statements, tuple(claims), _series(documents[0]), tuple(incidents), _contradictions(documents, claims),
        tuple(Problem("WM209", f"damaged: {f}.zip", f"/home/{f}/{f}.zip") for f in fields[:10]), Totals(45, 45),
        LedgerHead(9, "ab" * 32), f"reader by {fields[0]}", captured={d.capture: dt.datetime(2024, 4, 20, tzinfo=dt.UTC) for d in documents},
    )  # fmt: skip


def _document(
    number: int, group: tuple[Secret, ...], fields: list[str], spots: list[tuple[float, float]]
) -> tuple[Document, tuple[Statement, ...], list[IncidentClaim]]:
    mine = [fields[(number * 7 + k) % FIELDS] for k in range(9)]
    head = group[0].sentence
    lines = [head, *(s.sentence for s in group), f"alt: portrait of {mine[0]} <!-- {mine[1]} -->"]
    text = "\n".join(lines) + "\n"
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    identifier = f"doc-{number:016x}"
    published = Mention(DateValue(DAY, DAY, "T2", "stated"), None, "", mine[2])
    document = Document(
        identifier, hashlib.sha256(text.encode()).hexdigest(), f"{mine[3]}.txt", text, hashlib.sha256(text.encode()).hexdigest(),
        (Part("headline", spans[0]), Part("body", Span(spans[1].start, spans[-2].end)), Part("hidden", spans[-1], mine[4])), group[1].language, "read",
        "utf-8", "declared", f"https://news-{number}.example.org/story/{mine[5].lower()}-killed", f"{mine[6]} {mine[7]}",
        "national_media" if number % 2 else "social_post_channel", published, "metadata", OffsetMap(), (Problem("WM207", mine[8], mine[8]),),
    )  # fmt: skip
    said = tuple(
        Statement(s, n, "body", "attributed", Speaker(s.of(text)[:9], Span(s.start, s.start + 9), "eyewitness"), rule=mine[0])
        for n, s in enumerate(spans[1:-1])
    )
    claims = [_claim(number * 10 + n, identifier, text, s, mine, spots[(number + n) % len(spots)]) for n, s in enumerate(spans[1:-1])]
    return document, said, claims


def _claim(number: int, document: str, text: str, span: Span, mine: list[str], spot: tuple[float, float]) -> IncidentClaim:
    words = Span(span.start, span.start + 12)

    def said(value: object, where: Span = words) -> Mention[object]:
        return Mention(
            value, where, where.of(text), f"rule {mine[0]}", 1.0, "attributed", words, (Candidate(mine[1], 1.0, (mine[2],), mine[3]),)
        )

    amount = Quantity(1, 1, "eq", mine[4])
    place = PlaceValue(f"house of {mine[5]}", "UA", mine[6], spot[0], spot[1], "P0", f"local:{mine[7]}", mine[8], radius_km=0.01)
    return IncidentClaim(
        f"c-{number:012x}", document, said("shelling.unspecified"), "attributed", (span,), said(ActorValue(f"{mine[0]} {mine[1]}", "unknown")),
        (), (said(ObjectValue("residential")),), said(place), said(DateValue(DAY, DAY, "T2", "stated")), said(amount), None,
        (said(BreakdownValue("killed", "women", amount)),), (said(mine[2]),), said(mine[3], span), "civilian",
        (("killed", said(HarmValue("killed", mine[4], Quantity(None, None, "eq", mine[5], vague=mine[6])))),),
    )  # type: ignore[arg-type]  # fmt: skip


def _incident(document: str, claims: list[IncidentClaim]) -> Incident:
    bound = Bound(1, claims[0].identifier)
    fields = field_secrets()
    toll = TollRange(bound, bound, bound, (fields[int(document[-2:], 16) % FIELDS],))
    return Incident(
        f"i-{document[-12:]}", tuple(c.identifier for c in claims), "shelling.unspecified", toll, TollRange(None, None, None), ()
    )


def _series(document: Document) -> tuple[SeriesClaim, ...]:
    span = Span(0, document.text.index("\n"))
    amount = Quantity(40, 40, "eq", field_secrets()[3])
    return (
        SeriesClaim(
            "s-000000000001",
            document.identifier,
            span,
            span.of(document.text),
            "attack",
            amount,
            "day",
            "eq",
            "up",
            "asserted",
            field_secrets()[4],
        ),
    )


def _contradictions(documents: list[Document], claims: list[IncidentClaim]) -> tuple[Contradiction, ...]:
    first, second = documents[0], documents[1]
    spans = Span(0, first.text.index("\n")), Span(0, second.text.index("\n"))
    return (
        Contradiction(
            "x-000000000001", "killed", "between_documents", (first.identifier, second.identifier), spans,
            (spans[0].of(first.text), spans[1].of(second.text)), f"{field_secrets()[5]} says otherwise", (claims[0].identifier, claims[10].identifier), "t",
        ),
    )  # fmt: skip
