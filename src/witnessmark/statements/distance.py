"""Words that a text holds at a distance: behind "so-called", or a party's word for what it does in quotation marks.

They are marked, and nothing is guessed of what is meant by them: the writer does not own the word, which may be irony, doubt or care.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from witnessmark.model import Span
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import LANGUAGES

MOST_QUOTED = 4
"""Words that quotation marks may hold; longer ones are what somebody said."""
_REACH = 3
"""Tokens before quotation marks in which a word of naming makes them those of a name."""
_OPENING = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'"}


@functools.cache
def _matcher(language: str, key: str) -> PhraseMatcher[bool]:
    known = language if language in LANGUAGES else "en"
    return PhraseMatcher((phrase, True) for phrase in lexicon(known, "distance")[key])


def distanced(tokens: Sequence[Token], first: int, last: int, language: str) -> tuple[Span, ...]:
    """The spans among tokens ``first`` .. ``last`` whose words the text does not own, in text order, not overlapping."""
    found = sorted({*_called(tokens, first, last, language), *_quoted(tokens, first, last, language)})
    out: list[Span] = []
    for span in found:
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _called(tokens: Sequence[Token], first: int, last: int, language: str) -> Iterator[Span]:
    """ "so-called" with what it stands before."""
    for hit in _matcher(language, "so_called").find(tokens, first, last):
        end = hit.last
        closing = _OPENING.get(tokens[end].text) if end < last else None
        if closing is not None:
            end = next((k + 1 for k in range(end + 1, min(last, end + 2 + MOST_QUOTED)) if tokens[k].text in closing), end)
        elif end < last and tokens[end].kind == "word":
            end = _name_end(tokens, end, last)
        if end > hit.last:
            yield Span(tokens[hit.first].start, tokens[end - 1].end)


def _name_end(tokens: Sequence[Token], at: int, last: int) -> int:
    """The end of a name in capitals, or of one word with its possessor or the parts that hyphens tie to it."""
    end = at + 1
    while end < last and (tokens[at].capitalised and tokens[end].capitalised or tokens[end].kind == "clitic" or tokens[end].text == "-"):
        end += 1
        end += end < last and tokens[end - 1].text in ("-", "'s", "’s") and tokens[end].kind == "word"
    return end


def _quoted(tokens: Sequence[Token], first: int, last: int, language: str) -> Iterator[Span]:
    """A few words in quotation marks that begin with a party's word for what it does, and that no word before them makes a name or a citation."""
    done = first
    for at in [at for at, token in enumerate(tokens[first:last], first) if token.text in _OPENING]:
        end = _closing(tokens, at, last) if at >= done else None
        if end is None:
            continue
        plain = end > at + 1 and all(t.kind in ("word", "number") or t.text == "-" for t in tokens[at + 1 : end])
        known = plain and _matcher(language, "euphemisms").match_at(tokens, at + 1, end) is not None
        if known and not _is_name(tokens, at, end, first) and not _matcher(language, "naming").find(tokens, max(first, at - _REACH), at):
            yield Span(tokens[at].start, tokens[end].end)
        done = end + 1


def _closing(tokens: Sequence[Token], at: int, last: int) -> int | None:
    """The token that closes the quotation marks at ``at``, where they hold few words."""
    marks = _OPENING.get(tokens[at].text)
    if marks is None:
        return None
    return next((k for k in range(at + 1, min(last, at + 2 + MOST_QUOTED)) if tokens[k].text in marks), None)


def _is_name(tokens: Sequence[Token], opening: int, closing: int, first: int) -> bool:
    """True for words that have a capital without opening the sentence, as names of units, papers and ships have. Where all is in capitals, none is."""
    words = [t for t in tokens[opening + 1 : closing] if t.kind == "word"]
    if opening == first:
        return len(words) > 1 and words[-1].capitalised
    return words[0].capitalised and not (words[0].shouted and tokens[first].shouted)
