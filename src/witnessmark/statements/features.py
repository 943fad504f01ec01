"""What the modality model sees of a statement, as names of features that are present.

All features are yes or no. Words with a capital are left out (and training keeps only words that it has seen without one), so that the label
cannot depend on who is talked about.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.statements.attribution import Attribution
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import Cue

_QUOTES = frozenset('"“”„«»')
_END_MARKS = frozenset("?!.…")
_HAD = frozenset({"had", "'d"})
_HAVE = frozenset({"has", "have"})
_PARTICIPLE = ("ed", "en", "wn", "ne")
_PRESENT = frozenset({"is", "are", "has", "have", "does", "do", "am", "says", "say"})
_PAST = frozenset({"was", "were", "did"})
OLD = frozenset({"year.past", "date.old", "back.years", "back.months"})
_FIRST_PERSON = frozenset({"our", "ours", "we", "us"})
_CONDITIONAL = frozenset({"would", "could", "might"})
_INVERTED = frozenset({"had", "should", "were"})
_NUMERALS = frozenset(
    {
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "dozen",
        "dozens",
        "hundreds",
        "scores",
        "thousands",
    }
)
_FRONT = 8  # Tokens within which a verb of saying stands in front of what is said.
_PARAGRAPH = 6  # Statements looked back over, at most.
_OFFICIALS = frozenset({"civil_official", "military_official"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What a document says about all of its statements.

    ``publisher`` holds the lower-cased words of the publisher's name; ``lead_old`` is True when the lead itself tells of older days, as reports
    of inquiries do.
    """

    publisher_type: str | None
    publisher: frozenset[str]
    sentences: int
    lead_old: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A statement before it has a label: tokens ``first`` .. ``last`` (excluded) of sentence ``index``.

    ``continued`` is True for the second and later clauses of a sentence. ``fresh`` is True for the first sentence of a paragraph. ``signs`` are
    those of :func:`witnessmark.statements.timing.time_signs`.
    """

    first: int
    last: int
    index: int
    part: str
    fresh: bool
    continued: bool
    cues: tuple[Cue, ...]
    said: tuple[Attribution, ...]
    signs: frozenset[str]


def features(tokens: Sequence[Token], pieces: Sequence[Piece], at: int, scene: Scene) -> set[str]:
    """The names of the features of ``pieces[at]``."""
    piece = pieces[at]
    run = tokens[piece.first : piece.last]
    words = [t.lower for t in run]
    names = set(_cue_features(piece))
    names.update(_said_features(tokens, piece, scene))
    names.update(_condition_features(words))
    names.update(_count_features(tokens, piece))
    names.update(_shape_features(words, sum(t.kind == "number" for t in run)))
    names.update(_tense_features(words))
    names.update(_place_features(piece, scene))
    names.update(_time_features(pieces, at, scene))
    names.update(_word_features(run))
    if at > 0 and pieces[at - 1].said and not piece.said:
        names.add("carry")
    return names


def _time_features(pieces: Sequence[Piece], at: int, scene: Scene) -> Iterator[str]:
    """Signs of time in the piece, and whether its paragraph has spoken of older days before."""
    piece = pieces[at]
    own = piece.signs
    yield from (f"t:{sign}" for sign in own)
    if own & OLD:
        yield "old"
        yield f"old&lead:{'old' if scene.lead_old else 'new'}"
        yield f"old&{'said' if piece.said else 'bare'}"
    if at + 1 < len(pieces) and not pieces[at + 1].fresh and not own and pieces[at + 1].signs & OLD:
        yield "ahead:old"
    start = at
    while start > 0 and not pieces[start].fresh and at - start < _PARAGRAPH:
        start -= 1
    if any(p.signs & OLD for p in pieces[start:at]):
        yield "paragraph:old"
        yield f"paragraph:old&{'said' if piece.said else 'bare'}"
        if not own:
            yield "paragraph:old&undated"


def _cue_features(piece: Piece) -> Iterator[str]:
    for cue in piece.cues:
        front = cue.first <= piece.first + 1
        for kind in cue.kinds:
            if kind != "imperative":
                yield f"k:{kind}"
                if front:
                    yield f"k0:{kind}"
            elif cue.first == piece.first:
                yield "k0:imperative"


def _said_features(tokens: Sequence[Token], piece: Piece, scene: Scene) -> Iterator[str]:
    if not piece.said:
        yield "said:none"
        return
    if any(is_self(tokens, a, scene) for a in piece.said):
        yield "src:self"
    yield f"said:{min(len(piece.said), 2)}"
    for number, a in enumerate(piece.said):
        yield f"said:{a.kind}"
        yield f"src:{a.source_type or ('pronoun' if a.pronoun else 'none')}"
        if a.inverted:
            yield "said:inverted"
        if a.source is None:
            yield "said:carried"
        for kind in a.classes:
            yield f"v:{kind}"
            if number == 0:
                yield f"v1:{kind}"
    if piece.said[0].cue[0] - piece.first <= _FRONT and not piece.said[0].inverted:
        yield "said:front"
    else:
        yield "said:back"


def is_self(tokens: Sequence[Token], said: Attribution, scene: Scene) -> bool:
    """True when the publisher cites itself: its name, or the first person."""
    if said.source is None:
        return False
    words = {t.lower for t in tokens[said.source[0] : said.source[1]] if t.kind == "word" and len(t.text) > 2}
    return bool(words & _FIRST_PERSON) or (bool(words) and len(words & scene.publisher) >= max(2, len(words) - 1))


def _condition_features(words: Sequence[str]) -> Iterator[str]:
    """Conditions by word order: "Had it ...", "Should it ...", "If ... would"."""
    present = set(words)
    first = next((word for word in words if word not in _QUOTES), "")
    if first in _INVERTED and "?" not in present:
        yield "condition:inverted"
    modal = not present.isdisjoint(_CONDITIONAL)
    if "if" in present or "unless" in present:
        yield f"condition:if&{'modal' if modal else 'plain'}"
        if first in ("if", "unless"):
            yield f"condition:first&{'modal' if modal else 'plain'}"
    elif modal:
        yield "modal"


def _count_features(tokens: Sequence[Token], piece: Piece) -> Iterator[str]:
    """Counts of munitions or attacks, as against counts of people."""
    for cue in piece.cues:
        if "salvo" in cue.kinds and any(
            t.kind == "number" or t.lower in _NUMERALS for t in tokens[max(piece.first, cue.first - 3) : cue.first]
        ):
            yield "salvo"
            yield f"salvo&{'said' if piece.said else 'bare'}"


def _shape_features(words: Sequence[str], numbers: int) -> Iterator[str]:
    tail = next((word for word in reversed(words) if word not in _QUOTES), "")
    if tail in ("?", "!"):
        yield f"end:{tail}"
    if words[0] in _QUOTES:
        yield "quote:first"
    if not _QUOTES.isdisjoint(words):
        yield "quote"
    if ":" in words:
        yield "colon"
    length = len(words)
    yield f"length:{0 if length < 8 else 1 if length < 15 else 2 if length < 30 else 3}"
    if numbers:
        yield f"numbers:{min(numbers, 3)}"


def _tense_features(words: Sequence[str]) -> Iterator[str]:
    if not _HAD.isdisjoint(words[1:]):
        yield "tense:had"
    if not _PRESENT.isdisjoint(words):
        yield "tense:present"
        if any(w in _HAVE and v.endswith(_PARTICIPLE) for w, v in itertools.pairwise(words)):
            yield "tense:perfect"
    if not _PAST.isdisjoint(words) or any(w.endswith("ed") for w in words):
        yield "tense:past"


def _place_features(piece: Piece, scene: Scene) -> Iterator[str]:
    yield f"part:{piece.part}"
    if piece.continued:
        yield "continued"
    if piece.fresh:
        yield "fresh"
    if piece.part != "headline":
        share = piece.index / max(scene.sentences, 1)
        yield f"at:{0 if piece.index <= 1 else 1 if share < 0.35 else 2 if share < 0.7 else 3}"
        if piece.index >= scene.sentences - 3:
            yield "at:end"
    if scene.publisher_type is not None:
        yield "pub:official" if scene.publisher_type in _OFFICIALS else "pub:other"
        yield f"pub:{scene.publisher_type}&{'said' if piece.said else 'bare'}"


def _word_features(run: Sequence[Token]) -> Iterator[str]:
    """The first word, and the other words that have no capital; in shouted text all of them.

    Pairs of words were tried and left out: no gain in cross-validation, at twice the size.
    """
    shouted = not any(t.text.islower() for t in run)
    yield f"w0:{'<n>' if run[0].kind == 'number' else run[0].lower}"
    for token in run[1:]:
        if token.kind == "word" and (shouted or not token.text[0].isupper()):
            yield f"w:{token.lower}"
