"""What can join two groups is seen between every two of them."""

from __future__ import annotations

from pathlib import Path

from witnessmark.incidents.kept import KeptStore
from witnessmark.incidents.kept.grounds import Incidents


def _told_by(store: KeptStore, homes: list[int]) -> None:
    """Reports of one story, numbered from 1, whose main claims have the same numbers and stand in these incidents."""
    for n, home in enumerate(homes, 1):
        store.db.execute("INSERT INTO documents (n, id, language, main, plain, story) VALUES (?, ?, 'en', ?, 'en', 7)", (n, f"d{n}", n))
        row = (n, f"c{n}", n, home)
        store.db.execute("INSERT INTO claims (n, id, document, grouped, day_soft, place_coarse, body) VALUES (?, ?, ?, ?, 0, 1, '')", row)


def test_one_story_links_every_two_of_its_incidents(tmp_path: Path) -> None:
    with KeptStore(tmp_path / "k.sqlite", basis="test", durable=False) as store:
        _told_by(store, [11, 12, 13])
        things: dict[int, int | None] = {1: 11, 2: 12, 3: 13}
        linked = {(things[thing], home) for thing, _, home in Incidents(store, []).linked(things)}
    assert linked == {(one, other) for one in (11, 12, 13) for other in (11, 12, 13) if one != other}


def test_claims_of_one_incident_are_linked_by_one_of_them(tmp_path: Path) -> None:
    with KeptStore(tmp_path / "k.sqlite", basis="test", durable=False) as store:
        _told_by(store, [11, 11, 12])
        linked = list(Incidents(store, []).linked({1: 11, 2: 11}))
    assert sorted(linked) == [(2, 1, 11), (2, 3, 12)]
