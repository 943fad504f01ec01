"""Ids of incidents lead somewhere for as long as one of their claims is there."""

from __future__ import annotations

from witnessmark.incidents.lineage import Change, changes, name_of, resolve
from witnessmark.model import Incident, TollRange

NONE = TollRange(None, None, None)


def _incident(*claims: str) -> Incident:
    return Incident(name_of(claims[0]), claims, "unknown", NONE, NONE, ())


def test_a_merged_and_a_split_incident_are_found_under_their_old_ids() -> None:
    before = [_incident("a", "b"), _incident("c")]
    merged = [_incident("c", "a", "b")]
    assert all(resolve(i.identifier, merged) == merged[0] for i in before)
    split = [_incident("a"), _incident("b"), _incident("c")]
    assert resolve(before[0].identifier, split) == split[0]
    assert resolve("i-nothing", split) is None


def test_the_log_tells_what_was_merged_split_renamed_and_lost() -> None:
    before = [_incident("a", "b"), _incident("c"), _incident("e"), _incident("g")]
    after = [_incident("a"), _incident("b", "c"), _incident("d", "e"), _incident("f")]
    assert set(changes(before, after)) == {
        Change("split", (name_of("a"),), tuple(sorted((name_of("a"), name_of("b"))))),
        Change("merged", tuple(sorted((name_of("a"), name_of("c")))), (name_of("b"),)),
        Change("renamed", (name_of("c"),), (name_of("b"),)),
        Change("renamed", (name_of("e"),), (name_of("d"),)),
        Change("gone", (name_of("g"),), ()),
    }
    assert changes(after, after) == ()
