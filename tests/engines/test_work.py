from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from witnessmark.engines import WorkItem, WorkStore, pack, unpack
from witnessmark.errors import IntegrityError
from witnessmark.model import Problem

ITEM = WorkItem("a.csv", "row 1", "c1", 1, "csv", "text/csv", 3, "2023-01-01T00:00:00+00:00", (("k", "v"),), {"title": "T"})
MISSING = WorkItem("b.txt", "", "", 0, "", "", 0, "", (), {}, Problem("WM101", "gone", "b.txt"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[WorkStore]:
    with WorkStore(tmp_path / "work.sqlite") as store:
        yield store


def reopened(tmp_path: Path) -> WorkStore:
    return WorkStore(tmp_path / "work.sqlite")


def test_inputs_come_back_as_they_were(store: WorkStore) -> None:
    store.put_inputs([ITEM, MISSING])
    assert [item for item, _ in store.results("p")] == [ITEM, MISSING]
    assert store.pending("p") == [ITEM]


def test_a_result_is_kept_for_its_producer(store: WorkStore, tmp_path: Path) -> None:
    store.put_inputs([ITEM])
    store.put_result(ITEM, "p", pack({"x": "é\ud800"}))
    assert store.pending("p") == []
    assert store.pending("q") == [ITEM]
    assert list(store.results("p")) == [(ITEM, {"x": "é\ud800"})]
    with reopened(tmp_path) as other:
        assert other.pending("p") == []
    store.forget_others("q")
    assert store.pending("p") == [ITEM]


def test_a_result_that_wants_another_try_is_kept_and_pending(store: WorkStore) -> None:
    store.put_inputs([ITEM])
    store.put_result(ITEM, "p", pack({"x": 1}), again=True)
    assert list(store.results("p")) == [(ITEM, {"x": 1})]
    assert store.pending("p") == [ITEM]
    assert store.pending("q") == [ITEM]
    store.put_result(ITEM, "p", pack({"x": 2}))
    assert store.pending("p") == []


def test_results_that_cost_more_than_time_can_be_spared(store: WorkStore) -> None:
    store.put_inputs([ITEM])
    for producer in ("llm-a-b", "old", "p"):
        store.put_result(ITEM, producer, pack({}))
    store.forget_others("p", sparing="llm-")
    assert (store.pending("llm-a-b"), store.pending("old"), store.pending("p")) == ([], [ITEM], [])
    store.forget_others("llm-a-b")
    assert (store.pending("llm-a-b"), store.pending("p")) == ([], [ITEM])


def test_other_hints_ask_for_another_reading(store: WorkStore) -> None:
    store.put_inputs([ITEM])
    store.put_result(ITEM, "p", pack({}))
    told = replace(ITEM, hints={"title": "T", "published": "2023-02-01"})
    store.put_inputs([told])
    assert store.pending("p") == [told]
    assert [item for item, _ in store.results("p")] == [told]
    store.put_inputs([ITEM])
    assert store.pending("p") == []


def test_order_is_by_origin_item_and_bytes_not_by_arrival(store: WorkStore) -> None:
    items = [replace(ITEM, origin=o, item=i, capture=c) for o, i, c in [("b", "", "1"), ("a", "2", "1"), ("a", "1", "2"), ("a", "1", "1")]]
    store.put_inputs(items)
    assert [(w.origin, w.item, w.capture) for w, _ in store.results("p")] == [
        ("a", "1", "1"),
        ("a", "1", "2"),
        ("a", "2", "1"),
        ("b", "", "1"),
    ]


def test_a_problem_is_forgotten_when_its_origin_is_tried_again(store: WorkStore, tmp_path: Path) -> None:
    inner = replace(MISSING, origin="a.csv#row 1", problem=Problem("WM110", "no text", "a.csv#row 1"))
    store.put_inputs([MISSING, inner])
    with reopened(tmp_path) as later:
        later.put_inputs([replace(MISSING, problem=Problem("WM102", "no right", "b.txt")), ITEM])
        assert [w.problem.code if w.problem else "" for w, _ in later.results("p")] == ["", "WM102"]


def test_two_problems_of_one_origin_in_one_run_both_count(store: WorkStore) -> None:
    store.put_inputs([MISSING, replace(MISSING, problem=Problem("WM109", "broken", "b.txt"))])
    assert len(list(store.results("p"))) == 2


def test_packing_is_reversible() -> None:
    assert unpack(pack({"a": [1, None, "ї"]})) == {"a": [1, None, "ї"]}


def test_a_damaged_store_is_coded(tmp_path: Path) -> None:
    (tmp_path / "work.sqlite").write_bytes(b"not a database at all" * 50)
    with pytest.raises(IntegrityError) as caught:
        reopened(tmp_path)
    assert caught.value.code == "WM312"


def test_a_damaged_result_is_coded(store: WorkStore) -> None:
    store.put_inputs([ITEM])
    body = pack({"x": "a text of some length"})
    store.put_result(ITEM, "p", body[:9] + bytes([body[9] ^ 1]) + body[10:])
    with pytest.raises(IntegrityError) as caught:
        list(store.results("p"))
    assert caught.value.code == "WM312"
