"""With what: a headline's munition that the body does not bear out, and weapons that opposed accounts name."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from witnessmark.assess.within.pairs import Clash, speaker_of, words_of
from witnessmark.model import IncidentClaim, MunitionValue, Span
from witnessmark.statements import Reading

_OPPOSED = frozenset({"denied", "claimed_responsibility", "inferred", "attributed.chain"})
# Words that reporters use for one and the same thing.
_ALIKE = {
    "mlrs": "rocket", "shelling": "gun", "ied": "blast", "vbied": "blast", "suicide": "blast", "unknown_explosive": "blast", "booby_trap": "blast", "bomb.unspecified": "blast",
}  # fmt: skip


def munition_clashes(reading: Reading, claims: Sequence[IncidentClaim]) -> Iterator[Clash]:
    """Clashes of effect or weapon family. "Not stated" agrees with everything."""
    told = {c.identifier: _told(c) for c in claims}
    everywhere = [v for items in told.values() for v, s in items if not reading.document.in_headline(s)]
    for claim in claims:
        items = told[claim.identifier]
        head = [(v, s) for v, s in items if reading.document.in_headline(s)]
        body = [(v, s) for v, s in items if not reading.document.in_headline(s)]
        yield from _headline(reading, claim, head, body or _all_body(reading, told), everywhere)
        yield from _rivals(reading, claim, body)


def _told(claim: IncidentClaim) -> list[tuple[MunitionValue, Span]]:
    mentions = (*claim.munitions, *(m for _, m in claim.alternatives))
    return [(m.value, words_of(m)) for m in mentions if isinstance(m.value, MunitionValue)]


def _all_body(reading: Reading, told: dict[str, list[tuple[MunitionValue, Span]]]) -> list[tuple[MunitionValue, Span]]:
    """Body munitions of every claim: what a headline that stands alone is held against, when its effect is special."""
    return [(v, s) for items in told.values() for v, s in items if not reading.document.in_headline(s) and v.effect]


def _headline(
    reading: Reading,
    claim: IncidentClaim,
    head: Sequence[tuple[MunitionValue, Span]],
    body: Sequence[tuple[MunitionValue, Span]],
    everywhere: Sequence[MunitionValue],
) -> Iterator[Clash]:
    for top, at in head:
        clashing = sorted(((v, s) for v, s in body if _other(top, v)), key=lambda item: (item[0].effect is None, item[1]))
        rivals = [s for _, s in clashing]
        if rivals and not any(_bears_out(v, top) for v in everywhere):
            note = f"{at.of(reading.text)} in the headline, {rivals[0].of(reading.text)} in the body"
            yield Clash(claim.identifier, "munition", at, rivals[0], note, "headline_munition")


def _rivals(reading: Reading, claim: IncidentClaim, body: Sequence[tuple[MunitionValue, Span]]) -> Iterator[Clash]:
    """The first pair of weapons that two speakers name, one of them in an account that opposes the other."""
    for (a, at), (b, bt) in itertools.combinations(sorted(body, key=lambda item: item[1]), 2):
        if _other(a, b) and _opposed(reading, at, bt):
            note = f"{at.of(reading.text)} against {bt.of(reading.text)}"
            yield Clash(claim.identifier, "munition", at, bt, note, "rival_weapons")
            return


def _opposed(reading: Reading, a: Span, b: Span) -> bool:
    one, two = reading.statement_at(a.start), reading.statement_at(b.start)
    if one is None or two is None or speaker_of(reading, a) == speaker_of(reading, b):
        return False
    return bool({one.modality, two.modality} & _OPPOSED)


def _family(value: MunitionValue) -> str:
    weapon = value.weapon or ""
    family = weapon.split(".")[0]
    return _ALIKE.get(weapon) or _ALIKE.get(family) or family


def _other(a: MunitionValue, b: MunitionValue) -> bool:
    if a.effect and b.effect and a.effect != b.effect:
        return True
    one, two = _family(a), _family(b)
    return bool(one and two and one != two and "unknown" not in (one, two) and "blast" not in (one, two))


def _bears_out(body: MunitionValue, top: MunitionValue) -> bool:
    return not _other(top, body) and (top.effect is None or top.effect == body.effect)
