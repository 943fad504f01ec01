"""Map cells, bars, lanes and facets over many incidents."""

import datetime as dt
import random
import sqlite3

import pytest

from witnessmark.desk.overview import BINS, POINTS, Filter, Incidents
from witnessmark.errors import UsageError

DAY = dt.date(2023, 1, 1).toordinal()


def made(rows: list[tuple[object, ...]]) -> Incidents:
    """Incidents from (act, country, latitude, longitude, radius, earliest, latest, contradictions, killed)."""
    db = sqlite3.connect(":memory:")
    db.execute(
        "CREATE TABLE incident (n INTEGER PRIMARY KEY, act, country, latitude, longitude, radius, earliest, latest, contradictions, killed_high, killed_low, place, adm1)"
    )
    db.executemany("INSERT INTO incident VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 'Somewhere', 'Some Region')", rows)
    found = Incidents(db)
    db.close()
    return found


def many(number: int) -> Incidents:
    rng = random.Random(7)
    rows: list[tuple[object, ...]] = []
    for n in range(number):
        day = DAY + rng.randrange(700)
        long = rng.choice([0, 0, 0, 6, 40])
        place = (round(rng.uniform(44, 52), 3), round(rng.uniform(23, 40), 3)) if n % 10 else (None, None)
        days = (day, day + long) if n % 7 else (None, None)
        rows.append(
            (rng.choice(["strike.air", "shooting"]), "UA" if n % 3 else None, *place, 5.0, *days, int(n % 50 == 0), rng.randrange(9))
        )
    return made(rows)


def test_every_incident_is_counted_once_on_map_timeline_and_lanes() -> None:
    held = many(5000)
    found = held.overview(Filter(), (43, 22, 53, 41))
    assert found.total == 5000
    assert sum(c.count for c in found.cells) + found.unplaced == 5000
    assert len(found.cells) > 50 and any(c.gathered for c in found.cells)
    assert sum(b.sure + b.spread for b in found.bins) + found.undated == pytest.approx(5000, abs=3)
    assert len(found.bins) <= BINS
    assert sum(found.facets["act"].values()) == 5000
    assert found.facets["country"][""] == 1667


def test_few_places_are_drawn_one_by_one() -> None:
    held = many(300)
    found = held.overview(Filter(), (-90, -180, 90, 180))
    assert len(found.cells) <= POINTS
    assert not any(c.gathered for c in found.cells)
    alone = [c for c in found.cells if c.count == 1]
    assert all(c.n is not None for c in alone)


def test_filters_narrow_and_facets_leave_out_their_own_part() -> None:
    held = many(1000)
    air = held.overview(Filter(acts=("strike.air",)))
    assert air.total < 1000
    assert air.facets["act"] == held.overview(Filter()).facets["act"]
    assert sum(air.facets["country"].values()) == air.total
    day = dt.date(2023, 3, 1)
    within = held.overview(Filter(first=day, last=day))
    assert 0 < within.total < 200
    assert held.overview(Filter(acts=("nothing",))).total == 0
    assert held.overview(Filter(lane="undated")).total == held.overview(Filter()).undated
    assert held.overview(Filter(lane="unplaced")).total == held.overview(Filter()).unplaced
    assert held.overview(Filter(contradicted=True)).total == 20
    boxed = held.overview(Filter(box=(44, 23, 48, 30)))
    assert 0 < boxed.total < 500
    assert boxed.unplaced == 0


def test_intervals_are_spread_over_their_days() -> None:
    held = made([("a", "UA", 1.0, 1.0, 5.0, DAY, DAY, 0, 1), ("a", "UA", 1.0, 1.0, 5.0, DAY, DAY + 3, 0, 1)])
    found = held.overview(Filter())
    assert [(b.sure, b.spread) for b in found.bins[:4]] == [(1, 0.25), (0, 0.25), (0, 0.25), (0, 0.25)]
    assert found.cells[0].count == 2
    assert found.cells[0].radius == 5.0


def test_far_days_do_not_press_the_rest_together() -> None:
    rows: list[tuple[object, ...]] = [("a", "UA", 1.0, 1.0, 5.0, DAY + n, DAY + n, 0, 1) for n in range(100)]
    old = dt.date(1950, 1, 1).toordinal()
    found = made([*rows, ("a", "UA", 1.0, 1.0, 5.0, old, old, 0, 1)]).overview(Filter())
    assert found.bins[0].first > dt.date(2022, 6, 1)
    assert found.earlier >= 1
    assert sum(b.sure for b in found.bins) + found.earlier + found.later == 101


def test_review_states_are_counted() -> None:
    held = many(10)
    held.mark(3, "disputed")
    held.mark(4, "reviewed")
    found = held.overview(Filter())
    assert found.facets["state"] == {"unreviewed": 8, "disputed": 1, "reviewed": 1}
    assert held.listed(Filter(states=("disputed",)), order="date", start=0, size=5) == (3,)


def test_lists_are_in_order_and_paged() -> None:
    held = many(200)
    newest = held.listed(Filter(), order="date", start=0, size=200)
    assert len(set(newest)) == 200
    assert held.listed(Filter(), order="date", start=50, size=25) == newest[50:75]
    for order in ("killed", "contradictions"):
        assert len(held.listed(Filter(), order=order, start=0, size=9)) == 9
    with pytest.raises(UsageError, match="WM004"):
        held.listed(Filter(), order="weight", start=0, size=9)


def test_nothing_at_all() -> None:
    found = made([]).overview(Filter())
    assert (found.total, found.cells, found.bins, found.box) == (0, (), (), None)
