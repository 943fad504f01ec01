"""The gate: a fall is named, better scores raise floors, other data do not count."""

from __future__ import annotations

from pathlib import Path

import pytest

from witnessmark.errors import DataError
from witnessmark.evaluation.floors import Fall, Floors, falls, raised, read_floors, write_floors
from witnessmark.evaluation.gold_sets import Measure, Outcome
from witnessmark.evaluation.running import Scored
from witnessmark.evaluation.table import table

FLOORS = Floors({"geo/x": "d1"}, {"geo/x/f1": 0.5, "geo/x/alarms": 10.0})


def scored(f1: float | None, alarms: float = 5.0, *, digest: str = "d1", key: str = "geo/x") -> Scored:
    measures = (Measure("f1", f1, 7, published=0.6, by="somebody"), Measure("alarms", alarms, 3, higher=False))
    return Scored(key, digest, 1, ({"docid": "d"},), Outcome(measures))


def test_a_score_on_its_floor_passes() -> None:
    assert falls(FLOORS, [scored(0.5, 10.0)]) == ()


def test_a_fall_is_named_in_the_direction_that_is_worse() -> None:
    assert falls(FLOORS, [scored(0.499)]) == (Fall("geo/x/f1", 0.5, 0.499),)
    assert falls(FLOORS, [scored(0.9, 10.1)]) == (Fall("geo/x/alarms", 10.0, 10.1),)


def test_a_measure_that_is_gone_is_a_fall() -> None:
    gone = Scored("geo/x", "d1", 1, (), Outcome())
    assert [f.value for f in falls(FLOORS, [gone])] == [None, None]
    assert falls(FLOORS, [scored(None)]) == (Fall("geo/x/f1", 0.5, None),)


def test_floors_hold_for_their_own_data_only() -> None:
    assert falls(FLOORS, [scored(0.0, digest="other")]) == ()
    assert falls(FLOORS, [scored(0.0, key="geo/y")]) == ()


def test_floors_rise_and_never_fall() -> None:
    better = raised(FLOORS, [scored(0.71259, 20.0)])
    assert better.values == {"geo/x/alarms": 10.0, "geo/x/f1": 0.712}
    assert falls(better, [scored(0.71259, 10.0)]) == ()


def test_other_data_set_floors_afresh() -> None:
    fresh = raised(FLOORS, [scored(0.2, 4.0, digest="d2")])
    assert fresh.data == {"geo/x": "d2"}
    assert fresh.values == {"geo/x/alarms": 4.0, "geo/x/f1": 0.2}


def test_a_part_whose_name_begins_another_keeps_its_floors() -> None:
    floors = Floors({"geo/x": "d1", "geo/x2": "d9"}, {"geo/x/f1": 0.5, "geo/x2/f1": 0.9})
    assert falls(floors, [scored(0.6)]) == ()
    assert raised(floors, [scored(0.2, digest="d2")]).values["geo/x2/f1"] == 0.9


def test_floors_are_written_as_they_are_read(tmp_path: Path) -> None:
    write_floors(tmp_path / "f.json", FLOORS)
    assert read_floors(tmp_path / "f.json") == FLOORS
    assert read_floors(tmp_path / "none.json") == Floors({}, {})


@pytest.mark.parametrize("text", ["{", "[]", '{"data": {}}', '{"data": {}, "floors": {"a": "high"}}'])
def test_a_broken_file_of_floors_is_coded(text: str, tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text(text)
    with pytest.raises(DataError, match="WM504"):
        read_floors(tmp_path / "f.json")


def test_the_table_shows_value_floor_and_what_others_have() -> None:
    lines = table([scored(0.71259)], FLOORS).splitlines()
    assert lines[2].split() == ["geo/x", "f1", "0.713", "0.500", "0.600", "7", "somebody"]
    assert lines[3].split() == ["geo/x", "alarms", "5.0", "10.0", "-", "3"]


def test_the_table_says_when_there_is_nothing_to_measure() -> None:
    assert "no answers" in table([Scored("geo/x", "d", 4, (), Outcome())], FLOORS)
    assert "broke the reader: 3" in table([Scored("geo/x", "d", 4, ({},), scored(0.5).outcome)], FLOORS)
