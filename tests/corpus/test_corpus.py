"""The bundled corpus holds together."""

from __future__ import annotations

from collections import Counter

import pytest

from witnessmark import corpus, vocabulary
from witnessmark.errors import DataError

REPORTS = corpus.reports()


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r["id"])
def test_offsets_point_at_words(report: dict) -> None:  # type: ignore[type-arg]
    full = f"{report['title']}\n\n{report['text']}"
    for incident in report["incidents"]:
        for key in ("killed", "injured"):
            if incident[key]:
                assert full[incident[key]["start"] : incident[key]["end"]] == incident[key]["expression"]
        assert all(full[a:b].strip() for a, b in incident["evidence"])
    ends = [0, *(s["end"] for s in report["statements"])]
    assert all(s["start"] >= end for s, end in zip(report["statements"], ends, strict=False))


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r["id"])
def test_labels_are_in_the_vocabulary(report: dict) -> None:  # type: ignore[type-arg]
    assert {s["modality"] for s in report["statements"]} <= vocabulary.identifiers("modality")
    assert {s["speaker"]["type"] for s in report["statements"] if s["speaker"]} <= vocabulary.identifiers("source_type")
    for incident in report["incidents"]:
        assert {incident["act"], *incident["act_alt"]} <= vocabulary.identifiers("act")
        assert {m["weapon"] for m in incident["munitions"]} <= vocabulary.identifiers("weapon")
        assert {o["type"] for o in incident["objects"]} <= vocabulary.identifiers("object")
        assert incident["place"]["precision"] in vocabulary.identifiers("place_precision")
        assert incident["date"]["precision"] in vocabulary.identifiers("date_precision")
    assert {s["unit"] for s in report["series"]} <= vocabulary.identifiers("unit")


def test_it_shows_what_it_must() -> None:
    told = Counter(i["incident"] for r in REPORTS for i in r["incidents"])
    assert max(told.values()) >= 5, "one incident in five reports"
    assert {r["lang"] for r in REPORTS} == {"en", "uk", "ru"}
    assert sum(not r["incidents"] for r in REPORTS) >= 4
    assert {c["kind"] for r in REPORTS for c in r["contradictions"]} == {"headline_body", "within_body"}
    seen = {s["modality"] for r in REPORTS for s in r["statements"]}
    assert {"prediction", "directive", "denied", "claimed_responsibility", "corrected", "quantified_pattern", "opinion"} <= seen


def test_words_that_are_not_there_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        corpus._find("a text", "w00", "other words")
    assert caught.value.code == "WM403"


def test_inputs_carry_no_gold() -> None:
    assert all(set(i) == {"id", "lang", "title", "text", "publisher", "publisher_type", "published"} for i in corpus.inputs())
