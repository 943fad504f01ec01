"""The bundled corpus: short reports written for this project, with what must come out of them.

The gold is written in words; offsets are computed here, so that they cannot be wrong. ``"words#2"`` means the second time that the words occur
in title and text together.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any

from witnessmark.errors import DataError

_FILES = ("reports_1.toml", "reports_2.toml")


@functools.cache
def reports() -> tuple[dict[str, Any], ...]:
    """Every report as a record: id, lang, title, text, publisher, publisher_type, published, genre, conflict, statements, incidents, series,
    contradictions; offsets are code points into ``title + "\\n\\n" + text``. Callers must not change the records.

    Raises:
        DataError: WM403 when words of the gold do not occur in their report.
    """
    folder = resources.files(__name__)
    return tuple(_record(raw) for name in _FILES for raw in tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))["report"])


def inputs() -> tuple[dict[str, str], ...]:
    """The reports without their gold, as a user would hand them in."""
    keys = ("id", "lang", "title", "text", "publisher", "publisher_type", "published")
    return tuple({k: r[k] for k in keys} for r in reports())


def _record(raw: dict[str, Any]) -> dict[str, Any]:
    text = raw["text"].strip()
    full = f"{raw['title']}\n\n{text}"
    find = functools.partial(_find, full, raw["id"])
    statements = _statements(full, raw)
    starts = {full[s["start"] : s["end"]]: [s["start"], s["end"]] for s in statements}
    plain = {k: raw[k] for k in ("id", "lang", "title", "publisher", "publisher_type", "published", "genre", "conflict")}
    return {
        **plain,
        "text": text,
        "statements": statements,
        "incidents": [_incident(i, find, starts) for i in raw.get("incident", ())],
        "series": [_series(s, find) for s in raw.get("series", ())],
        "contradictions": [_contradiction(c, find) for c in raw.get("contradiction", ())],
    }


def _find(full: str, report: str, words: str) -> dict[str, int]:
    phrase, _, nth = words.partition("#")
    at = -1
    for _ in range(int(nth or 1)):
        at = full.find(phrase, at + 1)
        if at < 0:
            raise DataError("WM403", f"the words {words!r} are not in the report", origin=report)
    return {"start": at, "end": at + len(phrase)}


def _statements(full: str, raw: dict[str, Any]) -> list[dict[str, Any]]:
    body = len(raw["title"]) + 2
    starts: list[int] = []
    for n, (_, words, _, _) in enumerate(raw["statements"]):
        at = full.find(words, 0 if n == 0 else max(body, starts[-1] + 1))
        if at < 0:
            raise DataError("WM403", f"the statement {words!r} is not in the report", origin=raw["id"])
        starts.append(at)
    ends = [len(raw["title"]), *starts[2:], len(full)] if len(starts) > 1 else [len(raw["title"])]
    out = []
    for (modality, _, speaker, kind), start, end in zip(raw["statements"], starts, ends, strict=True):
        said = {"text": speaker, "type": kind} if speaker else None
        out.append({"start": start, "end": start + len(full[start:end].rstrip()), "modality": modality, "speaker": said})
    return out


def _spanned(item: dict[str, Any] | None, find: Any) -> dict[str, Any] | None:
    if item is None:
        return None
    return {**{k: v for k, v in item.items() if k != "words"}, **find(item["words"])}


def _quantity(item: dict[str, Any] | None, find: Any) -> dict[str, Any] | None:
    if item is None:
        return None
    bounds = {"min": item.get("min"), "max": item.get("max")}
    return {**bounds, "expression": item["words"].partition("#")[0], **find(item["words"])}


def _incident(raw: dict[str, Any], find: Any, statements: dict[str, list[int]]) -> dict[str, Any]:
    return {
        "incident": raw["incident"],
        "act": raw["act"],
        "act_alt": raw.get("act_alt", []),
        "scope": raw.get("scope", "civilian"),
        "perpetrator": _spanned(raw.get("perpetrator"), find),
        "munitions": [{"effect": None, **(_spanned(m, find) or {})} for m in raw["munitions"]],
        "objects": [_spanned(o, find) for o in raw["objects"]],
        "place": _spanned(raw["place"], find),
        "date": _spanned(raw["date"], find),
        "killed": _quantity(raw.get("killed"), find),
        "injured": _quantity(raw.get("injured"), find),
        "breakdown": [{"harm": b["harm"], "group": b["group"], **(_quantity(b, find) or {})} for b in raw.get("breakdown", ())],
        "modality": raw["modality"],
        "speaker": raw.get("speaker"),
        "evidence": [next(span for words, span in statements.items() if words.startswith(start)) for start in raw["evidence"]],
    }


def _series(raw: dict[str, Any], find: Any) -> dict[str, Any]:
    given = {k: raw.get(k) for k in ("quantity", "unit", "rate_period", "place", "from", "to", "comparator", "trend", "modality")}
    return {**given, **find(raw["words"])}


def _contradiction(raw: dict[str, Any], find: Any) -> dict[str, Any]:
    spans = sorted([s["start"], s["end"]] for s in map(find, raw["words"]))
    return {"field": raw["field"], "kind": raw["kind"], "spans": spans, "note": raw["note"]}
