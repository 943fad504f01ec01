"""How long a publication of everything takes: a made-up case of N incidents (100,000 unless told otherwise), redacted and written.

python evals/bench_publish.py [N] [--without PART ...]
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from witnessmark.claims.places.pack import Place, default_gazetteer
from witnessmark.model import (
    ActorValue,
    Bound,
    BreakdownValue,
    DateValue,
    Document,
    Incident,
    IncidentClaim,
    Mention,
    MunitionValue,
    ObjectValue,
    Part,
    PlaceValue,
    Quantity,
    Span,
    Speaker,
    Statement,
    TollRange,
    mention,
)
from witnessmark.publish.publication import PARTS, publish
from witnessmark.publish.redaction import load_policy, redact
from witnessmark.publish.view import CaseView, LedgerHead, Totals

FIRST = dt.date(2022, 2, 24)
OUTLETS = [
    f"{name} {kind}" for name in ("Dnipro", "Kharkiv", "Odesa", "Black Sea", "Northern", "Central") for kind in ("News", "Times", "Radio")
]
ACTS = (
    ("shelling.artillery", "Artillery fire"),
    ("strike.drone", "A drone"),
    ("strike.missile", "A missile"),
    ("strike.air", "An air strike"),
)
OBJECTS = (
    ("residential", "a house"),
    ("education", "a school"),
    ("transport", "a bus"),
    ("commerce_industry", "a warehouse"),
    ("health", "a clinic"),
)


def places() -> list[Place]:
    """Settlements of Ukraine."""
    gazetteer = default_gazetteer()
    rows = (gazetteer.place(row) for row in range(len(gazetteer)))
    return [p for p in rows if p.country == "UA" and p.feature.startswith("PPL")][:6000]


def build(number: int) -> CaseView:
    """A case of ``number`` incidents: three to a document, every other one told by a second document."""
    draw = random.Random(7)
    known = places()
    documents: list[Document] = []
    statements: dict[str, tuple[Statement, ...]] = {}
    claims: list[IncidentClaim] = []
    members: dict[int, list[IncidentClaim]] = {}
    events = [
        (draw.choice(known), FIRST + dt.timedelta(days=draw.randrange(1300)), draw.choice(ACTS), draw.choice(OBJECTS))
        for _ in range(number)
    ]
    told = [*range(number), *range(0, number, 2)]
    for start in range(0, len(told), 3):
        made, said, several = _document(len(documents), told[start : start + 3], events, draw)
        documents.append(made)
        statements[made.identifier] = said
        for event, claim in zip(told[start : start + 3], several, strict=True):
            claims.append(claim)
            members.setdefault(event, []).append(claim)
    incidents = tuple(_incident(n, members[n]) for n in range(number))
    captured = {d.capture: dt.datetime(2026, 1, 1, tzinfo=dt.UTC) for d in documents}
    totals = Totals(len(documents), len(documents))
    return CaseView(tuple(documents), statements, tuple(claims), (), incidents, (), (), totals, LedgerHead(9, "ab" * 32), captured=captured)


Event = tuple[Place, dt.date, tuple[str, str], tuple[str, str]]


def _document(
    number: int, told: list[int], events: list[Event], draw: random.Random
) -> tuple[Document, tuple[Statement, ...], list[IncidentClaim]]:
    lines = [f"Attacks on {events[told[0]][0].name} and elsewhere"]
    for n in told:
        place, day, (_, weapon), (_, thing) = events[n]
        lines.append(
            f"{weapon} hit {thing} in {place.name} on {day.day} {day:%B %Y}, killing {1 + n % 5} people, Governor Qorvan Testenko said."
        )
        lines.append("Neighbours said that Zorvana Brimkova, 34, had been asleep when it came down.")
    text = "\n".join(lines) + "\n"
    identifier = f"doc-{number:016x}"
    spans = list(_lines(text))
    published = Mention(DateValue(events[told[-1]][1], events[told[-1]][1], "T2", "stated"), None, "", "bench")
    document = Document(
        identifier, hashlib.sha256(text.encode()).hexdigest(), "", text, hashlib.sha256(text.encode()).hexdigest(),
        (Part("headline", spans[0]), Part("body", Span(spans[1].start, len(text)))), "en", "read", "utf-8", "declared",
        f"https://news.example.org/attack-{number}", draw.choice(OUTLETS), "national_media", published, "metadata",
    )  # fmt: skip
    said = tuple(Statement(s, i, "body", "attributed", _speaker(text, s), rule="bench") for i, s in enumerate(spans[1:]))
    return document, said, [_claim(n, identifier, text, spans[1 + 2 * i], spans[2 + 2 * i], events[n]) for i, n in enumerate(told)]


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.splitlines():
        yield Span(at, at + len(line))
        at += len(line) + 1


def _speaker(text: str, span: Span) -> Speaker | None:
    at = text.find("Governor", span.start, span.end)
    return Speaker(text[at : span.end - 6], Span(at, span.end - 6), "civil_official") if at >= 0 else None


def _claim(n: int, document: str, text: str, first: Span, second: Span, event: Event) -> IncidentClaim:
    place, day, (act, weapon), (kind, thing) = event
    here = mention_in(text, first)
    where = PlaceValue(
        place.name, "UA", None, place.latitude + 0.01, place.longitude + 0.01, "P1", place.identifier, place.feature, radius_km=1.0
    )  # fmt: skip
    toll = Quantity(1 + n % 5, 1 + n % 5, "eq", str(1 + n % 5))
    return IncidentClaim(
        f"c-{hashlib.sha256(f'{document} {n}'.encode()).hexdigest()[:12]}", document, here(weapon, act), "attributed", (first, second),
        here("Governor", ActorValue("Russia", "state")), (here(weapon, MunitionValue("mortar", None)),), (here(thing, ObjectValue(kind)),),
        here(place.name, where), here(f"{day:%Y}", DateValue(day, day, "T2", "stated")), here(f"{1 + n % 5} people", toll), None,
        (here("people", BreakdownValue("killed", "civilians", toll)),),
    )  # fmt: skip


def mention_in(text: str, inside: Span):  # type: ignore[no-untyped-def]
    """Makes mentions of words of one sentence."""

    def make(words: str, value: object) -> Mention[object]:
        start = text.index(words, inside.start)
        return mention(value, Span(start, start + len(words)), text, "bench")

    return make


def _incident(n: int, members: list[IncidentClaim]) -> Incident:
    bound = Bound(1 + n % 5, members[0].identifier)
    return Incident(
        f"i-{n:012x}", tuple(c.identifier for c in members), members[0].act.value, TollRange(bound, bound, bound), TollRange(None, None, None),
        (("place", members[0].identifier), ("date", members[0].identifier)),
    )  # fmt: skip


def main() -> None:
    """Build, redact, write, and print the seconds of each part."""
    parser = argparse.ArgumentParser()
    parser.add_argument("number", nargs="?", type=int, default=100_000)
    parser.add_argument("--without", nargs="*", default=[])
    options = parser.parse_args()
    view = build(options.number)
    print(f"{options.number} incidents, {len(view.claims)} claims, {len(view.documents)} documents, {view.statement_count} statements")
    print("seconds of CPU; a busy machine takes longer by the clock")
    print(f"memory with the case {_memory():.2f} GB", flush=True)
    clock, began = time.perf_counter(), _cpu()
    held = [view]
    del view  # as a case does: what was read is let go of as it is redacted
    shared = redact(held.pop, load_policy())
    print(f"redact {_cpu() - began:.1f} s, memory {_memory():.2f} GB, {dict(shared.withheld)}", flush=True)
    for name, part in list(PARTS.items()):
        PARTS[name] = _timed(name, part)
    with tempfile.TemporaryDirectory() as folder:
        paths = publish(shared, Path(folder) / "out", without=options.without)
        size = sum(p.stat().st_size for p in paths)
    print(f"all {_cpu() - began:.1f} s of CPU, {time.perf_counter() - clock:.1f} s by the clock, {len(paths)} files, {size / 1e6:.0f} MB")
    other = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
    print(f"peak memory {_memory():.2f} GB, of the second process {other:.2f} GB, part of which both share")


def _cpu() -> float:
    """Seconds of CPU of this process and of those that ended."""
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _timed(name, part):  # type: ignore[no-untyped-def]
    def run(facts, account):  # type: ignore[no-untyped-def]
        began = time.process_time()
        yield from part(facts, account)
        print(f"{name} {time.process_time() - began:.1f} s", flush=True)

    return run


if __name__ == "__main__":
    main()
