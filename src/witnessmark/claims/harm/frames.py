"""From a word of harm to the people that it befell, by the word's frame.

Each rule looks at one place: the object to the right, the subject to the left, the count directly before, or the complement after "of".
The first that finds people wins; which one did is recorded as the rule.
"""

from __future__ import annotations

from dataclasses import replace

from witnessmark.claims.harm.chains import ADVERBS, before_auxiliaries, chain_left, chain_right
from witnessmark.claims.harm.triggers import Trigger
from witnessmark.claims.harm.window import Toll, Window
from witnessmark.claims.people import People, not_people
from witnessmark.claims.phrases import FUNCTION_WORDS
from witnessmark.claims.words import words

MAX_GAP = 16
"""Tokens between a subject and its verb ("12 people, including four children sheltering in a cellar, were killed"). Chosen on reports
dev2 among 8, 12, 16, 24: beyond 16 nothing more was found."""

MASS = 3
"""From this number on, people who were "shot" are read as killed. On 150 gun-violence reports singles and pairs were mostly wounded."""
NAMED_SCORE = 0.6
UNREAL_SCORE = 0.3
PLURAL_SCORE = 0.4
AMBIGUOUS_SCORE = 0.5
_KILLINGS = frozenset({"killing", "killings", "massacre", "massacred", "executed", "execution", "executions", "slaughter"})
_SURVIVING = frozenset({"wounded", "injured", "hurt", "survived", "surviving"})
_FATAL = frozenset({"fatal", "deadly"})
_UNREAL = words("could may might would will can shall should must to cannot didn't don't doesn't won't wouldn't if")
_UNREAL_OF_NOUNS = _UNREAL - {"to"}  # "led to the deaths of five people"
_GAP_OPENERS = words(
    "in on at from near inside outside who that which aboard of around by behind among including with travelling traveling driving riding walking "
    "sheltering sleeping waiting working living standing queuing returning trying fleeing about , ( [ - – —"
)
_AFTER_LONE_PARTICIPLE = words(
    "with from in by when as and while after during at on near outside inside since over , . ; : ! ? — – - ) following amid"
)
_REFLEXIVES = words("himself herself themselves itself self")
_PREDICATED = frozenset(
    {"shot", "wounded", "injured", "were", "was", "have", "had", "has", "are", "is", "died", "perished", "drowned", "disappeared"}
)
_PART_WORDS = frozenset({"mostly", "mainly", "all", "many", "most", "including", "among", "include", "includes", "included"})


def tolls_of(window: Window, trigger: Trigger) -> list[Toll]:
    """The toll that ``trigger`` tells of: none or one."""
    toll = _BY_FRAME[trigger.frame.frame](window, trigger)
    if toll is None:
        return []
    needs = trigger.frame.needs
    if needs and not any(window.words(at, *need) for need in needs for at in (toll.last, trigger.last)):
        return []
    if trigger.harm == "displaced" and trigger.frame.frame == "intransitive" and _ran_away(window, trigger, toll):
        return []
    return [_scored(window, trigger, toll)]


_ESCAPES = (
    ("on", "foot"),
    ("the", "scene"),
    ("in", "a", "car"),
    ("in", "a", "vehicle"),
    ("on", "a", "motorcycle"),
    ("on", "motorcycles"),
    ("into",),
)


def _ran_away(window: Window, trigger: Trigger, toll: Toll) -> bool:
    """ "The suspect fled", "the men fled on foot": nobody is displaced by that."""
    if any(p.group == "armed_group" for p in toll.phrases) or any(window.words(trigger.last, *way) for way in _ESCAPES):
        return True
    return any(
        window.word(k) in {"suspect", "suspects", "attacker", "attackers", "gunmen", "gunman"} for k in range(window.first, toll.first)
    )


def _active(window: Window, trigger: Trigger) -> Toll | None:
    found = _object(window, trigger, "object")
    return found if found is not None or window.word(trigger.last) != "of" else _noun(window, trigger)  # "the killing of four people"


def _participle(window: Window, trigger: Trigger) -> Toll | None:
    return _plain_participle(window, trigger) or _shared(window, trigger)


def _plain_participle(window: Window, trigger: Trigger) -> Toll | None:
    end, passive = before_auxiliaries(window, trigger.first)
    if passive:
        found = _subject(window, trigger, end, "passive") or _subject_of_clause(window, trigger, end)
        found = found and _pair(window, found, end)
        return found or _object(window, trigger, "passive.object")
    if window.word(trigger.last) in _REFLEXIVES:
        phrase = window.ending.get(end) if end == trigger.first else None
        return None if phrase is None else Toll((phrase,), trigger.harm, "reflexive", trigger.first)
    if _adjectival(window, trigger):
        return None
    return _object(window, trigger, "active") or _adjacent(window, trigger, end)


PAIR_REACH = 12
"""Tokens between the "and" of two subjects and the verb, over an apposition; not tuned."""


def _pair(window: Window, toll: Toll, end: int) -> Toll:
    """ "Roe, head of the union, and his brother were shot": a plural verb behind one person who is joined by "and" to a name that no rule reads has two
    subjects."""
    only = toll.phrases[0]
    alone = len(toll.phrases) == 1 and only.minimum == only.maximum == 1 and only.form in {"single", "name"}
    if not alone or window.word(end) not in {"were", "are"} or end - only.first > PAIR_REACH:
        return toll
    joined = next((k for k in range(only.first - 1, max(window.first, end - PAIR_REACH), -1) if window.word(k) == "and"), None)
    if joined is None or not window.tokens[joined - 1].capitalised and window.word(joined - 1) != ",":
        return toll
    return replace(toll, phrases=(replace(only, minimum=2, maximum=2, group="people"),))


def _adjectival(window: Window, trigger: Trigger) -> bool:
    """ "The families of murdered people": a participle that describes people of whom nothing is told."""
    described = window.starting.get(trigger.last)
    plural = described is not None and described.form == "plural" and not described.definite
    return plural and window.word(trigger.first - 1) in {"of", "for", "to", "from", "with", "about"}


_AFTER_CLAUSE = frozenset({"after", "before", "since", "despite"})


def _subject_of_clause(window: Window, trigger: Trigger, end: int) -> Toll | None:
    """ "A girl is in hospital after being shot": the subject of the clause before, which is the first phrase for people that is counted or one."""
    here = end
    while here < trigger.first and window.word(here) in ADVERBS:
        here += 1
    if window.word(here) != "being" or window.word(here - 1) not in _AFTER_CLAUSE:
        return None
    first = next((p for p in window.people if p.last < end and p.form in {"single", "counted", "name"} and p.partitive is None), None)
    return None if first is None else Toll(chain_right(window, first), trigger.harm, "passive.clause", trigger.first)


def _shared(window: Window, trigger: Trigger) -> Toll | None:
    """ "abducted and killed", "shot, killed": the people of the verb before."""
    end = trigger.first - 1
    if window.word(end) not in {"and", ",", "or"}:
        return None
    before = next((t for k in range(end - 1, end - 6, -1) if (t := window.trigger_at.get(k)) is not None), None)
    if before is None or before.last != end or before.frame.frame != "participle":
        return None
    toll = _plain_participle(window, before)
    return None if toll is None else replace(toll, harm=trigger.harm, rule="shared", anchor=trigger.first)


def _intransitive(window: Window, trigger: Trigger) -> Toll | None:
    end, _ = before_auxiliaries(window, trigger.first)
    return _subject(window, trigger, end, "intransitive") or _shared_subject(window, trigger, end)


SHARED_REACH = 12
"""Tokens between two verbs of one subject ("was hit several times near the market and died"); not tuned."""


def _shared_subject(window: Window, trigger: Trigger, end: int) -> Toll | None:
    """ "Roe was hit by a bullet and died": the people of the wound, where the two verbs are joined by "and" or "but"."""
    if trigger.harm != "killed" or window.word(end - 1) not in {"and", "but"}:
        return None
    before = next((t for t in reversed(window.triggers) if t.last < end and end - t.last <= SHARED_REACH), None)
    if before is None or before.harm != "injured" or before.frame.frame not in {"participle", "intransitive"}:
        return None
    toll = _plain_participle(window, before) if before.frame.frame == "participle" else _intransitive(window, before)
    if toll is None or not toll.rule.startswith(("passive", "intransitive")):
        return None
    return replace(toll, harm=trigger.harm, rule="intransitive.shared", anchor=trigger.first)


def _state(window: Window, trigger: Trigger) -> Toll | None:
    if window.word(trigger.first - 1) in {"the", "of"} or trigger.last in window.starting:
        return None
    end, linked = before_auxiliaries(window, trigger.first)
    if linked:
        return _subject(window, trigger, end, "state")
    found = _adjacent(window, trigger, end)
    if found is None and any(window.word(k) in {"left", "leaving", "leaves"} for k in range(max(window.first, end - MAX_GAP), end)):
        found = _subject(window, trigger, end, "left")
    return found


def _noun(window: Window, trigger: Trigger) -> Toll | None:
    before = window.ending.get(trigger.first) or window.ending.get(trigger.first + 1)
    if before is not None and before.form in {"bare", "counted"} and (before.partitive is None):
        return Toll((before,), trigger.harm, "noun", trigger.first)
    at = trigger.last
    if window.word(at) in {"of", "to"} and window.word(trigger.last - 1) not in {"lives"}:
        after = window.starting.get(at + 1) or _named_later(window, at + 1)
        if after is not None and after.form != "headless" and not (after.form == "bare" and after.additional):  # "the killing of another"
            return Toll(chain_right(window, after, of_noun=True), trigger.harm, "noun.of", trigger.first)
    return None


def _self(window: Window, trigger: Trigger) -> Toll:
    """ "shot his wife and then killed himself": one more of the dead, whom the verb alone tells of where no subject stands before it. A "murder-suicide" has
    two dead at least."""
    if window.word(trigger.first) == "murder" or window.word(trigger.first).startswith("murder-"):
        return Toll(
            (People(trigger.first, trigger.last, 2, None, "ge", None, "people", "name", additional=True),),
            trigger.harm,
            "self",
            trigger.first,
        )
    subject = window.ending.get(trigger.first)
    if subject is None or not subject.number_one:
        subject = People(trigger.first, trigger.last, 1, 1, "eq", None, "people", "name")
    return Toll((replace(subject, additional=True),), trigger.harm, "self", trigger.first)


_BY_FRAME = {"active": _active, "participle": _participle, "intransitive": _intransitive, "state": _state, "noun": _noun, "self": _self}


TITLE_WORDS = 4
"""Words of a title before the noun that heads it ("Peruvian deputy interior minister Roe")."""


def _named_later(window: Window, at: int) -> People | None:
    """ "The murder of Peruvian interior minister Roe": the person whose title begins with words that are no phrase for people."""
    for here in range(at, min(at + TITLE_WORDS, window.last - 1)):
        token = window.tokens[here]
        titled = token.capitalised or token.shouted or token.lower in _TITLES
        if token.kind != "word" or not titled or token.lower in FUNCTION_WORDS or here in window.trigger_at:
            return None
        phrase = window.starting.get(here + 1)
        if phrase is not None:
            return phrase if phrase.form == "name" else None
    return None


_TITLES = words("former prominent late retired acting deputy senior vice ex")


def _object(window: Window, trigger: Trigger, rule: str) -> Toll | None:
    at = trigger.last
    if window.word(at) in {"and", "or"} and at + 1 in window.trigger_at:  # "killing or wounding dozens"
        at = window.trigger_at[at + 1].last
    if (window.word(at) in ADVERBS and window.word(at) != "to") or window.word(at) in {"another", "what"} and at not in window.starting:
        at += 1
    phrase = window.starting.get(at) or _named_later(window, at)
    if phrase is None or phrase.form == "headless":
        return None
    if phrase.additional and phrase.form == "single" and window.word(trigger.first - 1) == "or":
        return None  # "to harm or kill another person": the words of a law
    if phrase.form == "bare" and window.word(phrase.last) in {"times", "shots", "rounds"}:
        return None
    return Toll(chain_right(window, phrase), trigger.harm, rule, trigger.first)


def _adjacent(window: Window, trigger: Trigger, end: int) -> Toll | None:
    """ "14 killed", "three wounded", "a nurse killed in the blast"."""
    phrase = window.ending.get(end)
    if phrase is None or (phrase.form == "headless" and phrase.first != window.first):  # headlines leave articles out
        return None
    if (
        phrase.form in {"single", "plural", "name", "headless"}
        and window.word(trigger.last) not in _AFTER_LONE_PARTICIPLE
        and trigger.last < window.last
    ):
        return None
    return Toll(chain_left(window, phrase), trigger.harm, "adjacent", trigger.first)


def _subject(window: Window, trigger: Trigger, end: int, rule: str) -> Toll | None:
    phrase = window.ending.get(end) or _with_unknown(window, end) or _hit_before(window, end)
    phrase = phrase and (_members(window, phrase) or phrase)
    if phrase is not None and not any(_in_part(window, p) for p in chain_left(window, phrase)):
        return Toll(chain_left(window, _with_count(window, phrase)), trigger.harm, rule, trigger.first)
    for phrase in reversed(window.people):
        if phrase.last > end or phrase.form in {"headless", "name"}:
            continue
        chain = chain_left(window, phrase)
        if any(_in_part(window, p) for p in chain):
            continue
        if end - phrase.last > MAX_GAP:
            return None
        if not _bridged(window, phrase, end):
            continue
        return Toll(chain, trigger.harm, rule + ".gap", trigger.first)
    return None


def _members(window: Window, phrase: People) -> People | None:
    """ "Three members of the Roe patrol were killed": those who are counted, not what they are of."""
    before = window.ending.get(phrase.first - 1)
    members = before is not None and before.form == "counted" and window.word(before.last - 1) in {"members", "employees", "relatives"}
    return before if members and window.word(phrase.first - 1) == "of" else None


def _hit_before(window: Window, end: int) -> People | None:
    """ "Four of the five people shot died": a participle of harm that stands behind its people, before the verb of theirs."""
    hit = window.trigger_at.get(end - 1)
    return window.ending.get(end - 1) if hit is not None and hit.harm == "injured" and hit.last == end else None


def _with_count(window: Window, phrase: People) -> People:
    """ "23 worshippers and soldiers": the count before covers both nouns."""
    before = window.ending.get(phrase.first - 1)
    if phrase.form != "plural" or before is None or before.form != "counted" or window.word(phrase.first - 1) != "and":
        return phrase
    grown = {("women", "girls"): "women", ("men", "boys"): "men"}.get((before.group, window.word(phrase.last - 1)))
    return replace(before, last=phrase.last, group=grown or (before.group if before.group == phrase.group else "people"))


def _with_unknown(window: Window, end: int) -> People | None:
    """ "70 patients and porters were killed": a plural that the lexicon does not hold joins the counted noun before it."""
    before = window.ending.get(end - 2)
    if before is None or before.form != "counted" or window.word(end - 2) != "and" or not window.word(end - 1).endswith("s"):
        return None
    return None if window.word(end - 1) in not_people() else replace(before, last=end, group="people")


_SAYING = words("saying claiming adding reporting stating indicating warning telling said says")


def _bridged(window: Window, phrase: People, end: int) -> bool:
    """True when the words between a subject and its verb can be a modifier of the subject."""
    if window.word(phrase.last) not in _GAP_OPENERS and not window.word(phrase.last).endswith("ing"):
        return False
    if any(window.word(k) in _SAYING for k in range(phrase.last, end)):
        return False  # "a pilot saying that Roe had been shot"
    hurt = window.word(phrase.last) == "who" or window.words(phrase.last, ",", "who")  # "a boy who was shot at a camp has died"
    return not any(
        window.word(k) in {";", ":"} or (_is_verb(window, k) and not (hurt and _wounds(window, k))) for k in range(phrase.last, end)
    )


def _wounds(window: Window, at: int) -> bool:
    trigger = window.trigger_at.get(at)
    return trigger is not None and trigger.harm == "injured"


def _is_verb(window: Window, at: int) -> bool:
    trigger = window.trigger_at.get(at)
    return trigger is not None and trigger.frame.frame != "noun" and not trigger.frame.needs


def _in_part(window: Window, phrase: People) -> bool:
    """True inside "including X", "among them X", "X among them", "three of them X", ", pupils for the most part,"."""
    if any(window.words(p.last, "among", "them") or window.word(p.last) == "included" for p in chain_right(window, phrase)):
        return True
    if any(window.word(k) in {"whom", "them"} for k in range(max(window.first, phrase.first - 2), phrase.first)):
        return True  # "six of whom were minors"
    if phrase.partitive == "them" and window.word(phrase.last) not in _PREDICATED:
        return True
    before = window.ending.get(phrase.first)
    if before is not None and before.partitive is not None or window.words(phrase.first - 2, "of", "them"):
        return True
    counted = window.ending.get(phrase.first - 1)
    if phrase.form == "plural" and window.word(phrase.first - 1) == "," and counted is not None and counted.form != "plural":
        return True
    return any(window.word(k) in _PART_WORDS for k in range(max(window.first, phrase.first - 2), phrase.first))


def _scored(window: Window, trigger: Trigger, toll: Toll) -> Toll:
    score = 1.0
    harm, also = trigger.harm, trigger.frame.ambiguous
    if also and any(window.word(k) in _FATAL for k in range(max(window.first, trigger.first - 2), trigger.first)):
        harm, also = "killed", ()  # "the fatal February shooting of a clerk"
    if also:
        score = AMBIGUOUS_SCORE
        executed = bool(window.vocabulary & _KILLINGS) and not window.vocabulary & _SURVIVING
        if (toll.rule in {"active", "object"} or executed) and (toll.phrases[0].minimum or 0) >= MASS:
            harm, also = also[0], (harm,)  # "gunmen shot 26 people" tells of deaths, "a man shot his friend" mostly of a wound
    if any(p.form == "name" for p in toll.phrases):
        score = min(score, NAMED_SCORE)
    if any(p.form == "plural" for p in toll.phrases):
        score = min(score, PLURAL_SCORE)
    if also and window.word(toll.last) in {"dead", "to"} and (window.word(toll.last) == "dead" or window.word(toll.last + 1) == "death"):
        harm, also, score = "killed", (), 1.0  # "shot his brother to death"
    unreal = _UNREAL_OF_NOUNS if trigger.frame.frame == "noun" else _UNREAL
    spared = window.words(trigger.first - 2, "have", "been") and window.word(trigger.first - 3) in {"could", "would"}
    reach = 3 if spared else 2  # "could have been killed"; "may have been killed" tells of a death that is not sure
    if any(window.word(k) in unreal for k in range(max(window.first, trigger.first - reach), trigger.first)) and toll.rule != "adjacent":
        score = UNREAL_SCORE
    phrases = toll.phrases
    if also and any(window.word(k) in {"also", "too"} for k in range(toll.last, trigger.first)):
        phrases = (replace(phrases[0], additional=True), *phrases[1:])  # "a child was also shot": not the one whose death is told
    return Toll(phrases, harm, toll.rule, toll.anchor, score, also)
