"""Who says it: attributions in a sentence, with the words of the source, the cue, and the source type.

An attribution is a verb of saying with its subject ("the mayor said", "said the mayor"), a preposition of source ("according to the mayor")
or a headline tag ("..., mayor says"). The grammar is shallow: the subject is the run of tokens up to the nearest boundary, and a verb that
often means something else only counts when its subject names somebody who can speak.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from witnessmark.statements.language.tokens import Token
from witnessmark.statements.lexicon import Cue, Lexicon

_DOUBLE_QUOTES = frozenset('"“”«»')
_QUOTES = frozenset("\"“”„«»''‘’")
REPORTING = frozenset({"speech", "according", "citing"})
"""Cue classes that report what somebody says."""
_LABEL_MARKS = frozenset({":", "—", "–"})
_BOUNDARY = frozenset({",", ";", ":", "?", "!", "—", "–", "(", ")", "[", "]", '"', "“", "”", "«", "»", "…"})
_RELATIVES = frozenset({"who", "whose", "который", "которая", "которые", "який", "яка", "які"})
_LONGEST_LABEL = 8  # Tokens of a source that stands before a colon or after a dash.
_LONGEST_RELATIVE = 12  # Tokens of a relative clause between a subject and its verb.
_LONGEST_TITLE = 4  # Letters of an abbreviated title ("Prof.") or an initial.
_LONGEST_APPOSITION = 15
_LONGEST_NAME = 6  # Tokens of a subject that has an apposition.
_LONGEST_SOURCE = 24  # Tokens; longer runs are not noun phrases.


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody says something.

    Token ranges have the last index excluded. ``source`` is None when the speaker is not in the sentence ("and added that ..."). ``kind`` is
    speech, according, citing, or label ("SOURCE: words"). ``classes`` are the cue classes of the verb. ``pronoun`` is True when the source is a mere pronoun.
    """

    kind: str
    cue: tuple[int, int]
    source: tuple[int, int] | None
    classes: frozenset[str]
    source_type: str | None = None
    pronoun: bool = False
    inverted: bool = False


def attributions(
    tokens: Sequence[Token], first: int, last: int, *, cues: Sequence[Cue], lexicon: Lexicon, kinds: frozenset[str] = REPORTING
) -> list[Attribution]:
    """The attributions among ``tokens[first:last]``, in the order of their cues. ``kinds`` are the cue classes that can make one."""
    wanted = [cue for cue in cues if not cue.kinds.isdisjoint(kinds)]
    marks = {t.text for t in tokens[first:last] if t.kind == "mark"}
    if not wanted and marks.isdisjoint(_LABEL_MARKS):
        return []
    sentence = _Sentence(tokens, first, last, lexicon.find_sources(tokens, first, last), lexicon)
    quoted = sentence.quoted() if marks & _DOUBLE_QUOTES else None
    out: list[Attribution] = []
    for cue in wanted:
        if quoted is not None and quoted[cue.first - first]:
            continue
        if "according" in cue.kinds:
            found = sentence.prepositional(cue, "according")
        elif "citing" in cue.kinds:
            found = sentence.prepositional(cue, "citing")
        else:
            found = sentence.verbal(cue)
        if found is not None and not any(found.cue[0] < a.cue[1] for a in out):
            out.append(found)
    label = sentence.labelled() if marks & _LABEL_MARKS else None
    if label is not None and not any(a.source == label.source for a in out):
        out.insert(0, label)
    return out


class _Sentence:
    """One sentence while its attributions are looked for."""

    def __init__(self, tokens: Sequence[Token], first: int, last: int, sources: Sequence[Cue], lexicon: Lexicon) -> None:
        self.tokens, self.first, self.last = tokens, first, last
        self.sources, self.lexicon, self.grammar = sources, lexicon, lexicon.grammar

    @functools.cached_property
    def shouted(self) -> bool:
        """True when no word has a lower-case letter: capitals then say nothing."""
        return not any(t.text.islower() for t in self.tokens[self.first : self.last])

    def quoted(self) -> list[bool]:
        """For each token, whether it stands inside quotation marks; all False when nothing stands outside."""
        inside, out = False, []
        for token in self.tokens[self.first : self.last]:
            mark = token.text in _DOUBLE_QUOTES
            out.append(inside and not mark)
            inside ^= mark
        words = [held for held, t in zip(out, self.tokens[self.first : self.last], strict=True) if t.kind == "word"]
        return [False] * len(out) if all(words) else out

    def prepositional(self, cue: Cue, kind: str) -> Attribution | None:
        """ "According to SOURCE"."""
        return self._made(
            kind, (cue.first, cue.last), (cue.last, self._right_phrase(cue.last, stops=self.grammar.subordinators)), cue.kinds
        )

    def labelled(self) -> Attribution | None:
        """ "SOURCE: words" at the start, or "words — SOURCE" at the end, as headlines have it."""
        for at in range(self.first + 1, min(self.last - 1, self.first + _LONGEST_LABEL)):
            text = self.tokens[at].text
            if text == ":" and not self.tokens[at + 1].text.isdigit():
                return self._label((self.first, at), (at, at + 1))
            if text in _BOUNDARY or text == ".":
                break
        for at in range(self.last - 2, max(self.first, self.last - _LONGEST_LABEL), -1):
            if self.tokens[at].text in ("—", "–"):
                end = self.last - (self.tokens[self.last - 1].text == ".")
                return self._label((at + 1, end), (at, at + 1))
            if self.tokens[at].text in _BOUNDARY or self.tokens[at].text == ".":
                break
        return None

    def _label(self, source: tuple[int, int], cue: tuple[int, int]) -> Attribution | None:
        kinds = [s for s in self.sources if source[0] <= s.first and s.last <= source[1]]
        if not kinds or kinds[-1].last != source[1] or "power" in kinds[-1].kinds:
            return None  # A place before a colon says where, not who.
        return self._made("label", cue, source, frozenset())

    def verbal(self, cue: Cue) -> Attribution | None:
        """ "SOURCE said", "said SOURCE", "and said"."""
        verb = self.tokens[cue.first].lower
        plain = verb in self.lexicon.plain_speech
        left = self._skip_adverbs(cue.first)
        if left > self.first and self.tokens[left - 1].lower in self.grammar.be:
            return self._passive(cue)
        if self._inverted(cue, plain=plain):
            end = self._right_phrase(cue.first + 1)
            return self._made("speech", (cue.first, cue.first + 1), (cue.first + 1, end), cue.kinds, inverted=True)
        start = self._with_antecedent(self._left_phrase(left))
        if start < left:
            source_type, pronoun = self._type(start, left)
            if plain or pronoun or source_type is not None:
                source = (start, self._head_end(start, left))
                return Attribution("speech", (cue.first, cue.first + 1), source, cue.kinds, source_type, pronoun)
            return None
        if plain and left > self.first and self.tokens[left - 1].lower in ("and", "but", ",", "и", "і", "й", "та"):
            return Attribution("speech", (cue.first, cue.first + 1), None, cue.kinds)
        return None

    def _head_end(self, start: int, end: int) -> int:
        """End of the phrase without the apposition that follows its first comma."""
        return next((at for at in range(start + 1, end) if self.tokens[at].text == ","), end)

    def _passive(self, cue: Cue) -> Attribution | None:
        by = cue.first + 1
        if by < self.last and self.tokens[by].lower == "by":
            end = self._right_phrase(by + 1)
            if end > by + 1 and self._type(by + 1, end)[0] is not None:
                return self._made("speech", (cue.first, by + 1), (by + 1, end), cue.kinds)
        return None

    def _made(
        self, kind: str, cue: tuple[int, int], source: tuple[int, int], classes: frozenset[str], *, inverted: bool = False
    ) -> Attribution | None:
        if source[0] >= source[1]:
            return None
        source_type, pronoun = self._type(*source)
        return Attribution(kind, cue, source, classes, source_type, pronoun, inverted)

    def _skip_adverbs(self, at: int) -> int:
        while at > self.first and self.tokens[at - 1].lower in self.grammar.adverbs and at - 1 > self.first:
            at -= 1
        return at

    def _inverted(self, cue: Cue, *, plain: bool) -> bool:
        """True when the subject follows the verb: ", said the mayor"."""
        before, after = cue.first - 1, cue.first + 1
        if after >= self.last:
            return False
        follower = self.tokens[after]
        if (
            follower.kind != "word"
            or follower.lower in self.grammar.subordinators
            or follower.lower in self.grammar.prepositions
            or follower.lower in self.grammar.objects
        ):
            return False
        if before >= self.first and self.tokens[before].text not in _QUOTES and self.tokens[before].text not in (",", "?", "!", "—", "–"):
            return False
        if before >= self.first and self.tokens[before].text == "," and self._apposition(before) is not None:
            return False
        if not plain:
            end = self._right_phrase(after)
            ends = end >= self.last or self.tokens[end].text in (*_BOUNDARY, ".")
            return ends and before >= self.first and self._type(after, end)[0] not in (None, "other")
        return follower.lower in self.grammar.determiners or follower.capitalised or not follower.text.isascii() or self._is_source(after)

    def _apposition(self, comma: int) -> int | None:
        """The comma that opens the apposition that the comma at ``comma`` closes ("X, the head of Y, said"), if one does."""
        lowest = max(self.first, comma - _LONGEST_APPOSITION)
        opening = next((k for k in range(comma - 1, lowest, -1) if self.tokens[k].text == ","), None)
        if opening is None:
            return None
        start = self._plain_left(opening)
        return opening if opening - start <= _LONGEST_NAME and self._type(start, opening)[0] is not None else None

    def _is_source(self, at: int) -> bool:
        return any(s.first <= at < s.last for s in self.sources)

    def _right_phrase(self, at: int, *, stops: frozenset[str] | None = None) -> int:
        """End of the noun phrase that begins at ``at``."""
        end = at
        while end < min(self.last, at + _LONGEST_SOURCE):
            token = self.tokens[end]
            if self._bounds(end) or (end > at and token.lower in (stops or self.grammar.stops)):
                break
            end += 1
        while end > at and self.tokens[end - 1].lower in self.grammar.calendar:
            end -= 1
        return end

    def _bounds(self, at: int) -> bool:
        """True when no noun phrase runs across token ``at``: a mark, unless it is the stop of a title or an initial."""
        text = self.tokens[at].text
        if text != ".":
            return text in _BOUNDARY
        before = self.tokens[at - 1]
        return at == self.last - 1 or not (before.capitalised and len(before.text) <= _LONGEST_TITLE)

    def _left_phrase(self, at: int) -> int:
        """Start of the noun phrase that ends before ``at``; ``at`` when there is none."""
        if at - 1 > self.first and self.tokens[at - 1].text == ",":
            opening = self._apposition(at - 1)
            if opening is not None:
                return self._plain_left(opening)
        return self._plain_left(at)

    def _plain_left(self, at: int) -> int:
        """As :meth:`_left_phrase`, without looking for an apposition."""
        start = at
        while start > self.first and at - start < _LONGEST_SOURCE:
            token = self.tokens[start - 1]
            if self._bounds(start - 1) or token.lower in self.grammar.subordinators or token.lower in self.lexicon.plain_speech:
                break
            start -= 1
        start = self._without_adverbial(start, at)
        return at if self._is_clause(start, at) else start

    def _is_clause(self, start: int, end: int) -> bool:
        """True when the run holds a finite verb, so that it is no noun phrase, or no word at all."""
        run = self.tokens[start:end]
        return any(t.lower in self.grammar.finite for t in run) or not any(t.kind == "word" for t in run)

    def _with_antecedent(self, start: int) -> int:
        """``start`` moved to the head noun when the phrase is a relative clause ("a clerk who saw it said")."""
        head = start - 1
        while head > max(self.first, start - _LONGEST_RELATIVE) and self.tokens[head].lower not in _RELATIVES:
            if self.tokens[head].text in _BOUNDARY:
                return start
            head -= 1
        if head > self.first and self.tokens[head].lower in _RELATIVES:
            if self.tokens[head - 1].text == ",":
                head -= 1
            found = self._left_phrase(head)
            if found < head and (self.tokens[found].lower in self.grammar.determiners or self._type(found, head)[0] is not None):
                return found
        return start

    def _without_adverbial(self, start: int, end: int) -> int:
        """``start`` moved past a coordinator and a leading adverbial ("On Tuesday the mayor", "In a statement the group")."""
        while start < end and self.tokens[start].lower in self.grammar.openers:
            start += 1
        if start < end and self.tokens[start].lower in self.grammar.prepositions:
            for k in range(end - 1, start, -1):
                word, before = self.tokens[k].lower, self.tokens[k - 1].lower
                if word in self.grammar.determiners and before not in self.grammar.prepositions:
                    return k
            k = end
            while k > start and (self.tokens[k - 1].capitalised or self.tokens[k - 1].text in ("-", "'s", "’s")) and not self._month(k - 1):
                k -= 1
            return k if k < end and not self.shouted else start
        return start

    def _month(self, at: int) -> bool:
        return self.tokens[at].lower in self.grammar.calendar

    def _type(self, start: int, end: int) -> tuple[str | None, bool]:
        """Source type of the phrase, and whether it is a mere pronoun."""
        if end - start == 1 and self.tokens[start].lower in self.grammar.pronouns:
            return None, True
        power = None
        for cue in self.sources:
            if start <= cue.first and cue.last <= end:
                if "power" not in cue.kinds:
                    return min(cue.kinds), False
                power = power or next(k for k in sorted(cue.kinds) if k != "power")
        if power is None and self._is_name(start, end):
            return "other", False
        return power, False

    def _is_name(self, start: int, end: int) -> bool:
        words = [t for t in self.tokens[start:end] if t.kind == "word"]
        return not self.shouted and 0 < len(words) <= 4 and words[-1].capitalised and (start > self.first or len(words) > 1)
