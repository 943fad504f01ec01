"""The words that a publication may show: for each document the cited passages, with names, contacts, ages and hidden places taken out."""

from __future__ import annotations

import bisect
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from witnessmark.model import ActorValue, Document, MunitionValue, PlaceValue, Span
from witnessmark.publish.redaction import lexicon
from witnessmark.publish.redaction.ages import find_ages
from witnessmark.publish.redaction.contacts import find_contacts
from witnessmark.publish.redaction.flags import Decided
from witnessmark.publish.redaction.names import Knowledge, common_words, find_known, find_names, tokens_of
from witnessmark.publish.redaction.passages import Change, Rewritten, merged
from witnessmark.publish.redaction.places import is_row
from witnessmark.publish.redaction.policy import Policy
from witnessmark.publish.view import AnyMention, CaseView, citations, claim_fields
from witnessmark.vocabulary import identifiers

SILENT = "[words withheld]"
"""The whole text of a document that shows no words; every span leads to it."""

NAME, PLACE = "[name withheld]", "[place withheld]"
OFFICIALS = frozenset({"military_official", "civil_official", "UN_or_IGO", "court", "armed_group"})
"""Source types whose speakers may be kept by name."""

_FOREIGN = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Texts:
    """The new text of every document by id; None for a silent one. ``withheld`` counts what was taken out, by kind."""

    rewritten: dict[str, Rewritten | None]
    withheld: Counter[str]
    common: frozenset[str]
    places: frozenset[str]
    names: frozenset[str]


def rewrite_texts(view: CaseView, policy: Policy, decided: Decided) -> Texts:
    """The published texts of ``view``."""
    withheld: Counter[str] = Counter()
    spans = _cited(view, decided)
    source = view.document_by_id
    common = common_words([s.of(source[d].text) for d, several in spans.items() for s in several])
    kept = _kept(view, policy)
    hidden = _hidden_places(view, decided)
    places = _places(view)
    found = _find_all(spans, source, kept, policy, common, places) if policy.names == "withhold" else {}
    names = _names_alone(found, source, common, places)
    out: dict[str, Rewritten | None] = {}
    for document in view.documents:
        if document.identifier in decided.silent:
            out[document.identifier] = None
            withheld["documents without words"] += 1
            continue
        spots, words = kept.get(document.identifier, ((), frozenset()))
        rewriter = Rewriter(
            policy,
            hidden.get(document.identifier, frozenset()),
            spots,
            common,
            words,
            places,
            names,
            found.get(document.identifier, {}),
            withheld,
        )
        out[document.identifier] = Rewritten(document.text, spans.get(document.identifier, ()), rewriter)
    return Texts(out, withheld, common, places, names)


def _cited(view: CaseView, decided: Decided) -> dict[str, list[Span]]:
    """What is cited of each document that may show words, as passages: the headline, and every span that a record rests on."""
    out: dict[str, list[Span]] = {}
    for cited in citations(view):
        if cited.document not in decided.silent:
            out.setdefault(cited.document, []).append(cited.span)
    for document in view.documents:
        head = document.headline
        if document.identifier in out:
            around = _around(out[document.identifier], [s.span for s in view.statements.get(document.identifier, ())])
            out[document.identifier] = [*out[document.identifier], *around, *([head] if head is not None else [])]
    return {name: merged(spans) for name, spans in out.items()}


def _around(cited: list[Span], statements: list[Span]) -> Iterator[Span]:
    """The statements that cited words stand in: words without their sentence can be neither read nor judged."""
    ordered = sorted(statements)
    starts = [s.start for s in ordered]
    for span in cited:
        for i in range(max(0, bisect.bisect_right(starts, span.start) - 1), bisect.bisect_left(starts, span.end)):
            if ordered[i].overlaps(span):
                yield ordered[i]


Kept = Mapping[str, tuple[tuple[tuple[int, int], ...], frozenset[str]]]


def _kept(view: CaseView, policy: Policy) -> Kept:
    """By document: spans that stay (places and parties that the reader knows) and the words of officials' names."""
    texts = view.document_by_id
    spots: dict[str, list[tuple[int, int]]] = {}
    words: dict[str, set[str]] = {}
    for claim in view.claims:
        for _, mention in claim_fields(claim):
            if mention.span is not None and _stays(mention, texts[claim.document].text):
                spots.setdefault(claim.document, []).append((mention.span.start, mention.span.end))
    if policy.keep_officials:
        for document in view.documents:
            for statement in view.statements.get(document.identifier, ()):
                speaker = statement.speaker
                if speaker is not None and speaker.span is not None and speaker.kind in OFFICIALS:
                    named = _official(speaker.span.of(document.text))
                    words.setdefault(document.identifier, set()).update(named)
    return {d: (tuple(spots.get(d, ())), frozenset(words.get(d, ()))) for d in spots.keys() | words.keys()}


_LOCATIVE = re.compile(r"(?:^|\W)(?:in|near|at|on|outside|у|в|під|біля|поблизу|возле|под|на)\s$", re.IGNORECASE)


def _stays(mention: AnyMention, text: str) -> bool:
    """Words that the reader tied to the gazetteer, a listed party or a weapon are kept; where they are a given name too, only a place after
    a preposition of place is."""
    value, given = mention.value, any(lexicon.is_given(w) for w in tokens_of(mention.quote))
    if isinstance(value, PlaceValue):
        start = mention.span.start if mention.span is not None else 0
        return is_tied(value, mention.quote) and (not given or _LOCATIVE.search(text, max(0, start - 9), start) is not None)
    if isinstance(value, ActorValue):
        return not given and value.name in lexicon.known_parties()
    return isinstance(value, MunitionValue) and value.weapon in identifiers("weapon") and not given


def is_tied(value: PlaceValue, quote: str) -> bool:
    """Is ``value`` a row of our gazetteer, and are the words a name that the gazetteer knows?"""
    return value.resolved and is_row(value.gazetteer_id) and all(map(lexicon.is_place, tokens_of(quote)))


def _places(view: CaseView) -> frozenset[str]:
    """Words and stems of the places that the case ties to the gazetteer, without those that are given names or pieces of other words."""
    out: set[str] = set()
    for claim in view.claims:
        for _, mention in claim_fields(claim):
            value = mention.value
            if isinstance(value, PlaceValue) and is_tied(value, mention.quote):
                words = [w for w in (*tokens_of(mention.quote), *tokens_of(value.name)) if not lexicon.is_given(w)]
                out.update(words)
                out.update(lexicon.stem_of(w) for w in words if not w.isascii())
    return frozenset(out)


def _official(words: str) -> frozenset[str]:
    """The words of the name in "Governor Jane Roe"; none when the words also point to a private person ("the mayor's wife")."""
    tokens = [lexicon.folded(w) for w in _WORDS.findall(words)]
    if not any(map(lexicon.is_office, tokens)) or any(lexicon.points_to_person(t) and not lexicon.is_office(t) for t in tokens):
        return frozenset()
    return frozenset(lexicon.folded(w) for w in _WORDS.findall(words) if w[0].isupper())


def _hidden_places(view: CaseView, decided: Decided) -> dict[str, frozenset[str]]:
    """By document: stems of the names of places that no words may give away, because a sensitive object was hit there."""
    out: dict[str, set[str]] = {}
    for incident in view.incidents:
        if not decided.incidents[incident.identifier].sensitive:
            continue
        members = view.claims_of(incident)
        stems = {stem for c in members for stem in _place_stems(c.place)}
        for claim in members:
            out.setdefault(claim.document, set()).update(stems)
    return {name: frozenset(stems) for name, stems in out.items()}


def _place_stems(place: AnyMention | None) -> Iterator[str]:
    if place is None or place.value.precision >= "P5":
        return
    for word in (*tokens_of(place.quote), *tokens_of(place.value.name)):
        yield lexicon.stem_of(word)


Found = Mapping[str, Mapping[int, list[tuple[int, int]]]]
"""By document and start of a passage: what is withheld in it, in offsets of the passage."""


def _find_all(
    spans: Mapping[str, list[Span]],
    source: Mapping[str, Document],
    kept: Kept,
    policy: Policy,
    common: frozenset[str],
    places: frozenset[str],
) -> Found:
    """Names in every passage, each passage judged by itself."""
    known = frozenset(map(str.lower, policy.known))
    out: dict[str, dict[int, list[tuple[int, int]]]] = {}
    for name, several in spans.items():
        spots, words = kept.get(name, ((), frozenset()))
        for passage in several:
            here = tuple((a - passage.start, b - passage.start) for a, b in spots if passage.start <= a < passage.end)
            text = passage.of(source[name].text)
            out.setdefault(name, {})[passage.start] = list(find_names(text, Knowledge(here, common, words | known, places)))
    return out


def _names_alone(found: Found, source: Mapping[str, Document], common: frozenset[str], places: frozenset[str]) -> frozenset[str]:
    """Words of names that are nothing else: they go wherever they stand in the case, however they stand there."""
    words = {
        word
        for name, passages in found.items()
        for at, spans in passages.items()
        for start, end in spans
        for word in tokens_of(source[name].text[at + start : at + end])
    }
    return frozenset(w for w in words if _only_a_name(w, common, places))


def _only_a_name(word: str, common: frozenset[str], places: frozenset[str]) -> bool:
    if word in common or word in places or lexicon.stem_of(word) in places:
        return False
    return not lexicon.is_known(word) and not lexicon.opens_sentences(word) and not lexicon.points_to_person(word)


@dataclass(frozen=True, slots=True)
class Rewriter:
    """Gives the changes of one document's passages. ``hidden`` are stems of places, ``kept`` spans and ``officials`` words that stay."""

    policy: Policy
    hidden: frozenset[str]
    kept: tuple[tuple[int, int], ...]
    common: frozenset[str]
    officials: frozenset[str]
    places: frozenset[str]
    names: frozenset[str]
    found: Mapping[int, list[tuple[int, int]]]
    withheld: Counter[str]

    def __call__(self, text: str, at: int) -> Iterable[Change]:
        """The changes of ``text``, which begins at ``at`` in the document (-1: kept spans do not apply)."""
        for change, kind in self._found(text, at):
            self.withheld[kind] += 1
            yield change

    def _found(self, text: str, at: int) -> Iterator[tuple[Change, str]]:
        if self.policy.contacts:
            for start, end, kind in find_contacts(text):
                yield Change(start, end, f"[{kind} withheld]"), "contacts"
        if self.policy.bands:
            for start, end, band in find_ages(text, self.policy.bands):
                yield Change(start, end, band), "ages"
        for start, end in self._hidden(text):
            yield Change(start, end, PLACE), "sensitive places"
        if self.policy.names == "withhold":
            for start, end in self._names(text, at):
                yield Change(start, end, NAME), "names"
            for start, end in _foreign(text):
                yield Change(start, end, "[words withheld]"), "words in scripts that are not read"

    def _names(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        if at in self.found:
            taken = self.found[at]
            yield from taken
            kept = [(a - at, b - at) for a, b in self.kept]
            for start, end in find_known(text, self.names):
                if not any(a <= start and end <= b for a, b in (*taken, *kept)) and lexicon.folded(text[start:end]) not in self.officials:
                    yield start, end
            return
        known = self.officials | frozenset(map(str.lower, self.policy.known))
        yield from find_names(text, Knowledge((), self.common, known, self.places, self.names))

    def _hidden(self, text: str) -> Iterator[tuple[int, int]]:
        if not self.hidden:
            return
        lengths = {len(stem) for stem in self.hidden}
        for found in _WORDS.finditer(text):
            if not found[0].islower():
                word = lexicon.folded(found[0])
                parts = (word, *word.split("-")) if "-" in word else (word,)
                if any(part[:n] in self.hidden for part in parts for n in lengths):
                    yield found.span()


def _foreign(text: str) -> Iterator[tuple[int, int]]:
    """Words in scripts without capitals that the recogniser can go by."""
    if text.isascii():
        return
    for found in _FOREIGN.finditer(text):
        letter = found[0][0]
        if (
            ord(letter) > 0x24F
            and not ("\u0370" <= letter <= "\u052f" or "\u1e00" <= letter <= "\u1fff")
            and unicodedata.category(letter) in ("Lo", "Lm")
        ):
            yield found.span()
