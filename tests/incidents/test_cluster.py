"""Groups of claims: what a group remembers must tell the same as looking at every two of its claims."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from witnessmark.incidents.cluster import Group, cluster
from witnessmark.incidents.linkage import Pair
from witnessmark.incidents.rows import Row

POINTS = ((None, None), (46.66, 32.62), (46.80, 32.70), (49.98, 36.25))


def row(
    name: str,
    document: str,
    *,
    days: tuple[int, int] | None = (10, 10),
    soft: bool = False,
    point: tuple[float | None, float | None] = POINTS[1],
    coarse: bool = False,
    country: str | None = "UA",
    family: str | None = "remote",
) -> Row:
    first, last = days if days is not None else (None, None)
    return Row(
        name, document, first, last, soft, point[0], point[1], coarse, None, country, None, family, None, None, None, None, None
    )  # fmt: skip


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    made = []
    for n in range(draw(st.integers(2, 6))):
        start = draw(st.integers(1, 12))
        made.append(
            row(
                f"c{n}",
                f"d{draw(st.integers(0, 7))}",
                days=draw(st.sampled_from([None, (start, start), (start, start + 4)])),
                soft=draw(st.booleans()),
                point=draw(st.sampled_from(POINTS)),
                coarse=draw(st.booleans()),
                country=draw(st.sampled_from([None, "UA", "SY"])),
                family=draw(st.sampled_from([None, "remote", "shooting", "abduction"])),
            )
        )
    return made


def group_of(members: list[Row]) -> Group:
    group = Group.of(members[0])
    for member in members[1:]:
        group.absorb(Group.of(member))
    return group


@settings(max_examples=200, deadline=None)
@given(rows(), st.integers(1, 5))
def test_two_groups_clash_exactly_when_two_of_their_claims_do(made: list[Row], cut: int) -> None:
    left, right = made[: min(cut, len(made) - 1)], made[min(cut, len(made) - 1) :]
    single = any(Group.of(a).clashes(Group.of(b)) for a, b in itertools.product(left, right))
    assert group_of(left).clashes(group_of(right)) is single


def test_what_keeps_two_claims_apart() -> None:
    base = Group.of(row("a", "d1"))
    assert not base.clashes(Group.of(row("b", "d2")))
    assert base.clashes(Group.of(row("b", "d1")))
    assert base.clashes(Group.of(row("b", "d2", days=(12, 12))))
    assert not base.clashes(Group.of(row("b", "d2", days=(15, 15), soft=True)))
    assert base.clashes(Group.of(row("b", "d2", days=(16, 16), soft=True)))
    assert base.clashes(Group.of(row("b", "d2", point=POINTS[3])))
    assert not base.clashes(Group.of(row("b", "d2", point=POINTS[3], coarse=True)))
    assert base.clashes(Group.of(row("b", "d2", country="SY", coarse=True)))
    assert base.clashes(Group.of(row("b", "d2", family="abduction")))


def test_a_chain_of_links_does_not_join_what_clashes() -> None:
    made = [row("a", "d1"), row("b", "d2", days=(11, 11)), row("c", "d3", days=(12, 12))]
    pairs = [Pair("a", "b", 6.0, ()), Pair("b", "c", 5.0, ())]
    assert cluster(made, pairs) == (("a", "b"), ("c",))


def test_links_below_the_odds_join_nothing() -> None:
    assert cluster([row("a", "d1"), row("b", "d2")], [Pair("a", "b", 1.9, ())]) == (("a",), ("b",))
