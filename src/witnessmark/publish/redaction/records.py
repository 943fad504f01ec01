"""Records as they may leave: every value from a closed list, the gazetteer or the rewritten words; nothing is copied that was not looked at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from witnessmark.model import (
    ActorValue,
    ActValue,
    BreakdownValue,
    Contradiction,
    DateValue,
    HarmValue,
    Incident,
    IncidentClaim,
    Mention,
    MunitionValue,
    ObjectValue,
    PlaceValue,
    Quantity,
    SeriesClaim,
    Span,
    Speaker,
    Statement,
    TollRange,
)  # fmt: skip
from witnessmark.model.mentions import PROPOSED
from witnessmark.publish.redaction.flags import Decided, Flags
from witnessmark.publish.redaction.lexicon import known_parties
from witnessmark.publish.redaction.passages import Rewritten
from witnessmark.publish.redaction.places import snapped
from witnessmark.publish.redaction.plain import closed, closed_or_none, feature, identifier
from witnessmark.publish.redaction.policy import Policy
from witnessmark.publish.redaction.texts import SILENT
from witnessmark.publish.redaction.times import coarsened
from witnessmark.publish.view import AnyMention

_ALL = Span(0, len(SILENT))


@dataclass(frozen=True, slots=True)
class Records:
    """Rewrites records. ``texts`` are the new texts by document (None: silent); ``words`` cleans words that stand alone."""

    policy: Policy
    decided: Decided
    texts: dict[str, Rewritten | None]
    words: Callable[[str], str]
    withheld: Counter[str]
    known: dict[tuple[object, bool, bool, str], tuple[Any, Counter[str]]] = field(default_factory=dict)
    spans: dict[str, dict[Span, Span | None]] = field(default_factory=dict)
    """Of the document at hand: where its spans lie now. Each field names the span of its speaker again; a large case holds millions."""

    def claim(self, item: IncidentClaim) -> IncidentClaim:
        """``item`` as it may leave."""
        flags, source = self.decided.claims[item.identifier], item.document
        others = [(n, self._mention(m, source, flags, n)) for n, m in item.alternatives if n in _FIELDS and not self._small(m.value)]
        breakdown = [m for m in item.breakdown if not self._small(m.value)]
        return IncidentClaim(
            identifier=identifier(item.identifier),
            document=identifier(source),
            act=self._must(item.act, source, flags, "act"),
            modality=closed("modality", item.modality, "asserted"),
            evidence=tuple(dict.fromkeys(s for s in (self.span(source, e) for e in item.evidence) if s is not None)),
            perpetrator=self._mention(item.perpetrator, source, flags, "perpetrator"),
            munitions=self._several(item.munitions, source, flags, "munitions"),
            objects=self._several(item.objects, source, flags, "objects"),
            place=self._mention(item.place, source, flags, "place"),
            date=self._mention(item.date, source, flags, "date"),
            killed=self._mention(item.killed, source, flags, "killed"),
            injured=self._mention(item.injured, source, flags, "injured"),
            breakdown=self._several(breakdown, source, flags, "breakdown"),
            aftermath=self._several([m for m in item.aftermath if closed_or_none("aftermath", m.value)], source, flags, "aftermath"),
            speaker=self._speaker(item.speaker, source),
            scope=closed("scope", item.scope, "civilian"),
            alternatives=tuple((n, m) for n, m in others if m is not None),
        )

    def series(self, item: SeriesClaim) -> SeriesClaim | None:
        """``item`` as it may leave; None when all its words are gone."""
        flags, source = self.decided.series[item.identifier], item.document
        span = self.span(source, item.span)
        if span is None:
            return None
        return SeriesClaim(
            identifier(item.identifier), identifier(source), span, self.quote(source, span), closed("unit", item.unit, "other"),
            self._quantity(item.quantity) if item.quantity else None, closed_or_none("period", item.rate_period),
            closed("comparator", item.comparator, "eq"), closed("trend", item.trend, "none"), closed("modality", item.modality, "asserted"), "",
            self._mention(item.place, source, flags, "place"), self._mention(item.date, source, flags, "date"),
            self._speaker(item.speaker, source), self.span(source, item.scope_note), self._several(item.places_also, source, flags, "place"),
            self._several(item.munitions, source, flags, "munitions"),
        )  # fmt: skip

    def contradiction(self, item: Contradiction) -> Contradiction | None:
        """``item`` as it may leave; None when the words of a side are gone."""
        first, second = (self.span(d, s) for d, s in zip(item.documents, item.spans, strict=True))
        if first is None or second is None:
            return None
        quotes = self.quote(item.documents[0], first), self.quote(item.documents[1], second)
        silent = any(self.texts[d] is None for d in item.documents)
        return Contradiction(
            identifier(item.identifier), closed("field", item.field, "comparability"), closed("kind", item.kind, "between_documents"),
            (identifier(item.documents[0]), identifier(item.documents[1])), (first, second), quotes,
            "" if silent else f"{quotes[0]} / {quotes[1]}", tuple(map(identifier, item.claims)),
        )  # fmt: skip

    def incident(self, item: Incident) -> Incident:
        """``item`` as it may leave. Bounds keep their claims; reasons for merging are for the house."""
        return Incident(
            identifier(item.identifier), tuple(map(identifier, item.claims)), closed("act", item.act), self._toll(item.killed),
            self._toll(item.injured), tuple((n, identifier(c)) for n, c in item.sources if n in _FIELDS), (),
            tuple(map(identifier, item.former)),
        )  # fmt: skip

    def statements(self, document: str, items: tuple[Statement, ...]) -> Iterator[Statement]:
        """The statements of ``document`` whose words are cited."""
        if self.texts[document] is None:
            return
        for item in items:
            span = self.span(document, item.span)
            if span is not None:
                yield Statement(
                    span, item.sentence, closed("part", item.part, "body"), closed("modality", item.modality, "asserted"),
                    self._voice(document, item.speaker), tuple(v for v in (self._voice(document, s) for s in item.chain) if v is not None),
                    item.negative, self.span(document, item.hedge), self.span(document, item.cue), "", item.score, item.paragraph,
                    self.span(document, item.unnamed), tuple(s for s in (self.span(document, d) for d in item.distanced) if s is not None),
                )  # fmt: skip

    def span(self, document: str, old: Span | None) -> Span | None:
        """Where ``old`` lies in the published text."""
        if old is None:
            return None
        text = self.texts[document]
        if text is None:
            return _ALL
        held = self.spans.get(document)
        if held is None:
            self.spans.clear()
            held = self.spans[document] = {}
        if old not in held:
            held[old] = text.span(old)
        return held[old]

    def quote(self, document: str, span: Span | None) -> str:
        """The published words at ``span`` (new offsets)."""
        text = self.texts[document]
        return "" if span is None else span.of(SILENT if text is None else text.text)

    def _voice(self, document: str, item: Speaker | None) -> Speaker | None:
        if item is None:
            return None
        span = self.span(document, item.span)
        return Speaker(self.quote(document, span) or "unnamed", span, closed("source_type", item.kind, "other"))

    def _several(self, items: Any, document: str, flags: Flags, name: str) -> tuple[AnyMention, ...]:
        return tuple(m for m in (self._mention(i, document, flags, name) for i in items) if m is not None)

    def _must(self, item: AnyMention, document: str, flags: Flags, name: str) -> AnyMention:
        made = self._mention(item, document, flags, name)
        assert made is not None  # an act always has a value
        return made

    def _mention(self, item: AnyMention | None, document: str, flags: Flags, name: str) -> AnyMention | None:
        if item is None:
            return None
        value = self._shared(item.value, flags, name)
        if value is None:
            return None
        span = self.span(document, item.span)
        return Mention(
            value, span, self.quote(document, span), PROPOSED * item.proposed, item.score, closed("modality", item.modality, "asserted"),
            self.span(document, item.speaker), (), item.confidence,
        )  # fmt: skip

    def _speaker(self, item: Mention[str] | None, document: str) -> Mention[str] | None:
        if item is None:
            return None
        span = self.span(document, item.span)
        words = self.quote(document, span)
        return (
            Mention(words, span, words, PROPOSED * item.proposed, item.score, closed("modality", item.modality, "asserted"))
            if words
            else None
        )

    def _shared(self, value: Any, flags: Flags, name: str) -> Any:
        """:meth:`_value`, made once for equal values: a case states the same place, day and party again and again."""
        key = (value, flags.embargoed, flags.sensitive, name)
        found = self.known.get(key)
        if found is None:
            before = self.withheld.copy()
            made = self._value(value, flags, name)
            found = self.known[key] = made, self.withheld - before
        else:
            self.withheld.update(found[1])
        return found[0]

    def _value(self, value: Any, flags: Flags, name: str) -> Any:
        if isinstance(value, PlaceValue):
            return self._place(value, flags)
        if isinstance(value, DateValue):
            return self._date(value, flags)
        if isinstance(value, Quantity):
            return self._quantity(value)
        if isinstance(value, HarmValue):
            return replace(value, harm=closed("harm", value.harm), group=closed("group", value.group, "people"),
                           quantity=self._quantity(value.quantity), part_of=None)  # fmt: skip
        if isinstance(value, BreakdownValue):
            return BreakdownValue(closed("harm", value.harm), closed("group", value.group, "people"), self._quantity(value.quantity))
        return self._plain(value, name)

    def _plain(self, value: Any, name: str) -> Any:
        if isinstance(value, ActorValue):
            party = value.name if value.name in known_parties() else self.words(value.name)
            return ActorValue(party, closed("actor_kind", value.kind))
        if isinstance(value, MunitionValue):
            count = self._quantity(value.count) if value.count else None
            identification = closed("identification", value.identification, "asserted")
            return MunitionValue(closed_or_none("weapon", value.weapon), closed_or_none("effect", value.effect), identification, count)
        if isinstance(value, ObjectValue):
            count = self._quantity(value.count) if value.count else None
            return ObjectValue(closed("object", value.kind), closed("damage", value.damage), count)
        if isinstance(value, ActValue):
            return ActValue(closed("act", value.kind))
        return closed("aftermath" if name == "aftermath" else "act", value)

    def _place(self, value: PlaceValue, flags: Flags) -> PlaceValue | None:
        if self.policy.finest == "as_placed" and flags.level == "settlement":
            return value
        self.withheld["precise places"] += value.precision < "P3" or flags.level != "settlement"
        made = snapped(value, level=flags.level)
        if made is None:
            self.withheld["places that the gazetteer does not know"] += 1
            return None
        return replace(
            made, precision=closed("place_precision", made.precision, "P9"), relation=closed("relation", made.relation, "in"),
            role=closed("place_role", made.role, "event"), feature=feature(made.feature),
        )  # fmt: skip

    def _date(self, value: DateValue, flags: Flags) -> DateValue:
        if flags.embargoed:
            self.withheld["precise times"] += 1
            value = coarsened(value)
        clock = value.clock if value.clock is not None and _is_clock(value.clock) else None
        zone = value.zone if clock is not None and value.zone is not None and _ZONE.fullmatch(value.zone) else None
        return replace(
            value, precision=closed("date_precision", value.precision, "T6"), basis=closed("date_basis", value.basis, "stated"), clock=clock,
            part_of_day=closed_or_none("day_part", value.part_of_day), zone=zone,
        )  # fmt: skip

    def _quantity(self, value: Quantity) -> Quantity:
        return replace(
            value, comparator=closed("comparator", value.comparator, "eq"), expression=self.words(value.expression),
            unit=closed("unit", value.unit, "person"), vague=closed_or_none("vague", value.vague),
        )  # fmt: skip

    def _toll(self, toll: TollRange) -> TollRange:
        low, high, latest = (replace(b, claim=identifier(b.claim)) if b else None for b in (toll.low, toll.high, toll.latest))
        return TollRange(low, high, latest, tuple(dict.fromkeys(map(self.words, toll.vague))))

    def _small(self, value: object) -> bool:
        """A part of a toll so small that its group could point to a person."""
        if not isinstance(value, BreakdownValue | HarmValue) or value.group in ("people", "civilians"):
            return False
        number = value.quantity.maximum if value.quantity.maximum is not None else value.quantity.minimum
        small = number is not None and 0 < number < self.policy.smallest
        self.withheld["small parts of tolls"] += small
        return small


_FIELDS = frozenset({"act", "perpetrator", "munitions", "objects", "place", "date", "killed", "injured", "breakdown", "aftermath"})


_ZONE = re.compile(r"local|UTC|(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific)/[A-Za-z_]{3,20}")


def _is_clock(text: str) -> bool:
    return len(text) == 5 and text[2] == ":" and text[:2].isdecimal() and text[3:].isdecimal()
