"""English inflection by rule, with the irregular verbs that reports of attacks use."""

from __future__ import annotations

_IRREGULAR = {
    "beat": ("beats", "beat", "beaten", "beating"),
    "blow": ("blows", "blew", "blown", "blowing"),
    "break": ("breaks", "broke", "broken", "breaking"),
    "burn": ("burns", "burned", "burnt", "burning"),
    "bring": ("brings", "brought", "brought", "bringing"),
    "burst": ("bursts", "burst", "burst", "bursting"),
    "come": ("comes", "came", "come", "coming"),
    "fall": ("falls", "fell", "fallen", "falling"),
    "go": ("goes", "went", "gone", "going"),
    "hit": ("hits", "hit", "hit", "hitting"),
    "lay": ("lays", "laid", "laid", "laying"),
    "lose": ("loses", "lost", "lost", "losing"),
    "overrun": ("overruns", "overran", "overrun", "overrunning"),
    "put": ("puts", "put", "put", "putting"),
    "rip": ("rips", "ripped", "ripped", "ripping"),
    "set": ("sets", "set", "set", "setting"),
    "shoot": ("shoots", "shot", "shot", "shooting"),
    "slay": ("slays", "slew", "slain", "slaying"),
    "strike": ("strikes", "struck", "stricken", "striking"),
    "take": ("takes", "took", "taken", "taking"),
    "tear": ("tears", "tore", "torn", "tearing"),
    "throw": ("throws", "threw", "thrown", "throwing"),
}
_DOUBLED = frozenset({"drop", "gun", "gut", "kidnap", "level", "plan", "ram", "slam", "stab", "stop"})


def verb_forms(lemma: str) -> tuple[str, ...]:
    """Base form, third person, past, participle and -ing form of ``lemma``; the first word carries the ending ("gun down")."""
    head, _, rest = lemma.partition(" ")
    prefix, hyphen, stem = head.rpartition("-")
    forms = (stem, *_IRREGULAR.get(stem, _regular(stem)))
    tail = f" {rest}" if rest else ""
    return tuple(dict.fromkeys(f"{prefix}{hyphen}{form}{tail}" for form in forms))


def plural(noun: str) -> str:
    """The plural of the last word of ``noun``."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


def _regular(stem: str) -> tuple[str, str, str]:
    if stem.endswith("e"):
        return stem + "s", stem + "d", stem[:-1] + "ing"
    if stem.endswith("y") and stem[-2:-1] not in "aeiou":
        return stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"
    if stem in _DOUBLED:
        return stem + ("es" if stem.endswith("s") else "s"), stem + stem[-1] + "ed", stem + stem[-1] + "ing"
    third = stem + "es" if stem.endswith(("s", "x", "z", "ch", "sh")) else stem + "s"
    return third, stem + "ed", stem + "ing"


def past_forms(lemma: str) -> tuple[str, ...]:
    """Past, participle and -ing form of ``lemma``, for verbs whose other forms are common nouns ("fire", "storm")."""
    base, third = verb_forms(lemma)[:2]
    return tuple(f for f in verb_forms(lemma) if f not in (base, third))
