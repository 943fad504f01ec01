"""Objects: what was hit, each with a score for having been hit and not merely named.

"A shell hit a school" and "at a bus stop" name targets; "taken to hospital", "hospital officials" and "the school will close" do not. The words
around the noun phrase decide, by the first rule that speaks; the score is ordered, not calibrated.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.people import noun_matcher
from witnessmark.claims.phrases import grow_left, leading_amount, with_hedge
from witnessmark.claims.words import words
from witnessmark.model import Mention, ObjectValue, Quantity, Span
from witnessmark.statements.language.en.inflection import plural
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import PhraseMatcher
from witnessmark.statements.language.tokens import Token
from witnessmark.statements.reading import Reading, Sentence

HIT, STRUCK_AT, PLACED, PLACED_WEAK, NAMED, COMPOUND = 0.95, 0.9, 0.7, 0.55, 0.3, 0.1
"""Scores of the rules: object of a hitting verb, "strike on X", "at X" beside a word of attack, the same for a common word, no sign, compound."""

_AUXILIARIES = words("was were is are been be being has have had got gets get")
_ADVERBS = words("directly also again just only nearly almost both reportedly then partially badly completely least right")
_PARTS = words(
    "roof walls wall part parts section side corner entrance gate gates basement cellar windows hall wing floor floors ward grounds courtyard yard "
    "building buildings facade top middle front vicinity ruins rubble wreckage remains territory compound area heart centre center outskirts end "
    "doors stairwell one dozens scores hundreds thousands number several rows row most all many kitchen gymnasium gym canteen lobby"
)
_PLACES = words(
    "at in inside outside near beside on onto into through across under behind opposite within around over along aboard among against above"
)
_AWAY = words("to from toward towards for with about as")
_SPEECH = words(
    "said says told reported reports announced confirmed claimed denied wrote added spokesman spokeswoman spokesperson officials official"
)
_AFTER_PARTICIPLE = words("by in on during at overnight early late as when after while and with earlier yesterday since")
_LINKS = frozenset({",", "and", "or", "&", "of"})
_LOADS = words("packed loaded laden filled rigged stuffed wired")
_TAKEN = words("abducted kidnapped seized taken dragged snatched took removed looted stole stolen expelled evicted driven ordered")
_CARE = words(
    "died dies die treated recovering recover remain remains remained hospitalized hospitalised admitted condition stable critical succumbed birth"
)
_PICTURES = words("video videos footage picture pictures photo photos photograph photographs image images film clip clips")
_MOUNTS = words("motorcycle motorcycles motorbike motorbikes bicycle bicycles bike bikes")
_CUES = words(
    "hit struck strike strikes striking killed killing kills kill died dead wounded wounding injured injuring hurt exploded explosion explosions "
    "blast blasts attack attacks attacked attacking bomb bombs bombed bombing bombings bomber missile missiles rocket rockets drone drones shell shells "
    "shelled shelling fire fired firing shot shooting gunmen gunman burned destroyed damaged raid raided stormed mortar mortars artillery grenade "
    "grenades mine mines debris massacre executed ambush ambushed kidnapped abducted seized airstrike airstrikes detonated blew fell landed slammed "
    "victims casualties raped detained looted burning flames crashed gunfire opened debris submunition bomblets stabbed explosives explosive tank snipers sniper chlorine"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A word for an object; ``common`` ones ("car", "road") need a plain sign of having been hit. ``ignored``: no object at all."""

    kind: str
    common: bool = False
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    first: int
    last: int
    noun: Noun
    score: float
    rule: str
    damage: str = "unknown"


@functools.cache
def _matcher(language: str = "en") -> PhraseMatcher[Noun]:
    raw = lexicon(language, "objects")
    entries: list[tuple[str, Noun]] = []
    sites = raw.get("sites", {"kinds": (), "heads": ()})
    for block in raw["object"]:  # first, so that a phrase of the lists stands above one that is put together here
        own = block["words"] if block["kind"] in sites["kinds"] else ()
        entries += [(f"{word} {head}", Noun(block["kind"])) for word in own for head in sites["heads"]]
    for block in raw["object"]:
        common = frozenset(block.get("needs_act", ()))
        for word in block["words"]:
            noun = Noun(block["kind"], common=word in common)
            entries += [(word, noun), (plural(word), noun)]
    entries.extend((word, Noun("", ignored=True)) for word in raw["ignored"]["words"])
    return PhraseMatcher(entries)


@functools.cache
def _backward(language: str = "en") -> dict[str, tuple[tuple[tuple[str, ...], float], ...]]:
    """Phrases that end right before a target, by their last word, longest first."""
    hits = lexicon(language, "objects")["hits"]
    listed = [(tuple(p.split()), HIT) for p in hits["active"]] + [(tuple(p.split()), STRUCK_AT) for p in hits["nouns"]]
    out: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for phrase, score in listed:
        out.setdefault(phrase[-1], []).append((phrase, score))
    return {word: tuple(sorted(found, key=lambda f: -len(f[0]))) for word, found in out.items()}


@functools.cache
def _passive(language: str = "en") -> PhraseMatcher[bool]:
    """Predicates of a target; the payload is True for those that need no auxiliary ("caught fire")."""
    alone = {"caught fire", "collapsed", "burned", "burned down", "burnt down", "came under fire", "came under attack", "sank", "exploded", "blew up",
             "crashed", "took a direct hit", "sustained damage", "suffered damage", "on fire", "in flames", "ablaze", "in ruins"}  # fmt: skip
    return PhraseMatcher((p, p in alone) for p in lexicon(language, "objects")["hits"]["passive"])


@functools.cache
def _damages(language: str = "en") -> dict[str, str]:
    return {p: level for level, phrases in lexicon(language, "objects")["damage"].items() for p in phrases}


@functools.cache
def _adjectives(language: str = "en") -> frozenset[str]:
    return frozenset(lexicon(language, "objects")["adjectives"]["words"])


def find_objects(reading: Reading) -> tuple[Mention[ObjectValue], ...]:
    """Every object that the words name, in text order; the span is the noun phrase ("a nine-storey apartment block").

    ``score`` tells how surely it was hit: 0.5 and more for targets and sites, less for what is merely named. ``rule`` names the sign.
    """
    out: list[Mention[ObjectValue]] = []
    for sentence, found in _found(reading):
        out.extend(_mention(reading, f) for f in _shared(reading.tokens, sentence, found))
    return tuple(out)


def _found(reading: Reading) -> list[tuple[Sentence, list[_Found]]]:
    tokens = reading.tokens
    out: list[tuple[Sentence, list[_Found]]] = []
    cued: dict[int, bool] = {}
    for hit in _matcher().find(tokens):
        sentence = reading.sentence_at(tokens[hit.first].start)
        if sentence is None or hit.payload.ignored or _is_title(tokens, sentence, hit.first, hit.last):
            continue
        if sentence.index not in cued:
            cued[sentence.index] = any(t.lower in _CUES for t in tokens[sentence.first : sentence.last])
        first = with_hedge(tokens, grow_left(tokens, hit.first, sentence.first, _adjectives(), names=True), sentence.first)
        found = _judged(tokens, sentence, _Found(first, hit.last, hit.payload, NAMED, "object.named"), cued=cued[sentence.index])
        if out and out[-1][0] is sentence:
            out[-1][1].append(found)
        else:
            out.append((sentence, [found]))
    return out


def _is_title(tokens: Sequence[Token], sentence: Sentence, first: int, last: int) -> bool:
    """True for the month of March, and for the mill of "Mill Lane": a lone capitalised word before another."""
    token = tokens[first]
    if last - first > 1 or not token.capitalised:
        return False
    if token.lower == "march":
        return not token.shouted or tokens[first - 1].kind == "number" or (last < sentence.last and tokens[last].kind == "number")
    follower = tokens[last] if last < sentence.last else None
    return not token.shouted and follower is not None and follower.kind == "word" and follower.capitalised


def _judged(tokens: Sequence[Token], sentence: Sentence, found: _Found, *, cued: bool) -> _Found:
    if _is_compound(tokens, sentence, found.last):
        return replace(found, score=COMPOUND, rule="object.compound")
    start = _outermost(tokens, sentence, found.first)
    governed = _governed(tokens, sentence, start)
    if governed is not None:
        score, phrase = governed
        return replace(found, score=score, rule="object.hit" if score == HIT else "object.struck", damage=_damages().get(phrase, "unknown"))
    predicate = _predicate(tokens, sentence, found.last)
    if predicate is not None:
        return replace(found, score=STRUCK_AT, rule="object.passive", damage=_damages().get(predicate, "unknown"))
    return _placed(tokens, sentence, found, start, cued=cued)


def _placed(tokens: Sequence[Token], sentence: Sentence, found: _Found, start: int, *, cued: bool) -> _Found:
    before = tokens[start - 1].lower if start > sentence.first else ""
    if before == "to" and tokens[start - 2].lower in {"close", "next", "adjacent"}:
        before = "near"
    if (
        found.noun.kind == "health"
        and before in {"in", "at"}
        and any(t.lower in _CARE for t in tokens[max(sentence.first, start - 5) : start])
    ):
        return replace(found, score=COMPOUND, rule="object.care")  # "died in a hospital"
    told = {t.lower for t in tokens[sentence.first : start]}
    if before == "from" and told & _TAKEN and not told & _PICTURES:
        return replace(found, score=PLACED, rule="object.taken")
    if before in _AWAY or (before == "on" and tokens[found.last - 1].lower in _MOUNTS):
        return replace(found, score=COMPOUND, rule="object.away")
    if before in _PLACES and cued:
        return replace(found, score=PLACED_WEAK if found.noun.common else PLACED, rule="object.place")
    return replace(found, score=COMPOUND) if found.noun.common else found


def _is_compound(tokens: Sequence[Token], sentence: Sentence, last: int) -> bool:
    """True before a noun for people, a possessive or a verb of speech: the object is not what the phrase names."""
    if last >= sentence.last:
        return False
    token = tokens[last]
    if (
        token.kind == "clitic"
        or token.lower in _SPEECH
        or token.lower in _LOADS
        or token.text in {"-", "‑"}
        and token.start == tokens[last - 1].end
    ):
        return True
    return noun_matcher().match_at(tokens, last, sentence.last) is not None


def _outermost(tokens: Sequence[Token], sentence: Sentence, first: int) -> int:
    """Start of "the roof of a school" for "a school"; also steps over adverbs."""
    here = first
    for _ in range(2):
        if here - 2 >= sentence.first and tokens[here - 1].lower == "of" and tokens[here - 2].lower in _PARTS:
            here = grow_left(tokens, here - 2, sentence.first, _adjectives())
    if here - 3 > sentence.first and tokens[here - 1].lower in {"and", ","} and tokens[here - 2].lower == "others":
        here -= 3  # "damaged 12 others and a kindergarten"
    while here - 1 >= sentence.first and tokens[here - 1].lower in _ADVERBS:
        here -= 1
    return here


def _governed(tokens: Sequence[Token], sentence: Sentence, at: int) -> tuple[float, str] | None:
    """(score, phrase) of the words that make what begins at ``at`` a target."""
    if at <= sentence.first:
        return None
    for phrase, score in _backward().get(tokens[at - 1].lower, ()):
        start = at - len(phrase)
        if start >= sentence.first and all(tokens[start + k].lower == w for k, w in enumerate(phrase)):
            return score, " ".join(phrase)
    return None


def _predicate(tokens: Sequence[Token], sentence: Sentence, last: int) -> str | None:
    """The predicate that says that what ends before ``last`` was hit."""
    helped = False
    for at in range(last, min(last + 7, sentence.last)):
        token = tokens[at]
        if token.text in {".", ";", ":", "?", "!"}:
            return None
        hit = _passive().match_at(tokens, at, sentence.last)
        if hit is not None and (helped or hit.payload or (at == last and _is_participle(tokens, sentence, hit.last))):
            return " ".join(t.lower for t in tokens[hit.first : hit.last])
        helped = helped or token.lower in _AUXILIARIES
    return None


def _is_participle(tokens: Sequence[Token], sentence: Sentence, after: int) -> bool:
    """True for "a school hit in the raid", not for "aircraft struck again"."""
    return after >= sentence.last or tokens[after].kind == "mark" or tokens[after].lower in _AFTER_PARTICIPLE


def _shared(tokens: Sequence[Token], sentence: Sentence, found: list[_Found]) -> list[_Found]:
    """Members of a list share the sign that one of them has ("hit houses, a temple and a school")."""
    out = [f for f in found if not any(o is not f and o.first <= f.first and f.last <= o.last for o in found)]
    order = [*range(1, len(out)), *range(len(out) - 2, -1, -1)]
    for k, at in enumerate(order):
        other = at - 1 if k < len(out) - 1 else at + 1
        left, right = sorted((at, other))
        between = tokens[out[left].last : out[right].first]
        if not between or len(between) > 2 or any(t.lower not in _LINKS for t in between) or (other > at and between[0].lower == "of"):
            continue
        if out[at].score < 0.5 <= out[other].score and out[at].rule != "object.compound":
            out[at] = replace(out[at], score=out[other].score - 0.05, rule="object.list", damage=out[other].damage)
    return out


def _mention(reading: Reading, found: _Found) -> Mention[ObjectValue]:
    span = reading.span_of(found.first, found.last)
    amount = leading_amount(reading.tokens, found.first, found.last)
    count = None
    if amount is not None:
        expression = Span(reading.tokens[amount.first].start, reading.tokens[amount.last - 1].end).of(reading.text)
        count = Quantity(amount.minimum, amount.maximum, amount.comparator, expression, unit="object", vague=amount.vague)
    return Mention(ObjectValue(found.noun.kind, found.damage, count), span, span.of(reading.text), found.rule, found.score)
