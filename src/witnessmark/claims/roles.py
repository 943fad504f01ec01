"""Roles: which of the parties that a sentence names is said to have done it, owned up to it, or denied it."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from witnessmark.claims.acts import Trigger
from witnessmark.claims.words import words as word_set
from witnessmark.model import ActorValue, Mention, MunitionValue, Statement
from witnessmark.statements import Reading, Sentence
from witnessmark.statements.language.en.inflection import verb_forms
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match, PhraseMatcher
from witnessmark.statements.language.tokens import Token

ROLES = ("perpetrator", "claimed", "accused", "denied", "disputed")

# How far, in tokens, a verb or noun may stand from the party. Chosen on dev2 of the development reports: 8 and 12 gave the same
# perpetrator accuracy, 5 lost subjects with an apposition, 15 took parties of the next clause.
_REACH = 9
_BY_REACH = 14
# A party that opens the sentence stays its subject over an apposition and a list of verbs.
_FAR_REACH = 28

_BEFORE_PLACES = frozenset(
    [
        "in",
        "from",
        "of",
        "across",
        "to",
        "over",
        "into",
        "near",
        "inside",
        "outside",
        "around",
        "through",
        "within",
        "central",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "north",
        "south",
        "east",
        "west",
        "occupied",
        "neighbouring",
        "neighboring",
    ]
)

# Weights put the forms of telling in order; only the order matters. A plain adjective before a munition ("Russian missiles") says
# whose weapon it was, which is less than a subject ("Russia fired").
WEIGHTS = {"subject": 3.0, "by": 3.0, "noun": 2.5, "claimed": 3.5, "pronoun": 1.5, "accused": 2.0, "munition": 2.0, "generic": 0.8}


@dataclass(frozen=True, slots=True)
class Part:
    """A party in a role. ``role`` is one of ROLES; ``weight`` compares tellings inside one document."""

    actor: Mention[ActorValue]
    role: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Words:
    agent: PhraseMatcher[str]
    accuse: PhraseMatcher[str]
    own_up: PhraseMatcher[str]
    withdrawn: PhraseMatcher[str]
    deny: PhraseMatcher[str]
    disputed: PhraseMatcher[str]
    participles: PhraseMatcher[str]
    passive: frozenset[str]
    negations: frozenset[str]


_NOUNS = frozenset({"forces"})
"""Forms of verbs that are nearly always nouns beside a party ("Iraqi government forces")."""


@functools.cache
def _words() -> _Words:
    raw = lexicon("en", "roles")

    def inflected(key: str, extra: str = "") -> PhraseMatcher[str]:
        forms = [(form, lemma) for lemma in raw[key] for form in verb_forms(lemma) if form not in _NOUNS]
        return PhraseMatcher(forms + [(p, p) for p in raw.get(extra, ())])

    def plain(key: str) -> PhraseMatcher[str]:
        return PhraseMatcher((p, p) for p in raw[key])

    return _Words(
        agent=inflected("agent_verbs"),
        accuse=inflected("accuse", "accuse_phrases"),
        own_up=plain("own_up"),
        withdrawn=plain("withdrawn"),
        deny=inflected("deny", "deny_phrases"),
        disputed=plain("disputed_phrases"),
        participles=plain("origin_participles"),
        passive=frozenset(raw["passive_auxiliaries"]),
        negations=frozenset(raw["negations"]),
    )


def find_parts(
    reading: Reading,
    sentence: Sentence,
    actors: Sequence[Mention[ActorValue]],
    acts: Sequence[Mention[Trigger]],
    munitions: Sequence[Mention[MunitionValue]],
    *,
    antecedent: Mention[ActorValue] | None = None,
) -> tuple[Part, ...]:
    """The parties of ``sentence`` with their roles, strongest first. All mentions given lie in the sentence, but for ``antecedent``, the party
    named last before it, whom "they" may stand for."""
    words = _words()
    parts: list[Part] = _pronoun(reading, sentence, actors, antecedent, words)
    for actor in actors:
        part = _part(reading, sentence, actor, actors, acts, munitions, words)
        if part is not None:
            parts.append(part)
    parts = _jointly(reading, actors, parts)
    disputed = words.disputed.find(reading.tokens, sentence.first, sentence.last) or _crossed(reading, sentence, parts, words)
    if disputed:
        span = reading.span_of(disputed[0].first, disputed[0].last)
        value: Mention[ActorValue] = Mention(ActorValue("disputed"), span, span.of(reading.text), "roles:disputed")
        parts.append(Part(value, "disputed", 3.6))
    return tuple(sorted(parts, key=lambda p: -p.weight))


def _crossed(reading: Reading, sentence: Sentence, parts: Sequence[Part], words: _Words) -> list[Match[str]]:
    """The verbs of two charges in one sentence against two parties ("A blames B, and B blames C"); none where there is but one."""
    accused = {p.actor.value.name for p in parts if p.role == "accused"}
    hits = words.accuse.find(reading.tokens, sentence.first, sentence.last) if len(accused) > 1 else []
    return hits if len(hits) > 1 else []


_JOINT_ROLES = frozenset({"perpetrator", "accused", "claimed"})


def _jointly(reading: Reading, actors: Sequence[Mention[ActorValue]], parts: Sequence[Part]) -> list[Part]:
    """ "M23 and Rwandan forces shelled the camp": what one of two parties joined by "and" did, the other did with it. In text order."""
    out = list(parts)
    for one, other in itertools.pairwise(actors):
        if one.span is None or other.span is None or one.value.name == other.value.name:
            continue
        between = reading.tokens[reading.token_range(one.span)[1] : reading.token_range(other.span)[0]]
        if [t.lower for t in between] not in (["and"], ["and", "the"], ["and", "allied"]) or "anaphor" in one.rule + other.rule:
            continue
        told = {p.actor.span: p for p in parts if p.role in _JOINT_ROLES}
        for has, lacks in ((one, other), (other, one)):
            part = told.get(has.span)
            if part is not None and lacks.span not in {p.actor.span for p in parts} and not lacks.rule.startswith("actors:metonym"):
                form = lacks.rule
                out.append(Part(replace(lacks, rule=f"{form}:{part.actor.rule.rpartition(':')[2]}:joint"), part.role, part.weight))
    return sorted(out, key=lambda p: p.actor.span.start if p.actor.span else 0)


_PEOPLE = frozenset({"force", "people", "group", "anaphor", "generic"})
_BEGINNINGS = frozenset({"began", "begin", "started", "continued", "then", "have", "had", "also"})


def _pronoun(
    reading: Reading, sentence: Sentence, actors: Sequence[Mention[ActorValue]], antecedent: Mention[ActorValue] | None, words: _Words
) -> list[Part]:
    """ "they shelled the city": the party named last before the pronoun, when that is one of people."""
    for at in range(sentence.first, sentence.last - 1):
        if reading.tokens[at].lower != "they":
            continue
        verb = at + 1
        while verb < sentence.last and reading.tokens[verb].lower in _BEGINNINGS:
            verb += 1
        if words.agent.match_at(reading.tokens, verb, sentence.last) is None:
            continue
        named = [a for a in (antecedent, *actors) if a is not None and a.span is not None and a.span.end <= reading.tokens[at].start]
        last = max(named, key=lambda a: a.span.start if a.span else 0, default=None)
        if last is not None and last.rule.partition(":")[2].split(":")[0] in _PEOPLE:
            return [_made(last, "perpetrator", "pronoun", last.rule.partition(":")[2])]
    return []


def _part(
    reading: Reading,
    sentence: Sentence,
    actor: Mention[ActorValue],
    actors: Sequence[Mention[ActorValue]],
    acts: Sequence[Mention[Trigger]],
    munitions: Sequence[Mention[MunitionValue]],
    words: _Words,
) -> Part | None:
    assert actor.span is not None
    first, last = reading.token_range(actor.span)
    form = actor.rule.partition(":")[2]
    clause_end = _clause_end(reading, last, sentence.last)
    if _named_within(reading, first, sentence.first):
        return None
    after = _after_apposition(reading, last, clause_end)
    owned = words.own_up.find(reading.tokens, after, min(sentence.last, after + 8)) or _owns_up_as_speaker(reading, actor)
    taken_back = bool(words.withdrawn.find(reading.tokens, last, sentence.last))
    if owned is True:
        owned = not taken_back and not _tells_of_another(reading, actor, actors, acts, words)
    elif owned and (taken_back or _negated(reading, after, owned[0].last, words)):
        owned = False
    if owned and not words.accuse.find(reading.tokens, last, min(sentence.last, last + 4)):
        return _made(actor, "claimed", "claimed", form)
    if _denies(reading, last, clause_end, words):
        return Part(_named(actor, "deny"), "denied", 2.0)
    if _accused(reading, first, sentence.first, words):
        charged = replace(actor, modality="attributed") if actor.modality in _JUDGING else actor
        return None if _of_something_else(reading, last, clause_end, acts, words) else _made(charged, "accused", "accused", form)
    if _agent_by(reading, first, sentence.first, form, words):
        return _made(actor, "perpetrator", "by", form)
    possessive = last < sentence.last and reading.tokens[last].kind == "clitic"
    placed = form == "country" and first > sentence.first and reading.tokens[first - 1].lower in _BEFORE_PLACES
    placed = placed or _object_of(reading, first, sentence.first)
    reach = _FAR_REACH if form in ("force", "group", "anaphor") and first - sentence.first <= 12 else _REACH
    if (
        form not in ("metonym", "adjective")
        and not possessive
        and not placed
        and _subject(reading, actor.value.name, last, clause_end, reach, actors, acts, words)
    ):
        return _made(actor, "perpetrator", "subject", form)
    if form in ("adjective", "force", "group", "anaphor", "country", "generic") and _owns(reading, actor, last, acts):
        return _made(actor, "perpetrator", "noun", form)
    if form in ("adjective", "force", "group", "anaphor") and _owns(reading, actor, last, munitions):
        return _made(actor, "perpetrator", "munition", form)
    return None


_FACTIONS = frozenset({"faction", "wing", "branch", "offshoot", "ally", "affiliate", "arm", "rival", "successor", "remnant"})
APPOSED = 10
"""Tokens between the commas of "the Hill Front, a faction of the Valley Army, called it revenge"; not tuned."""


def _named_within(reading: Reading, first: int, start: int) -> bool:
    """True for the second party of "the Hill Front, a faction of the Valley Army,", which only tells what the first is."""
    at = first - 1
    while at >= start and reading.tokens[at].lower in ("the", "so-called"):
        at -= 1
    faction = at - 1 >= start and reading.tokens[at].lower == "of" and reading.tokens[at - 1].lower in _FACTIONS
    return faction and any(t.text == "," for t in reading.tokens[max(start, at - 6) : at - 1])


def _after_apposition(reading: Reading, last: int, end: int) -> int:
    """The token behind an apposition to the party that ends before ``last``; ``last`` itself where there is none."""
    if last >= end or reading.tokens[last].text != ",":
        return last
    if last + 1 < end and reading.tokens[last + 1].lower not in ("a", "an", "the", "one", "which", "who"):
        return last
    return next((k + 1 for k in range(last + 2, min(end, last + APPOSED)) if reading.tokens[k].text == ","), last)


def _owns_up_as_speaker(reading: Reading, actor: Mention[ActorValue]) -> bool:
    """True when the party is, or belongs to, the speaker of a claim of responsibility ("Ukraine's navy said it had hit ...")."""
    assert actor.span is not None
    statement = reading.statement_at(actor.span.start)
    if statement is None or statement.modality != "claimed_responsibility" or statement.speaker is None or statement.speaker.span is None:
        return False
    if _only_intercepts(reading, statement):
        return False
    return statement.speaker.kind not in _ONLOOKERS and statement.speaker.span.overlaps(actor.span)


def _only_intercepts(reading: Reading, statement: Statement) -> bool:
    """True for "the air force said it had shot down 84 of 99 drones": who brings them down owns up to no strike."""
    first, last = reading.token_range(statement.span)
    told = {hit.payload for hit in _verbs_of_fire().find(reading.tokens, first, last)}
    return told == {"intercepted"}


@functools.cache
def _verbs_of_fire() -> PhraseMatcher[str]:
    kinds = lexicon("en", "series")["verbs"]
    return PhraseMatcher((phrase, kind) for kind in ("fired", "affected", "damaged", "intercepted") for phrase in kinds[kind])


_ONLOOKERS = frozenset(
    {
        "NGO_monitor",
        "human_rights_org",
        "UN_or_IGO",
        "hospital_morgue",
        "eyewitness",
        "expert",
        "court",
        "wire_agency",
        "national_media",
        "local_media",
        "international_media",
    }
)
"""Kinds of speakers that own up to nothing, whatever country their name holds ("the Syrian ... Observatory said")."""


def _negated(reading: Reading, last: int, stop: int, words: _Words) -> bool:
    """True for "PARTY was not behind the attack" and "has not claimed responsibility"."""
    return any(t.lower in words.negations for t in reading.tokens[last:stop])


def _tells_of_another(
    reading: Reading, speaker: Mention[ActorValue], actors: Sequence[Mention[ActorValue]], acts: Sequence[Mention[Trigger]], words: _Words
) -> bool:
    """True when the words of ``speaker`` name another party as the doer ("A's ministry said B's troops had shelled the town"): whatever a model took
    them for, they own up to nothing."""
    assert speaker.span is not None
    statement = reading.statement_at(speaker.span.start)
    if statement is None or statement.cue is not None:
        return False
    _, end = reading.token_range(statement.span)
    others = (a for a in actors if a.span is not None and a.value.name != speaker.value.name and a.span.start > speaker.span.end)
    return any(_subject(reading, a.value.name, reading.token_range(a.span)[1], end, _REACH, actors, acts, words) for a in others if a.span)


def _named(actor: Mention[ActorValue], how: str) -> Mention[ActorValue]:
    return replace(actor, rule=f"{actor.rule}:{how}")


def _made(actor: Mention[ActorValue], role: str, how: str, form: str) -> Part:
    weight = WEIGHTS[how] * (WEIGHTS["generic"] if form == "generic" else 1.0)
    return Part(_named(actor, how), role, weight)


def _clause_end(reading: Reading, at: int, last: int) -> int:
    for here in range(at, last):
        if reading.tokens[here].text in ";:—":
            return here
    return last


def _denies(reading: Reading, last: int, end: int, words: _Words) -> bool:
    stop = min(end, last + _REACH + 5)
    return bool(words.deny.find(reading.tokens, last, stop))


_MEMBERS = frozenset(
    {
        "members",
        "fighters",
        "dissidents",
        "militants",
        "elements",
        "soldiers",
        "units",
        "supporters",
        "gunmen",
        "guerrillas",
        "rebels",
        "remnants",
    }
)


def _accused(reading: Reading, first: int, start: int, words: _Words) -> bool:
    """True for "blamed (the) PARTY", "accused PARTY", "blamed on PARTY"."""
    hits = words.accuse.find(reading.tokens, max(start, first - 9), first)
    if not hits:
        return False
    between = [t.lower for t in reading.tokens[hits[-1].last : first]]
    if any(word in ",;:" for word in between):
        return False  # "M blames F, the army blames ..."
    if between and between[0] in _MEMBERS and between[1:2] == ["of"]:
        between = between[2:]  # "blamed members of the PARTY"
    return len(between) <= 2 or between[-1] == "on" or between[-2:] == ["on", "the"]


_JUDGING = frozenset({"opinion", "denied"})
"""Labels of statements in which a charge is made ("blamed the militia for the attack, which it called a crime"); the charge itself is another's claim."""
_CHARGE_REACH = 14
"""Tokens of the words after "accused PARTY of" in which an attack is looked for."""


def _of_something_else(reading: Reading, last: int, end: int, acts: Sequence[Mention[Trigger]], words: _Words) -> bool:
    """True for a charge that is no attack: "accused the army of hiding guns in the clinic", "of breaking the truce"."""
    tokens = reading.tokens
    if last + 1 >= end or tokens[last].lower != "of" or not tokens[last + 1].lower.endswith("ing"):
        return False
    stop = min(end, last + 1 + _CHARGE_REACH)
    told = any(a.span is not None and tokens[last].start < a.span.start < tokens[stop - 1].end for a in acts)
    return not (
        told
        or words.agent.find(tokens, last + 1, stop)
        or words.participles.find(tokens, last + 1, stop)
        or _owned(tokens[last + 1 : stop])
    )


def _owned(tokens: Sequence[Token]) -> bool:
    """ "Being behind it", "being responsible for the deaths"."""
    return any(
        t.lower in ("behind", "responsible", "responsibility", "involved", "perpetrating", "crimes", "genocide", "atrocities")
        for t in tokens
    )


_LOCATED = frozenset({"in", "from", "near", "at", "on", "across", "inside", "outside", "around", "over", "into", "to"})
_OF_A_STATE = frozenset({"country", "adjective", "metonym"})


_ENDS_OF_AGENTS = frozenset({"by", "as", "when", "while", "after", "before", "since", "that", "who", "which", "against"})
"""Words between "by" and a party: behind any but "by" a clause of its own begins ("committed by gunmen as government forces closed in")."""
_NO_DEEDS = word_set(
    "said confirmed reported held controlled announced published posted called described assisted backed supported aided helped joined accompanied escorted "
    "followed trained armed equipped funded guarded protected rescued condemned welcomed feared"
)
"""What is done "by PARTY" and is no attack, whatever else the sentence tells ("militiamen, assisted by coalition jets, stormed the town")."""


def _agent_by(reading: Reading, first: int, start: int, form: str, words: _Words) -> bool:
    """True for "shelled by PARTY", "fired by PARTY", "attack by PARTY"; adjectives and articles may stand between. "Killed by gunmen in Mali" was done
    in Mali and not by it."""
    at = first - 1
    while at >= start and first - at <= 5 and reading.tokens[at].kind == "word" and reading.tokens[at].lower not in _ENDS_OF_AGENTS:
        at -= 1
    if at < start or reading.tokens[at].lower != "by":
        return False
    if form in _OF_A_STATE and any(t.lower in _LOCATED for t in reading.tokens[at + 1 : first]):
        return False
    low = max(start, at - _BY_REACH)
    before = reading.tokens[low:at]
    if not before or before[-1].lower in _NO_DEEDS:
        return False
    return bool(words.agent.find(reading.tokens, low, at) or words.participles.find(reading.tokens, low, at) or _act_noun(before))


def _act_noun(tokens: Sequence[Token]) -> bool:
    nouns = {
        "attack",
        "attacks",
        "strike",
        "strikes",
        "raid",
        "raids",
        "shelling",
        "bombing",
        "massacre",
        "assault",
        "airstrike",
        "airstrikes",
    }
    return any(t.lower in nouns for t in tokens[-8:])


_NOT_SUBJECT_AFTER = frozenset(
    {
        "against",
        "by",
        "on",
        "at",
        "targeting",
        "near",
        "between",
        "among",
        "including",
        "engaged",
        "hit",
        "struck",
        "killed",
        "killing",
        "attacked",
    }
)


def _object_of(reading: Reading, first: int, start: int) -> bool:
    """True when the party is what a verb or preposition before it acts on ("engaged an ISIL unit", "strikes against the rebels")."""
    at = first - 1
    while at >= start and reading.tokens[at].lower in ("a", "an", "the", "several", "suspected", "alleged"):
        at -= 1
    return at >= start and reading.tokens[at].lower in _NOT_SUBJECT_AFTER


def _subject(
    reading: Reading,
    name: str,
    last: int,
    end: int,
    reach: int,
    actors: Sequence[Mention[ActorValue]],
    acts: Sequence[Mention[Trigger]],
    words: _Words,
) -> bool:
    """True when the party stands before an active verb of attack, with no other party and no passive between."""
    for verb in _verbs(reading, last, min(end, last + reach), acts, words):
        between = reading.tokens[last:verb]
        lowers = {t.lower for t in between}
        if any(t.text in '"“”' for t in between) or lowers & words.negations:
            return False
        if lowers & {"said", "says", "told", "reported", "by", "that", "claimed", "wrote", "warned", "denied"}:
            return False
        if any(a.value.name != name and a.span and between and between[0].start <= a.span.start < between[-1].end for a in actors):
            return False
        return not _passive(between, words)
    return False


_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "this", "that", "of"})


def _verbs(reading: Reading, first: int, stop: int, acts: Sequence[Mention[Trigger]], words: _Words) -> list[int]:
    """First tokens of the verbs of attack among the tokens, in text order: those of the lexicon, but for nouns that look like one ("the fire"), and those
    that tell of an act together with their object ("gave them 72 hours to leave")."""
    found = {hit.first for hit in words.agent.find(reading.tokens, first, stop)}
    framed = (reading.token_range(a.span)[0] for a in acts if a.span is not None and a.value.part == "frame")
    found |= {at for at in framed if first <= at < stop}
    return sorted(at for at in found if at == first or reading.tokens[at - 1].lower not in _ARTICLES)


def _passive(between: Sequence[Token], words: _Words) -> bool:
    """True when an auxiliary ("was", "were badly") stands right before the verb."""
    if between and between[-1].lower.endswith("ly"):
        between = between[:-1]
    return bool(between) and between[-1].lower in words.passive


def _owns(
    reading: Reading, actor: Mention[ActorValue], last: int, things: Sequence[Mention[Trigger]] | Sequence[Mention[MunitionValue]]
) -> bool:
    """True for "PARTY('s) (adjectives) attack/missile": the thing begins within three words of the party."""
    for thing in things:
        assert thing.span is not None
        first, _ = reading.token_range(thing.span)
        between = reading.tokens[last:first] if first >= last else ()
        noun = (
            not between and first == last and actor.rule.startswith("actors:adjective")
        )  # "Monday's Russian strike": no verb follows an adjective
        if thing.rule.endswith((":verb", ":phrase", ":frame")) and not (noun and thing.rule.endswith(":verb")):
            continue
        if isinstance(thing.value, MunitionValue) and actor.span is not None and thing.span.contains(actor.span):
            return True
        if first < last or len(between) > 4:
            continue
        if all(t.kind in ("word", "clitic", "number") or t.text == "-" for t in between) and not (
            {t.lower for t in between}
            & {
                "of",
                "in",
                "on",
                "to",
                "from",
                "was",
                "were",
                "by",
                "said",
                "and",
                "when",
                "after",
                "with",
                "against",
                "for",
                "over",
                "as",
                "blamed",
                "accused",
                "blames",
                "accuses",
                "says",
                "say",
                "reports",
                "claims",
                "denies",
                "warns",
                "tells",
            }
        ):
            return True
        if not between:
            return True
    return False
