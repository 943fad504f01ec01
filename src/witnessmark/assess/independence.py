"""Who is behind the claims of an incident: copies, quotes of one official, one speaker in many outlets.

What several outlets have from one speaker is one source. So each claim is led back to whom it has it from, and only these are counted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from witnessmark.incidents.wording import Wording
from witnessmark.incidents.wording.bags import resemblance
from witnessmark.model import IncidentClaim
from witnessmark.model.assessments import Origin, Telling

COPY_AT = 0.5
"""Share of equal word sequences from which on the later of two texts is a copy. Reports of one shooting by two outlets share .02 at the median and
.3 at the 95th percentile; the same wire text cut by an editor seldom less than .5."""

_UNNAMED = frozenset(
    [
        "official",
        "officials",
        "authorities",
        "authority",
        "source",
        "sources",
        "police",
        "witness",
        "witnesses",
        "resident",
        "residents",
        "local",
        "locals",
        "people",
        "media",
        "report",
        "reports",
        "statement",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "eyewitness",
        "eyewitnesses",
        "someone",
        "they",
        "he",
        "she",
        "it",
        "who",
    ]
)
"""Words that tell of a speaker without telling which one."""
_EMPTY = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "for",
        "to",
        "its",
        "their",
        "his",
        "her",
        "some",
        "several",
        "local",
        "state",
        "regional",
        "senior",
        "top",
        "s",
        "and",
    ]
)
_WORD = re.compile(r"[^\W_]+")
_SAME_NAME = 0.5
"""Least share of the shorter name's words that two namings of one speaker have in common."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the document of a claim."""

    publisher: str | None = None
    published: dt.date | None = None
    wording: Wording | None = None


def origins(claims: Sequence[IncidentClaim], sources: Mapping[str, Source]) -> tuple[Origin, ...]:
    """The original speakers behind ``claims``, those with most claims first; ``sources`` by document.

    The order of ``claims`` does not matter: documents are taken by their day of publication, the undated last.
    """
    ordered = sorted(claims, key=lambda c: (_source(sources, c).published or dt.date.max, c.document, c.identifier))
    originals = _originals(ordered, sources)
    found: list[tuple[str, str, frozenset[str], list[Telling]]] = []
    for claim in ordered:
        copied = originals.get(claim.document)
        if copied is None:
            name, kind, key = _origin(claim, _source(sources, claim))
            _put(found, name, kind, key, _telling(claim, sources, kind))
    for claim in ordered:
        copied = originals.get(claim.document)
        if copied is not None:
            _put_copy(found, claim, sources, *copied)
    made = [Origin(name, kind, tuple(tellings)) for name, kind, _, tellings in found]
    return tuple(sorted(made, key=lambda o: (not o.counts, -len(o.tellings), o.tellings[0].claim)))


def independent(found: Iterable[Origin]) -> int:
    """How many original speakers corroborate. Unnamed ones count together as one at most, and only where nobody else speaks."""
    listed = list(found)
    named = sum(o.counts for o in listed)
    return named or min(1, len(listed))


def _source(sources: Mapping[str, Source], claim: IncidentClaim) -> Source:
    return sources.get(claim.document, Source())


def _originals(ordered: Sequence[IncidentClaim], sources: Mapping[str, Source]) -> dict[str, tuple[str, float]]:
    """For each copied document the earliest one that it repeats, and how much of it."""
    documents = list(dict.fromkeys(c.document for c in ordered))
    told = {d: s.wording for d in documents if (s := sources.get(d)) is not None and s.wording is not None}
    out: dict[str, tuple[str, float]] = {}
    for at, document in enumerate(documents):
        for earlier in documents[:at]:
            if earlier in out or document not in told or earlier not in told:
                continue
            share = resemblance(told[earlier], told[document])
            if share >= COPY_AT:
                out[document] = (earlier, share)
                break
    return out


def _origin(claim: IncidentClaim, source: Source) -> tuple[str, str, frozenset[str]]:
    """Name, kind and key of whom ``claim`` has it from."""
    if claim.speaker is not None:
        words = frozenset(w for w in _WORD.findall(claim.speaker.quote.lower()) if w not in _EMPTY)
        if words - _UNNAMED:
            return claim.speaker.quote, "speaker", words
        return claim.speaker.quote, "unnamed", frozenset()
    if claim.modality.startswith("attributed"):
        return "someone who is not named", "unnamed", frozenset()
    outlet = source.publisher or claim.document
    return outlet, "outlet", frozenset({outlet.lower()})


def _put(found: list[tuple[str, str, frozenset[str], list[Telling]]], name: str, kind: str, key: frozenset[str], telling: Telling) -> None:
    for _, other, known, tellings in found:
        if kind == other and _one(known, key, kind):
            tellings.append(telling)
            return
    found.append((name, kind, key, [telling]))


def _one(one: frozenset[str], other: frozenset[str], kind: str) -> bool:
    """Whether two keys name one origin: all that are unnamed are one, outlets by name, speakers by most of the words of the shorter naming."""
    if kind != "speaker":
        return one == other
    return len(one & other) > _SAME_NAME * min(len(one), len(other)) and bool((one & other) - _UNNAMED)


def _put_copy(
    found: list[tuple[str, str, frozenset[str], list[Telling]]],
    claim: IncidentClaim,
    sources: Mapping[str, Source],
    original: str,
    share: float,
) -> None:
    home = next((t for *_, t in found if any(x.document == original for x in t)), None)
    source = _source(sources, claim)
    telling = Telling(claim.identifier, claim.document, source.publisher, source.published, "copy", "", original, round(share, 3))
    if home is None:  # The original's claim of this incident stands elsewhere: the copy still brings nothing of its own.
        found.append((original, "unnamed", frozenset({original}), [telling]))
    else:
        home.append(telling)


def _telling(claim: IncidentClaim, sources: Mapping[str, Source], kind: str) -> Telling:
    source = _source(sources, claim)
    how = {"outlet": "own", "speaker": "quoted", "unnamed": "unnamed"}[kind]
    quote = claim.speaker.quote if claim.speaker is not None else ""
    return Telling(claim.identifier, claim.document, source.publisher, source.published, how, quote)
