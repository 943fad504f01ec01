"""What the modality model sees of a statement, as names of features that are present.

All features are yes or no. Names of places, parties and people are masked, so that the label cannot depend on who is talked about.
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


def features(tokens: Sequence[Token], pieces: Sequence[Piece], at: int, scene: Scene) -> list[str]:
    """The names of the features of ``pieces[at]``, without repeats, in no order."""
    piece = pieces[at]
    names: set[str] = set()
    names.update(_cue_features(piece))
    names.update(_said_features(tokens, piece, scene))
    names.update(_condition_features(tokens, piece))
    names.update(_count_features(tokens, piece))
    names.update(_shape_features(tokens, piece))
    names.update(_tense(tokens, piece))
    names.update(_place_features(piece, scene))
    names.update(_time_features(pieces, at, scene))
    names.update(_word_features(tokens, piece))
    if at > 0 and pieces[at - 1].said and not piece.said:
        names.add("carry")
    return list(names)


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
    if piece.said[0].cue[0] - piece.first <= 8 and not piece.said[0].inverted:
        yield "said:front"
    else:
        yield "said:back"


def is_self(tokens: Sequence[Token], said: Attribution, scene: Scene) -> bool:
    """True when the publisher cites itself: its name, or the first person."""
    if said.source is None:
        return False
    words = {t.lower for t in tokens[said.source[0] : said.source[1]] if t.kind == "word" and len(t.text) > 2}
    return bool(words & _FIRST_PERSON) or (bool(words) and len(words & scene.publisher) >= max(2, len(words) - 1))


def _condition_features(tokens: Sequence[Token], piece: Piece) -> Iterator[str]:
    """Conditions by word order: "Had it ...", "Should it ...", "If ... would"."""
    words = [t.lower for t in tokens[piece.first : piece.last] if t.text not in _QUOTES]
    if not words:
        return
    modal = bool(_CONDITIONAL.intersection(words))
    if words[0] in _INVERTED and words[-1] != "?":
        yield "condition:inverted"
    if "if" in words or "unless" in words:
        yield f"condition:if&{'modal' if modal else 'plain'}"
        if words[0] in ("if", "unless"):
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


def _shape_features(tokens: Sequence[Token], piece: Piece) -> Iterator[str]:
    texts = [t.text for t in tokens[piece.first : piece.last]]
    tail = next((t for t in reversed(texts) if t not in _QUOTES), "")
    if tail in ("?", "!"):
        yield f"end:{tail}"
    if texts[0] in _QUOTES:
        yield "quote:first"
    if any(t in _QUOTES for t in texts):
        yield "quote"
    if ":" in texts:
        yield "colon"
    length = len(texts)
    yield f"length:{0 if length < 8 else 1 if length < 15 else 2 if length < 30 else 3}"
    numbers = sum(t.kind == "number" for t in tokens[piece.first : piece.last])
    if numbers:
        yield f"numbers:{min(numbers, 3)}"


def _tense(tokens: Sequence[Token], piece: Piece) -> list[str]:
    words = [t.lower for t in tokens[piece.first : piece.last]]
    out = []
    if _HAD.intersection(words[1:]):
        out.append("tense:had")
    if _PRESENT.intersection(words):
        out.append("tense:present")
    if any(w in _HAVE and v.endswith(_PARTICIPLE) for w, v in itertools.pairwise(words)):
        out.append("tense:perfect")
    if _PAST.intersection(words) or any(w.endswith("ed") for w in words):
        out.append("tense:past")
    return out


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


def _word_features(tokens: Sequence[Token], piece: Piece) -> Iterator[str]:
    """The words, and the first one once more. Pairs of words were tried and left out: no gain in cross-validation, at twice the size."""
    run = tokens[piece.first : piece.last]
    shouted = not any(t.text.islower() for t in run)
    yield f"w0:{'<n>' if run[0].kind == 'number' else run[0].lower}"
    for token in run[1:]:
        if token.kind == "word" and (shouted or not token.text[0].isupper()):
            yield f"w:{token.lower}"
