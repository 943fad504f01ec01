"""Words of harm: verbs, "дістав поранення", bodies, lives, states; what they agree with, and whether they are told as real."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims.slavic.harm.window import Trigger, Window, phrases_of, states, takes, verbs
from witnessmark.claims.slavic.words import first_match, matcher
from witnessmark.claims.words import words
from witnessmark.statements.language.lexicons import lexicon
from witnessmark.statements.language.matching import Match

_PLURAL = ("ли", "ні", "ны", "ся_ли", "ють", "уть", "ют", "ут", "ись", "ися", "лись")


_IMPERSONAL = ("но", "то", "ло")


ACTIVE = words(
    "вбив вбила вбили убив убила убили поранив поранила поранили травмувала розстріляли розстріляв застрелили застрелив стратили викрали викрав "
    "убил ранил ранила ранили расстреляли расстрелял застрелили застрелил казнили похитили похитил вбивши убивши поранивши травмувавши ранив "
    "госпіталізували госпитализировали затримали задержали зґвалтували изнасиловали"
)


def triggers_of(window: Window) -> list[Trigger]:
    """The words of harm of the sentence, in text order, without those that are denied."""
    tokens, first, last, language = window.tokens, window.first, window.last, window.language
    out = [Trigger(m.first, m.last, m.payload, "verb") for m in verbs(language).find(tokens, first, last)]
    wounds = matcher(language, "harm", "takes", "wounds")
    for m in takes(language).find(tokens, first, last):
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
    out += [Trigger(m.first, m.last, m.payload, "state") for m in states(language).find(tokens, first, last)]
    return sorted((t for t in out if not _negated(window, t)), key=lambda t: t.first)


def _negated(window: Window, trigger: Trigger) -> bool:
    return window.word(trigger.first - 1) in lexicon(window.language, "harm")["words"]["negations"]


def agrees_with(window: Window, trigger: Trigger) -> str:
    """singular, plural or any: what the verb agrees with."""
    word = window.word(trigger.first)
    if trigger.kind in {"bodies", "lives"} or word.endswith(_IMPERSONAL) or word in ACTIVE:
        return "any"
    return "plural" if word.endswith(_PLURAL) else "singular"


def unknown_tolls(window: Window, triggers: Sequence[Trigger]) -> tuple[list[tuple[Match[str], tuple[str, ...], bool]], list[Trigger]]:
    """ "Скільки людей загинуло, не повідомляється": the figure is not known; and the words of harm that are left."""
    found: list[tuple[Match[str], tuple[str, ...], bool]] = []
    left: list[Trigger] = []
    for trigger in triggers:
        asked = phrases_of(window.language, "how_many").find(window.tokens, max(window.first, trigger.first - 4), trigger.first)
        if asked and trigger.harm in {"killed", "injured"}:
            found.append((Match(asked[0].first, trigger.last, "unknown"), (trigger.harm,), True))
        else:
            left.append(trigger)
    return found, left


def unreal(window: Window, trigger: Trigger) -> bool:
    """True behind a word for what might be ("могли загинути"), and for a death that nothing tells to be violent."""
    low = max(window.first, trigger.first - 3)
    if window.word(trigger.first) in lexicon(window.language, "harm")["words"]["natural"] and not _violent(window):
        return True
    return bool(phrases_of(window.language, "unreal").find(window.tokens, low, min(window.last, trigger.last + 1)))


def _violent(window: Window) -> bool:
    """True where words of hitting or of wounds stand beside "помер", which says nothing of how."""
    wounds = matcher(window.language, "harm", "takes", "wounds")
    hits = matcher(window.language, "objects", "hits", "verbs")
    hospital = phrases_of(window.language, "hospital_death")
    return any(m.find(window.tokens, window.first, window.last) for m in (wounds, hits, hospital))
