"""Tolls of people in Ukrainian and Russian, sentence by sentence.

Phrases for people and words of harm are found first, then each word of harm takes the phrase that fits it best: in its clause, near, and of a
number that agrees with the verb's. What is left over after a total is a part of it or goes with it in a list.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.slavic.numbers import read_amount
from witnessmark.claims.slavic.people import People, harm_nouns, is_plural_noun, nouns, possessives, read_people
from witnessmark.claims.slavic.words import clauses_of, first_match, matcher
from witnessmark.claims.words import words
from witnessmark.model import HarmValue, Mention, Quantity, Span
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

REACH = 9
"""Tokens between a word of harm and the people in its own clause. Written down, not tuned."""
ACROSS = 12
"""The same over a parenthesis ("загинули, за даними поліції, двоє людей")."""
_OVER_MARK = 3.0
_OVER_JOINT = 4.0
_PREPOSITIONS = words(
    "у в на біля для з із зі від до по при за під над про через без між серед возле рядом около у с со из от к о об для без при среди"
)
_DASHES = frozenset({"—", "–", "-", ":"})
_PLURAL = ("ли", "ні", "ны", "ся_ли", "ють", "уть", "ют", "ут", "ись", "ися", "лись")
_IMPERSONAL = ("но", "то", "ло")
_ACTIVE = words(
    "вбив вбила вбили убив убила убили поранив поранила поранили травмувала розстріляли розстріляв застрелили застрелив стратили викрали викрав "
    "убил ранил ранила ранили расстреляли расстрелял застрелили застрелил казнили похитили похитил вбивши убивши поранивши травмувавши ранив "
    "госпіталізували госпитализировали затримали задержали зґвалтували изнасиловали"
)
_HE = {"він": "men", "вона": "women", "он": "men", "она": "women"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of harm at tokens ``first`` .. ``last``. ``kind``: verb, takes, bodies, lives, state."""

    first: int
    last: int
    harm: str
    kind: str


@dataclass(frozen=True, slots=True)
class Toll:
    """People with their harm. ``phrases`` are added up; ``part_of`` is a token range of the total; ``rule`` names the construction."""

    phrases: tuple[People, ...]
    harm: str
    rule: str
    score: float = 0.9
    part_of: tuple[int, int] | None = None
    update: bool = False
    superseded: bool = False

    @property
    def first(self) -> int:
        """First token of the words of the quantity."""
        return min(p.first for p in self.phrases)

    @property
    def last(self) -> int:
        """Token after the words of the quantity."""
        return max(p.last for p in self.phrases)


@dataclass(frozen=True, slots=True)
class _Window:
    """A sentence with its clauses and the language's tables."""

    tokens: Sequence[Token]
    first: int
    last: int
    language: str
    clauses: tuple[int, ...]

    def clause(self, at: int) -> int:
        """Number of the clause of token ``at``."""
        return self.clauses[min(max(at, self.first), self.last - 1) - self.first]

    def word(self, at: int) -> str:
        """The lower-cased word at ``at``, empty outside the sentence."""
        return self.tokens[at].lower if self.first <= at < self.last else ""


def find_harm(reading: Reading) -> tuple[Mention[HarmValue], ...]:
    """Every toll of people in ``reading``, in text order; values, spans, rules and scores as the English finder gives them."""
    out: list[Mention[HarmValue]] = []
    carried: dict[str, Toll] = {}
    for sentence in _telling(reading):
        window = _Window(
            reading.tokens,
            sentence.first,
            sentence.last,
            reading.language,
            tuple(clauses_of(reading.tokens, sentence.first, sentence.last)),
        )
        tolls, absent = _of_sentence(window, carried)
        out.extend(m for toll in tolls for m in _mentions(reading, toll))
        out.extend(absent_mentions(reading, absent))
        for total in sorted((t for t in tolls if t.part_of is None and t.harm in {"killed", "injured"}), key=lambda t: t.last):
            carried.pop(total.harm, None)
            carried[total.harm] = total  # the newest stands last
    return tuple(sorted(_distinct(out), key=lambda m: (m.span or Span(0, 0), m.value.harm, m.value.group)))


@functools.cache
def _gate(language: str) -> PhraseMatcher[str]:
    """All words of harm in one matcher."""
    raw = lexicon(language, "harm")
    heads = [w for table in (raw["verbs"], raw["people"]) for words in table.values() for w in words]
    heads += raw["takes"]["wounds"] + raw["bodies"]["words"] + raw["lives"]["words"] + [w for ws in raw["states"].values() for w in ws]
    heads += [w for key in ("absence", "unknown") for name, ws in raw[key].items() if name != "others" for w in ws]
    heads += raw["words"]["part_marks"]
    return PhraseMatcher((w, "harm") for w in heads)


def _telling(reading: Reading) -> list[Sentence]:
    out: list[Sentence] = []
    for hit in _gate(reading.language).find(reading.tokens):
        sentence = reading.sentence_at(reading.tokens[hit.first].start)
        if sentence is not None and not (out and out[-1] is sentence):
            out.append(sentence)
    return out


# --- one sentence ---------------------------------------------------------------------------------------------------------------------


def _of_sentence(window: _Window, carried: Mapping[str, Toll]) -> tuple[list[Toll], list[tuple[Match[str], tuple[str, ...], bool]]]:
    absent, blocked = _absences(window)
    people = _people(window, blocked)
    triggers = [t for t in _triggers(window) if not any(a <= t.first < b for a, b in blocked)]
    marked = _marked(window, people)
    tolls = _held(window, people, marked)
    used = {id(p) for t in tolls for p in t.phrases}
    free = [p for p in people if id(p) not in used and id(p) not in marked]
    asked, triggers = _asked(window, triggers)
    absent += asked
    tolls += _taken(window, triggers, free)
    used = {id(p) for t in tolls for p in t.phrases}
    tolls += _bodies_alone(window, triggers, tolls)
    tolls = [_listed(window, t, [p for p in people if id(p) not in used and id(p) not in marked]) for t in tolls]
    tolls = [_dated(window, t) for t in _in_care(window, tolls, carried)]
    used = {id(p) for t in tolls for p in t.phrases}
    return tolls + _parts(window, people, marked, used, tolls, list(carried.values())[-1] if carried else None), absent


def _absences(window: _Window) -> tuple[list[tuple[Match[str], tuple[str, ...], bool]], list[tuple[int, int]]]:
    """(words, harms, unknown) of what denies a harm or leaves its figure open, and the token ranges that no toll may use."""
    found: list[tuple[Match[str], tuple[str, ...], bool]] = []
    blocked: list[tuple[int, int]] = []
    for hit in _denying(window.language).find(window.tokens, window.first, window.last):
        blocked.append((hit.first, hit.last))
        others = _others(window.language)
        if not any(window.word(k) in others for k in range(hit.first - 2, hit.last)):
            kind, _, harm = hit.payload.partition(":")
            found.append((hit, ("killed", "injured") if harm == "both" else (harm,), kind == "unknown"))
    return found, blocked


@functools.cache
def _denying(language: str) -> PhraseMatcher[str]:
    raw = lexicon(language, "harm")
    pairs = [(w, f"none:{key.removeprefix('phrases_')}") for key, ws in raw["absence"].items() if key != "others" for w in ws]
    return PhraseMatcher(pairs + [(w.replace(",", ""), f"unknown:{key}") for key, ws in raw["unknown"].items() for w in ws])


@functools.cache
def _others(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "harm")["absence"]["others"])


def _people(window: _Window, blocked: Sequence[tuple[int, int]]) -> list[People]:
    out: list[People] = []
    at = window.first
    while at < window.last:
        if any(a <= at < b for a, b in blocked):
            at += 1
            continue
        found = read_people(window.tokens, at, window.last, window.language)
        if found is not None and _speaks_of_people(window, found):
            out.append(found)
            at = found.last
        else:
            at += 1 if found is None or found.form != "bare" else max(1, found.last - at)
    return out


def _speaks_of_people(window: _Window, found: People) -> bool:
    """False for a number that counts something else: a noun that is none of people follows it."""
    if found.form != "bare":
        return True
    after = window.word(found.last)
    if found.last >= window.last or window.tokens[found.last].kind == "mark" or after in _PREPOSITIONS or after in _joints(window.language):
        return True
    if any(
        m.match_at(window.tokens, found.last, window.last)
        for m in (_verbs(window.language), _takes(window.language), _states(window.language))
    ):
        return True
    marks = _part_marks(window.language).match_at(window.tokens, found.last, window.last)
    return marks is not None or _verbs(window.language).match_at(window.tokens, found.first - 1, window.last) is not None


# --- words of harm --------------------------------------------------------------------------------------------------------------------


@functools.cache
def _verbs(language: str) -> PhraseMatcher[str]:
    return matcher(language, "harm", "verbs")


@functools.cache
def _takes(language: str) -> PhraseMatcher[str]:
    return matcher(language, "harm", "takes", "verbs")


@functools.cache
def _states(language: str) -> PhraseMatcher[str]:
    return matcher(language, "harm", "states")


@functools.cache
def _part_marks(language: str) -> PhraseMatcher[str]:
    raw = lexicon(language, "harm")["words"]
    of = {w: "killed" for w in raw["part_of_killed"]} | {w: "injured" for w in raw["part_of_injured"]}
    return PhraseMatcher((w, of.get(w, "")) for w in raw["part_marks"])


@functools.cache
def _joints(language: str) -> frozenset[str]:
    return frozenset(w for w in lexicon(language, "harm")["words"]["joints"] if " " not in w)


@functools.cache
def _words(language: str, key: str) -> PhraseMatcher[str]:
    return matcher(language, "harm", "words", key)


def _triggers(window: _Window) -> list[Trigger]:
    tokens, first, last, language = window.tokens, window.first, window.last, window.language
    out = [Trigger(m.first, m.last, m.payload, "verb") for m in _verbs(language).find(tokens, first, last)]
    wounds = matcher(language, "harm", "takes", "wounds")
    for m in _takes(language).find(tokens, first, last):
        near = first_match(wounds, tokens, m.last, min(last, m.last + 6)) or first_match(wounds, tokens, max(first, m.first - 3), m.first)
        if near is not None and window.clause(near.first) == window.clause(m.first):
            out.append(Trigger(min(m.first, near.first), max(m.last, near.last), "injured", "takes"))
    for m in matcher(language, "harm", "bodies", "words").find(tokens, first, last):
        if first_match(matcher(language, "harm", "bodies", "verbs"), tokens, max(first, m.first - 7), min(last, m.last + 7)) is not None:
            out.append(Trigger(m.first, m.last, "killed", "bodies"))
    for m in matcher(language, "harm", "lives", "verbs").find(tokens, first, last):
        near = first_match(matcher(language, "harm", "lives", "words"), tokens, m.last, min(last, m.last + 6))
        if near is not None:
            out.append(Trigger(m.first, near.last, "killed", "lives"))
    out += [Trigger(m.first, m.last, m.payload, "state") for m in _states(language).find(tokens, first, last)]
    return sorted((t for t in out if not _negated(window, t)), key=lambda t: t.first)


def _negated(window: _Window, trigger: Trigger) -> bool:
    return window.word(trigger.first - 1) in lexicon(window.language, "harm")["words"]["negations"]


def _number(window: _Window, trigger: Trigger) -> str:
    """singular, plural or any: what the verb agrees with."""
    word = window.word(trigger.first)
    if trigger.kind in {"bodies", "lives"} or word.endswith(_IMPERSONAL) or word in _ACTIVE:
        return "any"
    return "plural" if word.endswith(_PLURAL) else "singular"


# --- tolls ----------------------------------------------------------------------------------------------------------------------------


def _held(window: _Window, people: list[People], marked: dict[int, tuple[str, int]]) -> list[Toll]:
    """ "24 загиблих", "поранених — 38", "кількість загиблих зросла до 45": the noun holds the harm."""
    out = [Toll((p,), "killed" if p.harm == "both" else p.harm, "noun") for p in people if p.harm is not None and id(p) not in marked]
    inside = {k for p in people for k in range(p.first, p.last)}
    for hit in harm_nouns(window.language).find(window.tokens, window.first, window.last):
        if hit.first in inside or _part_marks(window.language).find(window.tokens, max(window.first, hit.first - 1), hit.last):
            continue
        phrase = _figure_after(window, hit, people)
        if phrase is not None and id(phrase) not in marked:
            out.append(Toll((replace(phrase, harm=hit.payload),), "killed" if hit.payload == "both" else hit.payload, "noun.figure"))
    return out


def _figure_after(window: _Window, hit: Match[str], people: Sequence[People]) -> People | None:
    """The bare number that a noun of harm announces: over a dash, a colon, a verb of growth, a place."""
    for p in people:
        if p.first < hit.last or p.harm is not None or p.form != "bare" or p.first - hit.last > 7:
            continue
        between = window.tokens[hit.last : p.first]
        if any(t.text in {",", ";", ".", "("} for t in between):
            return None
        grown = bool(matcher(window.language, "numbers", "words", "rising").find(window.tokens, hit.last, p.first))
        if not between or grown or any(t.text in _DASHES for t in between):
            return p
        return None
    return None


def _asked(window: _Window, triggers: Sequence[Trigger]) -> tuple[list[tuple[Match[str], tuple[str, ...], bool]], list[Trigger]]:
    """ "Скільки людей загинуло, не повідомляється": the figure is not known; and the words of harm that are left."""
    found: list[tuple[Match[str], tuple[str, ...], bool]] = []
    left: list[Trigger] = []
    for trigger in triggers:
        asked = _words(window.language, "how_many").find(window.tokens, max(window.first, trigger.first - 4), trigger.first)
        if asked and trigger.harm in {"killed", "injured"}:
            found.append((Match(asked[0].first, trigger.last, "unknown"), (trigger.harm,), True))
        else:
            left.append(trigger)
    return found, left


def _taken(window: _Window, triggers: Sequence[Trigger], free: Sequence[People]) -> list[Toll]:
    """Each word of harm with its people, the nearest pairs first."""
    pairs = sorted(
        ((cost, t, p) for t in triggers for p in free if (cost := _cost(window, t, p, triggers, free)) is not None),
        key=lambda item: (item[0], item[1].first, item[2].first),
    )
    out: list[Toll] = []
    done: set[int] = set()
    used: set[tuple[int, str]] = set()
    dead: set[int] = set()
    for _, trigger, phrase in pairs:
        if id(trigger) in done or (id(phrase), trigger.harm) in used or id(phrase) in dead:
            continue
        done.add(id(trigger))
        used.add((id(phrase), trigger.harm))
        dead.add(id(phrase))
        score = 0.3 if _unreal(window, trigger) else 0.9
        out.append(Toll((phrase,), trigger.harm, trigger.kind, score))
    out += [t for trigger in triggers if id(trigger) not in done for t in _pronoun(window, trigger)]
    return [_died(window, t, [g for g in triggers if id(g) not in done]) for t in out]


def _died(window: _Window, toll: Toll, left: Sequence[Trigger]) -> Toll:
    """ "Чоловік дістав поранення і помер": the second verb shares the subject, and tells how it ended."""
    for trigger in left:
        joined = window.word(trigger.first - 1) in _joints(window.language)
        if (
            toll.harm == "injured"
            and trigger.harm == "killed"
            and trigger.kind == "verb"
            and joined
            and toll.last <= trigger.first <= toll.last + ACROSS
        ):
            same = window.clause(toll.last - 1) == window.clause(trigger.first) and len(toll.phrases) == 1
            return replace(toll, harm="killed", rule="verb.shared") if same else toll
    return toll


def _pronoun(window: _Window, trigger: Trigger) -> list[Toll]:
    """ "Він загинув на місці": one person, named before."""
    word = window.word(trigger.first - 1)
    if trigger.kind not in {"verb", "takes"} or word not in _HE or _number(window, trigger) != "singular":
        return []
    phrase = People(trigger.first - 1, trigger.last, 1, 1, "eq", None, _HE[word], "noun")
    return [Toll((phrase,), trigger.harm, "pronoun", 0.7)]


def _cost(window: _Window, trigger: Trigger, phrase: People, triggers: Sequence[Trigger], free: Sequence[People]) -> float | None:
    """How far the phrase is from being what the word of harm is told of; None where it cannot be."""
    before = phrase.last <= trigger.first
    if not before and phrase.first < trigger.last:
        return None
    lo, hi = (phrase.last, trigger.first) if before else (trigger.last, phrase.first)
    gap = hi - lo
    crossed = abs(window.clause(phrase.last - 1 if before else phrase.first) - window.clause(trigger.first))
    if phrase.form == "noun" and not _one_person(window, trigger, phrase, free, before=before):
        return None
    if _governed(window, phrase) or (trigger.kind in {"bodies", "lives"} and before and trigger.kind == "bodies"):
        return None
    if before and window.word(trigger.first) in _ACTIVE and not _accusative(window, phrase):
        return None
    if gap > (ACROSS if crossed else REACH):
        return None
    if crossed and not _may_cross(window, trigger, phrase, triggers, lo, hi, crossed):
        return None
    joints = sum(1 for k in range(lo, hi) if window.word(k) in _joints(window.language))
    return (
        gap
        + _OVER_MARK * crossed
        + _OVER_JOINT * joints
        + (2.0 if phrase.form == "noun" else 0.0)
        + (1.5 if trigger.kind == "state" else 0.0)
    )


def _may_cross(window: _Window, trigger: Trigger, phrase: People, triggers: Sequence[Trigger], lo: int, hi: int, crossed: int) -> bool:
    """Over a mark only a parenthesis may stand: two marks, no other word of harm, a number on the far side."""
    if phrase.form == "noun" or any(lo <= t.first < hi for t in triggers if t is not trigger):
        return False
    if any(t.text in {";", ".", ":", "!", "?"} for t in window.tokens[lo:hi]):
        return False
    return crossed == 2 or (crossed == 1 and window.tokens[hi - 1].text in _DASHES | {","} and hi - lo == 1)


def _governed(window: _Window, phrase: People) -> bool:
    """True behind a preposition: "у лікаря", "для людей" are not who was harmed; a number keeps its own "до", "близько"."""
    before = window.word(phrase.first - 1)
    return before in _PREPOSITIONS and not (before in {"до", "у", "в"} and phrase.form in {"counted", "bare"} and phrase.comparator != "eq")


def _accusative(window: _Window, phrase: People) -> bool:
    return window.word(phrase.first).endswith(("х", "их", "ьох", "ох", "ого", "у", "ю")) and phrase.form != "noun"


def _one_person(window: _Window, trigger: Trigger, phrase: People, free: Sequence[People], *, before: bool) -> bool:
    """True where a noun without a number must mean one person: the verb is singular, or it is the object of an impersonal one, or the plural
    verb has a list of persons ("загинули чоловік і жінка")."""
    number = _number(window, trigger)
    if is_plural_noun(window.tokens, phrase):
        return False
    if number == "plural":
        return any(_between(window, *sorted((phrase, q), key=lambda p: p.first)) is not None for q in free if q is not phrase)
    word = window.word(phrase.noun if phrase.noun is not None else phrase.first)
    if number == "singular":
        return not word.endswith(("ю", "ой", "ою", "ом", "ем"))
    if trigger.kind in {"bodies", "lives"}:
        return not before
    return word.endswith(("а", "я", "у", "ю")) or (before and word.endswith(("у", "ю")))


def _bodies_alone(window: _Window, triggers: Sequence[Trigger], tolls: Sequence[Toll]) -> list[Toll]:
    """ "знайшли тіло", "ще одне тіло": the body is the count."""
    out: list[Toll] = []
    taken = {k for t in tolls if t.rule == "bodies" for k in range(t.first - 3, t.last)}
    for trigger in (t for t in triggers if t.kind == "bodies" and t.first not in taken):
        start = next((k for k in (trigger.first - 2, trigger.first - 1) if k >= window.first and _ends(window, k, trigger.first)), None)
        amount = read_amount(window.tokens, start, trigger.first, window.language) if start is not None else None
        if amount is None and not window.word(trigger.first) in {"тіло", "тело"}:
            continue
        low, high = (amount.minimum, amount.maximum) if amount is not None else (1, 1)
        first = amount.first if amount is not None else trigger.first
        phrase = People(
            first, trigger.last, low, high, "eq", None, "people", "counted", additional=amount is not None and amount.additional
        )
        out.append(Toll((phrase,), "killed", "bodies", 0.6))
    return out


def _ends(window: _Window, at: int, stop: int) -> bool:
    amount = read_amount(window.tokens, at, stop, window.language)
    return amount is not None and amount.last == stop


def _listed(window: _Window, toll: Toll, free: Sequence[People]) -> Toll:
    """ "загинули чоловік, дві жінки та дитина": the members of the list are added up. A group after a count of people is a part of it."""
    phrases = list(toll.phrases)
    grown = True
    while grown:
        grown = False
        for p in free:
            if p in phrases or p.harm is not None or (p.form == "bare"):
                continue
            between = _between(window, phrases[-1], p) if p.first >= phrases[-1].last else _between(window, p, phrases[0])
            if between is None or (
                phrases[0].group == "people" and phrases[0].form == "counted" and "," in between and p.group != "people"
            ):
                continue
            if is_plural_noun(window.tokens, p) and p.form == "noun":
                continue
            phrases = [*phrases, p] if p.first >= phrases[-1].last else [p, *phrases]
            grown = True
    return replace(toll, phrases=tuple(phrases)) if len(phrases) > len(toll.phrases) else toll


def _between(window: _Window, left: People, right: People) -> tuple[str, ...] | None:
    """The words between two members of a list, or None where they are none."""
    words = tuple(w for k in range(left.last, right.first) if (w := window.word(k)) not in possessives(window.language))
    allowed = _joints(window.language) | {","}
    if len(words) == 2 and left.form == "noun" and words[0].isalpha() and words[0] not in allowed:
        words = words[1:]  # "водія автобуса та трьох пасажирів"
    return words if 0 < len(words) <= 2 and all(w in allowed for w in words) else None


def _dated(window: _Window, toll: Toll) -> Toll:
    """Marks a figure told as a later or an earlier count."""
    low = next(k for k in range(max(window.first, toll.first - 6), toll.first + 1) if window.clause(k) == window.clause(toll.first))
    update = bool(_words(window.language, "updates").find(window.tokens, low, toll.first))
    earlier = bool(_words(window.language, "earlier").find(window.tokens, window.first, toll.first))
    return replace(toll, update=update and not earlier, superseded=earlier)


def _unreal(window: _Window, trigger: Trigger) -> bool:
    low = max(window.first, trigger.first - 3)
    if window.word(trigger.first) in lexicon(window.language, "harm")["words"]["natural"] and not _violent(window):
        return True
    return bool(_words(window.language, "unreal").find(window.tokens, low, min(window.last, trigger.last + 1)))


def _violent(window: _Window) -> bool:
    """True where words of hitting or of wounds stand beside "помер", which says nothing of how."""
    wounds = matcher(window.language, "harm", "takes", "wounds")
    hits = matcher(window.language, "objects", "hits", "verbs")
    hospital = _words(window.language, "hospital_death")
    return any(m.find(window.tokens, window.first, window.last) for m in (wounds, hits, hospital))


def _in_care(window: _Window, tolls: list[Toll], carried: Mapping[str, Toll]) -> list[Toll]:
    """One who died later in hospital is among the dead of a total told before, and those in a grave state among the wounded."""
    died = bool(_words(window.language, "hospital_death").find(window.tokens, window.first, window.last))
    grave = bool(_states(window.language).find(window.tokens, window.first, window.last))
    return [
        replace(t, part_of=(carried[t.harm].first, carried[t.harm].last))
        if t.harm in carried
        and _fewer(t, carried[t.harm])
        and ((died and t.harm == "killed" and t.rule == "verb") or (grave and t.harm == "injured"))
        else t
        for t in tolls
    ]


def _fewer(part: Toll, total: Toll) -> bool:
    return (part.phrases[0].minimum or 0) < (total.phrases[0].minimum or 0)


# --- parts ----------------------------------------------------------------------------------------------------------------------------


def _marked(window: _Window, people: Sequence[People]) -> dict[int, tuple[str, int]]:
    """Phrases that are told as parts, by identity: the harm that the mark names (or "") and the token after the part's words."""
    out: dict[int, tuple[str, int]] = {}
    marks = _part_marks(window.language).find(window.tokens, window.first, window.last)
    for p in people:
        before = [m for m in marks if 0 <= p.first - m.last <= 3 and not any(window.word(k) == "," for k in range(m.last, p.first))]
        after = next((m for m in marks if m.first == p.last), None)
        if before:
            out[id(p)] = (before[-1].payload, p.last)
        elif after is not None and p.form in {"bare", "counted"} and not _verb_follows(window, after.last):
            out[id(p)] = (after.payload, after.last)
        else:
            chained = next((q for q in people if id(q) in out and q.last <= p.first and _between(window, q, p) is not None), None)
            if chained is not None and p.form != "bare" and p.harm is None and not _own_verb(window, p):
                out[id(p)] = (out[id(chained)][0], p.last)
    return out


def _own_verb(window: _Window, phrase: People) -> bool:
    """ "19 осіб дістали поранення" goes on with a toll of its own."""
    return any(m.match_at(window.tokens, phrase.last, window.last) for m in (_verbs(window.language), _takes(window.language)))


def _verb_follows(window: _Window, at: int) -> bool:
    """ "двоє з них загинули" tells a toll of its own."""
    hit = _verbs(window.language).match_at(window.tokens, at, window.last)
    return hit is not None and hit.payload == "killed"


def _parts(
    window: _Window,
    people: Sequence[People],
    marked: dict[int, tuple[str, int]],
    used: set[int],
    tolls: Sequence[Toll],
    carried: Toll | None,
) -> list[Toll]:
    out: list[Toll] = []
    for p in people:
        if id(p) in used or any(t.first <= p.first < t.last for t in out):
            continue
        before = [t for t in tolls if t.part_of is None and t.last <= p.first and t.harm in {"killed", "injured"}]
        total = max(before, key=lambda t: t.last) if before else None
        if id(p) in marked:
            harm, end = marked[id(p)]
            told = total or carried
            group, last = _group_after(window, p, end)
            if (harm or told is not None) and group is not None and (p.form != "noun" or not is_plural_noun(window.tokens, p)):
                out.append(_part(replace(p, group=group, last=last), harm or told.harm if told is not None else harm, total))
        elif total is not None and _beside(window, total, p):
            out.append(_part(p, total.harm, total))
    return out


def _part(phrase: People, harm: str, total: Toll | None) -> Toll:
    return Toll((phrase,), harm, "part", 0.8, (total.first, total.last) if total is not None else (phrase.first, phrase.last))


def _group_after(window: _Window, phrase: People, end: int) -> tuple[str | None, int]:
    """The group of a part: that of its own noun, or of the noun after "з них —"."""
    if phrase.group != "people":
        return phrase.group, phrase.last
    here = end
    while here < min(end + 3, window.last):
        noun = nouns(window.language).match_at(window.tokens, here, window.last)
        if noun is not None and noun.payload != "people":
            return noun.payload, noun.last
        here += 1
    return (None, phrase.last) if phrase.form == "bare" else (phrase.group, phrase.last)


def _beside(window: _Window, total: Toll, phrase: People) -> bool:
    """ "108 раненых, 17 детей": a group right after the total."""
    if phrase.group == "people" or phrase.form == "noun" or len(total.phrases) > 1:
        return False
    words = [window.word(k) for k in range(total.last, phrase.first)]
    small = (phrase.maximum or 0) <= (total.phrases[0].minimum or 0)
    return words == [","] and small


# --- mentions -------------------------------------------------------------------------------------------------------------------------


def _mentions(reading: Reading, toll: Toll) -> list[Mention[HarmValue]]:
    total = _mention(reading, toll)
    if len(toll.phrases) == 1 or toll.part_of is not None:
        return [total]
    span = (toll.first, toll.last)
    parts = [replace(toll, phrases=(p,), rule="component", score=0.5, part_of=span) for p in toll.phrases if p.group != "people"]
    return [total, *(_mention(reading, p) for p in parts)]


def _mention(reading: Reading, toll: Toll) -> Mention[HarmValue]:
    span = reading.span_of(toll.first, toll.last)
    words = span.of(reading.text)
    groups = {p.group for p in toll.phrases}
    value = HarmValue(
        toll.harm,
        groups.pop() if len(groups) == 1 else "people",
        _quantity(toll.phrases, words),
        part_of=None if toll.part_of is None else reading.span_of(*toll.part_of),
        update=toll.update,
        superseded=toll.superseded,
        additional=any(p.additional for p in toll.phrases) and toll.harm == "killed" and toll.rule == "bodies",
    )
    return Mention(value, span, words, f"harm.{toll.rule}", toll.score)


def _quantity(phrases: tuple[People, ...], words: str) -> Quantity:
    if len(phrases) == 1:
        only = phrases[0]
        return Quantity(only.minimum, only.maximum, only.comparator, words, vague=only.vague)
    lows, highs = [p.minimum for p in phrases], [p.maximum for p in phrases]
    low = sum(n for n in lows if n is not None) if any(n is not None for n in lows) else None
    high = None if None in highs else sum(n for n in highs if n is not None)
    vague = next((p.vague for p in phrases if p.vague), None)
    return Quantity(low, high, "eq" if low == high else "ge", words, vague=vague if low is None else None)


def absent_mentions(reading: Reading, absent: Sequence[tuple[Match[str], tuple[str, ...], bool]]) -> list[Mention[HarmValue]]:
    """ "Обійшлося без постраждалих": nobody killed, nobody injured; "кількість уточнюється": not known."""
    out: list[Mention[HarmValue]] = []
    for hit, harms, unknown in absent:
        span = reading.span_of(hit.first, hit.last)
        words, bound = span.of(reading.text), None if unknown else 0
        quantity = Quantity(bound, bound, "eq", words, unknown=unknown, vague="unknown" if unknown else None)
        out += [Mention(HarmValue(harm, "people", quantity), span, words, "harm.unknown" if unknown else "harm.none") for harm in harms]
    return out


def _distinct(mentions: Sequence[Mention[HarmValue]]) -> list[Mention[HarmValue]]:
    seen: dict[tuple[Span | None, str, str], Mention[HarmValue]] = {}
    for mention in mentions:
        key = (mention.span, mention.value.harm, mention.value.group)
        if key not in seen or mention.score > seen[key].score:
            seen[key] = mention
    return list(seen.values())
