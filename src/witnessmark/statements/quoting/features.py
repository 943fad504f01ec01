"""What the quotation model sees: of a token, to tell the words that attribute; and around such words, to tell who speaks and what is said.

All features are names that are present or not. A word with a capital is never a feature, so that the answer cannot depend on who is talked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from witnessmark.statements.lexicon import Grammar
from witnessmark.statements.quoting.words import EDGE, NAME, QUOTES, Words

_PRONOUNS = frozenset({"he", "she", "they", "it", "we", "i", "you", "who"})
_BOUNDS = frozenset(",;:—–()-")
_NEXT = frozenset({"that", ",", ":", "."}) | QUOTES
_DISTANCES = ((7, 4), (12, 5), (20, 6), (40, 7))
_NEAR = 4  # Tokens within which every distance counts by itself.
_AFTER = 3  # Sentences after that of the cue which may go on with what is said.
_WINDOW = 150  # Tokens on either side of the cue, at most.
_LEFT, _SUBJECT, _AHEAD = 8, 4, 5  # Tokens looked at for a mark, for a subject, and for what follows.
_ENDING = 3  # Words longer than this show their endings.


def cue_features(words: Words, at: int, first: int, last: int) -> list[str]:
    """Features of token ``at`` of the sentence ``first`` .. ``last``, for whether it attributes something."""
    word, shape = words.word, words.shape

    def near(offset: int) -> str:
        return word[at + offset] if first <= at + offset < last else EDGE

    here, before, after = word[at], near(-1), near(1)
    out = [
        "b", f"w={here}", f"w-1={before}", f"w+1={after}", f"w-2={near(-2)}", f"w+2={near(2)}", f"p-1={before}|{here}",
        f"p+1={here}|{after}", f"t={before}|{here}|{after}", f"sh={shape[at]}",
    ]  # fmt: skip
    if shape[at][0] in "wC" and len(here) > _ENDING and here != NAME:
        out += [f"s2={here[-2:]}", f"s3={here[-3:]}", f"s4={here[-4:]}", f"st={here[:5]}"]
    out += _neighbours(words, at, first, last)
    out += [f"k={kind}" for kind in words.classes[at]]
    if words.source[at]:
        out.append("src")
    out.append(f"q={words.quoted[at]}")
    if words.classes[at]:
        out.append(f"kq={words.quoted[at]}")
    out += _surroundings(words, at, first, last)
    return out


def _neighbours(words: Words, at: int, first: int, last: int) -> Iterator[str]:
    for offset, name in ((-1, "-1"), (1, "+1"), (2, "+2"), (-2, "-2")):
        near = at + offset
        if not first <= near < last:
            continue
        yield f"sh{name}={words.shape[near]}"
        if words.shape[near] == "w" and len(words.word[near]) > _ENDING:
            yield f"s3{name}={words.word[near][-3:]}"
        if words.source[near]:
            yield f"src{name}"
        for kind in words.classes[near]:
            yield f"k{name}={kind}"


def _surroundings(words: Words, at: int, first: int, last: int) -> Iterator[str]:
    """The mark before, a subject before, what follows, and the sentence."""
    word = words.word
    left = next((word[j] for j in range(at - 1, max(first, at - _LEFT) - 1, -1) if word[j] in _BOUNDS or word[j] in QUOTES), None)
    yield f"lb={left}"
    subject = any(words.shape[j][0] == "C" or word[j] in _PRONOUNS or words.source[j] for j in range(max(first, at - _SUBJECT), at))
    yield f"subj={subject}"
    yield f"nq={next((word[j] for j in range(at + 1, min(last, at + _AHEAD)) if word[j] in _NEXT), None)}"
    yield f"hasq={any(word[j] in QUOTES for j in range(first, last))}"
    if word[last - 1] == "?":
        yield "?"


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that attribute, at tokens ``first`` .. ``last``, with the tokens ``low`` .. ``high`` in which speaker and content are looked for."""

    first: int
    last: int
    low: int
    high: int


def frame(words: Words, first: int, last: int) -> Frame:
    """The sentence of the cue, the one before it and a few after it, all in its paragraph."""
    own = low = high = words.sentence[first]
    paragraph = words.sentences[own].paragraph
    if low > 0 and words.sentences[low - 1].paragraph == paragraph:
        low -= 1
    while high + 1 < len(words.sentences) and words.sentences[high + 1].paragraph == paragraph and high - own < _AFTER:
        high += 1
    return Frame(first, last, max(words.sentences[low].first, first - _WINDOW), min(words.sentences[high].last, first + _WINDOW))


@dataclass(frozen=True, slots=True)
class _Context:
    """What all tokens of a frame share."""

    after: str
    before: str
    before_shape: str
    after_shape: str
    quotes: str
    head: str
    kinds: tuple[str, ...]
    names: tuple[str, ...]


def role_features(words: Words, frame: Frame, cues: frozenset[int], grammar: Grammar) -> list[list[str]]:
    """Features of each token of ``frame``. ``cues`` are the tokens of other words that attribute."""
    context = _context(words, frame)
    passed = _passed(words, frame, cues, grammar)
    return [
        ["CUE"] if frame.first <= at < frame.last else _token_features(words, frame, at, context, passed[at - frame.low], at in cues)
        for at in range(frame.low, frame.high)
    ]


def _context(words: Words, frame: Frame) -> _Context:
    word, shape = words.word, words.shape
    start, end = words.span(words.sentence[frame.first])
    before, before_shape = (word[frame.first - 1], shape[frame.first - 1]) if frame.first > start else (EDGE, EDGE)
    after, after_shape = (word[frame.last], shape[frame.last]) if frame.last < end else (EDGE, EDGE)
    left = any(word[j] in QUOTES for j in range(start, frame.first))
    right = any(word[j] in QUOTES for j in range(frame.last, end))
    kinds = tuple(sorted(frozenset().union(*words.classes[frame.first : frame.last])))
    head, quotes = word[frame.last - 1], f"{left}{right}"
    names = (
        f"cw={head}", f"af={after}", f"be={before}", f"bsh={before_shape}", f"ash={after_shape}", f"qb={quotes}",
        f"cq={words.quoted[frame.first]}", *(f"ck={kind}" for kind in kinds), f"first={frame.first == start}",
    )  # fmt: skip
    return _Context(after, before, before_shape, after_shape, quotes, head, kinds, names)


_Passed = tuple[str, int, int, int, int, int]


def _passed(words: Words, frame: Frame, cues: frozenset[int], grammar: Grammar) -> list[_Passed]:
    """For each token its side, and what lies between it and the cue: commas, subordinators, other cues, quotation marks, finite verbs."""
    out: list[_Passed] = [("", 0, 0, 0, 0, 0)] * (frame.high - frame.low)
    for side, run in (("L", range(frame.first - 1, frame.low - 1, -1)), ("R", range(frame.last, frame.high))):
        commas = subordinators = others = marks = finite = 0
        for at in run:
            out[at - frame.low] = (side, min(commas, 3), min(subordinators, 2), min(others, 2), min(marks, 3), min(finite, 2))
            word = words.word[at]
            commas += word == ","
            marks += word in QUOTES
            subordinators += word in grammar.subordinators
            others += at in cues
            finite += word in grammar.finite
    return out


def _distance(steps: int) -> int:
    return steps if steps < _NEAR else next((name for end, name in _DISTANCES if steps < end), len(_DISTANCES) + _NEAR)


def _token_features(words: Words, frame: Frame, at: int, context: _Context, passed: _Passed, other: bool) -> list[str]:
    side, commas, subordinators, others, marks, finite = passed
    word, shape = words.word, words.shape
    off = words.sentence[at] - words.sentence[frame.first]
    far = _distance(frame.first - 1 - at if side == "L" else at - frame.last)
    quoted, together = words.quoted[at], words.quote[at] == words.quote[frame.first]
    here = word[at]
    before = word[at - 1] if at > frame.low else EDGE
    after = word[at + 1] if at + 1 < frame.high else EDGE
    out = [
        "b", f"S{side}", f"{side}{off}", f"{side}d{far}", f"{side}c{commas}", f"{side}u{subordinators}", f"{side}o{others}",
        f"{side}q{marks}", f"{side}f{finite}", f"{side}{off}q{quoted}{together}", f"{side}{off}|c{commas}u{subordinators}q{marks}",
        f"{side}{off}|c{commas}o{others}f{finite}", f"inq{quoted}{side}{context.quotes}{off}", f"w={here}", f"w-1={before}",
        f"w+1={after}", f"sh={shape[at]}", f"{side}w={here}", f"{side}w-1={before}", f"{side}sh={shape[at]}d{far}", f"p={before}|{here}",
    ]  # fmt: skip
    if words.source[at]:
        out += ["src", f"{side}src{far}"]
    if here in _PRONOUNS:
        out.append(f"{side}pro{far}")
    if other:
        out.append("othercue")
    out += _inside(side, far, commas, quoted, context) if off == 0 else _outside(words, frame, at, off, context)
    return out


def _inside(side: str, far: int, commas: int, quoted: bool, context: _Context) -> Sequence[str]:
    """In the sentence of the cue: what stands beside the cue, crossed with side and distance."""
    after, before = context.after, context.before
    return [
        *(f"{side}|{name}" for name in context.names),
        f"{side}{far}|af={after}", f"{side}{far}|be={before}", f"{side}{far}|bsh={context.before_shape}",
        f"{side}{far}|ash={context.after_shape}", f"{side}c{commas}|be={before}", f"{side}c{commas}|af={after}",
        f"{side}{quoted}|be={before}|af={after}", *(f"{side}{far}|ck={kind}" for kind in context.kinds), f"{side}{far}|cw={context.head}",
    ]  # fmt: skip


def _outside(words: Words, frame: Frame, at: int, off: int, context: _Context) -> Sequence[str]:
    """In another sentence: whether a quotation goes on over the end of the cue's."""
    last = words.span(words.sentence[frame.first])[1] - 1
    quoted = words.quoted[at]
    return [
        f"{off}|qb={context.quotes}{quoted}", f"{off}|be={context.before}", f"{off}|af={context.after}",
        f"{off}|last={words.word[last]}{words.quoted[last]}", f"{off}|lastq={words.quote[at] == words.quote[last]}{quoted}",
    ]  # fmt: skip
