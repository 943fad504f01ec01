import datetime as dt
import json
import types
import typing
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark import model
from witnessmark.model import (
    ActorValue,
    Assessment,
    BreakdownValue,
    Capture,
    Contradiction,
    DateValue,
    Document,
    HarmValue,
    Incident,
    IncidentClaim,
    Mention,
    MunitionValue,
    ObjectValue,
    OffsetMap,
    PlaceCandidate,
    PlaceValue,
    Producer,
    Quantity,
    SeriesClaim,
    Span,
    Statement,
    TermValue,
)  # fmt: skip
from witnessmark.model.serialise import TAG, canonical, compact, from_data, to_data

RECORDS: list[Any] = [
    Assessment, BreakdownValue, Capture, Contradiction, DateValue, Document, HarmValue, Incident, IncidentClaim, MunitionValue, ObjectValue, OffsetMap,
    PlaceCandidate, PlaceValue, Producer, Quantity, SeriesClaim, Span, Statement, TermValue, Mention[PlaceValue], Mention[DateValue], Mention[str],
    Mention[ActorValue],
]  # fmt: skip

SPANS = st.tuples(st.integers(0, 5000), st.integers(1, 300)).map(lambda p: Span(p[0], p[0] + p[1]))
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=[]), max_size=12),
    int: st.integers(-(2**40), 2**40),
    bool: st.booleans(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    dt.date: st.dates(),
    dt.datetime: st.datetimes(timezones=st.just(dt.UTC)),
    type(None): st.none(),
    Span: SPANS,
}


def strategy(annotation: Any, bound: dict[Any, Any]) -> st.SearchStrategy[Any]:
    """Values of an annotation as the records use it, made apart from the codec under test."""
    annotation = bound.get(annotation, annotation)
    if annotation in PLAIN:
        return PLAIN[annotation]
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is tuple and arguments[-1] is Ellipsis:
        return st.lists(strategy(arguments[0], bound), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(strategy(a, bound) for a in arguments))
    if origin is types.UnionType or origin is typing.Union:
        return st.one_of(*(strategy(a, bound) for a in arguments))
    kind = origin or annotation
    inner = dict(zip(getattr(kind, "__parameters__", ()), arguments, strict=True))
    hints = typing.get_type_hints(kind)
    return st.builds(kind, **{name: strategy(hint, inner) for name, hint in hints.items() if not name.startswith("_")})


@pytest.mark.parametrize("kind", RECORDS, ids=str)
def test_every_record_survives_json(kind: Any) -> None:
    @settings(max_examples=15, deadline=None)
    @given(strategy(kind, {}))
    def check(record: Any) -> None:
        line = compact(to_data(record))
        assert line.isascii()
        assert from_data(kind, json.loads(line)) == record

    check()


def test_every_public_record_is_covered() -> None:
    listed = {typing.get_origin(k) or k for k in RECORDS}
    nested = {
        "FieldValue",
        "Bound",
        "Candidate",
        "MergeReason",
        "OffsetSegment",
        "Part",
        "Problem",
        "Speaker",
        "TollRange",
        "ActorValue",
        "ActValue",
    }
    nested |= {"DecidedValue", "Decision"}  # a decision refuses random fields; test_decisions.py has its round trip
    nested |= {"AsOf", "Origin", "Position", "Reason", "Telling"}
    missing = {n for n in model.__all__ if n[0].isupper() and not n.isupper()} - {k.__name__ for k in listed} - nested
    assert missing == set()


def test_private_fields_are_left_out_and_rebuilt() -> None:
    from witnessmark.model import OffsetSegment

    offsets = OffsetMap((OffsetSegment(0, 3, 10, 13, 1),))
    data = to_data(offsets)
    assert set(data) == {"segments"}
    assert from_data(OffsetMap, data).to_bytes(Span(1, 2)) == ((11, 12),)


def test_one_of_several_records_is_tagged() -> None:
    act = Mention("shelling", Span(0, 8), "shelling", "r")
    other = Mention(ActorValue("disputed"), Span(9, 12), "men", "r")
    claim = IncidentClaim("c1", "d1", act, "asserted", (Span(0, 12),), alternatives=(("perpetrator", other),))
    data = to_data(claim)
    assert data["alternatives"][0][1]["value"][TAG] == "ActorValue"
    assert from_data(IncidentClaim, data) == claim


def test_missing_keys_take_the_default() -> None:
    data = to_data(Quantity(1, 2, "range", "one or two"))
    del data["vague"], data["unit"]
    assert from_data(Quantity, data) == Quantity(1, 2, "range", "one or two")


@pytest.mark.parametrize(
    "data",
    [
        {"start": 1},
        {"start": "1", "end": 2},
        {"start": True, "end": 2},
        {"start": 1, "end": 2, "colour": "red"},
        {"start": 5, "end": 2},
        [],
    ],
)
def test_wrong_shapes_are_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_data(Span, data)


def test_generic_without_parameter_is_refused() -> None:
    with pytest.raises(ValueError, match="Mention"):
        from_data(Mention, to_data(Mention(ActorValue("A"), None, "", "r")))


def test_naive_moments_and_foreign_types_are_refused() -> None:
    @dataclass(frozen=True)
    class Odd:
        when: dt.datetime

    with pytest.raises((TypeError, NameError)):
        to_data(object())
    capture = Capture("00", 1, "o", "file", dt.datetime(2023, 1, 1), "me", 1, "text/plain")  # noqa: DTZ001
    with pytest.raises(ValueError, match="UTC"):
        to_data(capture)


def test_canonical_is_sorted_ascii_without_spaces() -> None:
    assert canonical({"b": [1, "é"], "a": None}) == b'{"a":null,"b":[1,"\\u00e9"]}'
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical(float("nan"))
