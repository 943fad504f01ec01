"""Errors on reports one by one: what the gold has, what was read, and the words concerned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from witnessmark.evaluation.gold_sets import JsonRow, Mistake
from witnessmark.evaluation.metrics.reports.fields import CHECKS, SETS
from witnessmark.evaluation.metrics.reports.pairing import pair_incidents
from witnessmark.evaluation.metrics.reports.shapes import field, listed, scalar, shared, zone, zones

_SHOWN = ("act_exact", "perpetrator", "place_25km", "date_interval", "killed_exact", "injured_exact", "modality")
_WORDS = 240
"""Longest piece of text shown with an error."""


def report_mistakes(gold: Iterable[JsonRow], predicted: Iterable[JsonRow]) -> Iterator[Mistake]:
    """Every error of every document, in document order."""
    by_id = {row["id"]: row for row in predicted}
    for row in gold:
        ours = by_id.get(row["id"], {})
        text = f"{row['title']}\n\n{row['text']}"
        yield from _incidents(row, ours, text)
        yield from _statements(row, ours, text)
        yield from _listed(row, ours, text, "series")
        yield from _listed(row, ours, text, "contradictions")


def _incidents(row: JsonRow, ours: JsonRow, text: str) -> Iterator[Mistake]:
    gold, predicted = listed(row, "incidents"), listed(ours, "incidents")
    pairing = pair_incidents(gold, predicted)
    strict = {i for i, _ in pairing.strict}
    paired = dict(pairing.aligned)
    for i, incident in enumerate(gold):
        if i not in strict and incident.get("scope") != "military":
            near = _told(predicted[paired[i]]) if i in paired else ""
            yield Mistake("incident: missed", row["id"], _told(incident), near, _evidence(incident, text))
    taken = {j for _, j in (*pairing.strict, *pairing.aligned)}
    for j, incident in enumerate(predicted):
        if j not in taken:
            yield Mistake("incident: not in the gold", row["id"], "", _told(incident), _evidence(incident, text))
    for i, j in pairing.aligned:
        yield from _fields(row, gold[i], predicted[j], text)


def _fields(row: JsonRow, gold: JsonRow, ours: JsonRow, text: str) -> Iterator[Mistake]:
    for name in _SHOWN:
        if not CHECKS[name](gold, ours):
            key = name.split("_")[0]
            yield Mistake(f"field: {name}", row["id"], _value(gold, key, text), _value(ours, key, text), _evidence(gold, text))
    for name, values in SETS.items():
        wanted, got = values(gold), values(ours)
        if wanted != got and name != "weapon_family":
            yield Mistake(f"set: {name}", row["id"], _join(wanted), _join(got), _evidence(gold, text))


def _statements(row: JsonRow, ours: JsonRow, text: str) -> Iterator[Mistake]:
    predicted = [(span, scalar(s, "modality")) for s in listed(ours, "statements") if (span := zone(s))]
    for statement in listed(row, "statements"):
        own = (statement["start"], statement["end"])
        label = max(predicted, key=lambda p: shared(own, p[0]), default=(own, None))
        got = label[1] if shared(own, label[0]) else None
        if got != statement["modality"]:
            yield Mistake(f"modality: {statement['modality']} read as {got}", row["id"], statement["modality"], str(got), _cut(text, own))


def _listed(row: JsonRow, ours: JsonRow, text: str, key: str) -> Iterator[Mistake]:
    """Gold items without a prediction that touches them, and the other way round."""
    gold, predicted = listed(row, key), listed(ours, key)
    for item in gold:
        if not any(_touch(item, other) for other in predicted):
            yield Mistake(f"{key}: missed", row["id"], _brief(item), "", _words(item, text))
    for item in predicted:
        if not any(_touch(item, other) for other in gold):
            yield Mistake(f"{key}: not in the gold", row["id"], "", _brief(item), _words(item, text))


def _spans(item: JsonRow) -> list[tuple[int, int]]:
    own = zone(item)
    return [own] if own else zones(item.get("spans"))


def _touch(left: JsonRow, right: JsonRow) -> bool:
    same = all(left.get(k) == right.get(k) for k in ("unit", "field", "kind"))
    return same and all(any(shared(a, b) for b in _spans(right)) for a in _spans(left))


def _brief(item: JsonRow) -> str:
    keys = ("field", "kind", "quantity", "unit", "rate_period", "comparator", "trend")
    return " · ".join(str(item[k]) for k in keys if item.get(k) is not None)


def _words(item: JsonRow, text: str) -> str:
    return " … ".join(_cut(text, span) for span in _spans(item))


def _told(incident: JsonRow) -> str:
    place, date = field(incident, "place"), field(incident, "date")
    return f"{incident.get('act')} · {place.get('name')} · {date.get('from')} · {_toll(incident, 'killed')} killed"


def _toll(incident: JsonRow, key: str) -> str:
    value = incident.get(key)
    return f"{value.get('min')}..{value.get('max')}" if isinstance(value, dict) else "-"


def _value(incident: JsonRow, key: str, text: str) -> str:
    value = incident.get(key)
    if not isinstance(value, dict):
        return str(value)
    span = zone(value)
    quote = f" “{_cut(text, span)}”" if span else ""
    if key in ("killed", "injured"):
        return _toll(incident, key) + quote
    return " ".join(str(value[k]) for k in ("value", "name", "country", "adm1", "from", "to") if value.get(k)) + quote


def _evidence(incident: JsonRow, text: str) -> str:
    return " … ".join(_cut(text, span) for span in zones(incident.get("evidence")))[:_WORDS]


def _cut(text: str, span: Sequence[int]) -> str:
    return " ".join(text[span[0] : span[1]].split())[:_WORDS]


def _join(values: Iterable[object]) -> str:
    return ", ".join(sorted(str(v) for v in values)) or "-"
