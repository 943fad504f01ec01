"""Scoring of pairs: which claims are compared, and that crowded days cost no more than in proportion."""

from __future__ import annotations

from witnessmark.incidents.linkage import WINDOW, score_pairs
from witnessmark.incidents.rows import Row


def row(name: str, *, killed: int | None = 3, day: int = 738000) -> Row:
    return Row(
        name, f"d-{name}", day, day, False, 46.66, 32.62, False, "706448", "UA", "Kherson", "remote", None, killed, None, None, None
    )  # fmt: skip


def test_only_pairs_of_the_weight_asked_for_are_given_heaviest_first() -> None:
    rows = [row("a"), row("b"), row("c", killed=40)]
    every = score_pairs(rows, at_least=-100.0)
    assert {every[0].left, every[0].right} == {"a", "b"}
    assert len(every) == 3
    assert [p.weight for p in every] == sorted((p.weight for p in every), reverse=True)
    kept = score_pairs(rows, at_least=every[0].weight - 0.001)
    assert [(p.left, p.right) for p in kept] == [("a", "b")]


def test_a_crowded_day_is_compared_among_neighbours_only() -> None:
    rows = [row(f"c{n:04}", killed=n) for n in range(3 * WINDOW)]
    pairs = score_pairs(rows, at_least=-100.0)
    assert len(pairs) <= len(rows) * WINDOW
    assert {("c0000", "c0001"), ("c0000", f"c{WINDOW:04}")} <= {(p.left, p.right) for p in pairs}
    assert ("c0000", f"c{WINDOW + 1:04}") not in {(p.left, p.right) for p in pairs}
