"""What two reports share in words."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from witnessmark.documents import text_document
from witnessmark.incidents import merge, stories, wording_of
from witnessmark.incidents.wording.bags import BUCKETS, Wording, resemblance
from witnessmark.incidents.wording.index import COLUMNS, Index
from witnessmark.incidents.wording.stories import Report, pair_features, story_pairs, waterfall

MARKET = (
    "Shells fell on the covered market of Lysohirka on Friday morning while traders were opening their stalls. The regional prosecutor said that two "
    "women were killed and nine people were taken to hospital. Windows of the bakery and of the pharmacy beside the market were broken, and firemen "
    "worked until noon to put out a fire in the fish hall. The head of the town said that the market would stay closed."
)
AGAIN = (
    "Two women died when the market in Lysohirka came under fire on Friday, the prosecutor's office reported. Nine wounded were brought to the hospital of "
    "the district. Traders had just opened their stalls; the fish hall burned until noon, and the bakery next to the market lost its windows."
)
BRIDGE = (
    "A drone hit a lorry on the bridge over the Olshanka late on Monday, the road service said. The driver was not hurt. Traffic was sent around by the "
    "northern road, and engineers will look at the damage in the morning, when the river police have cleared the bank."
)


def _wording(text: str, publisher: str = "Courier") -> Wording:
    return wording_of(text_document(text, title=None, publisher=publisher, language="en"))


def _report(name: str, text: str) -> Report:
    return Report(name, _wording(text), (), dt.date(2024, 5, 3).toordinal())


def test_a_wording_comes_back_from_its_packed_form() -> None:
    wording = _wording(MARKET)
    assert Wording.unpack(wording.pack()) == wording
    assert len(wording.buckets) == 4 * len(wording.times) == 4 * len(wording.flags)
    assert len(wording.pack()) < 2000


def test_a_cut_copy_resembles_its_original_and_a_new_report_does_not() -> None:
    copy = MARKET.removesuffix(" The head of the town said that the market would stay closed.") + " More follows."
    assert resemblance(_wording(MARKET), _wording(copy)) > 0.6
    assert resemblance(_wording(MARKET), _wording(AGAIN)) < 0.2
    assert resemblance(_wording("Two words."), _wording(MARKET)) == 0.0


def test_an_index_shares_what_the_bags_share() -> None:
    texts = (MARKET, AGAIN, BRIDGE)
    index = Index.of([_wording(t) for t in texts])
    for a, b in itertools.combinations(range(3), 2):
        row = dict(zip(COLUMNS, index.shared(index.starts[a : a + 1] * 0 + a, index.starts[b : b + 1] * 0 + b)[0], strict=True))
        sides = [
            {int(k % BUCKETS): w for k, w in zip(index.keys[index.starts[n] : index.starts[n + 1]], index.body[index.starts[n] : index.starts[n + 1]], strict=True)}
            for n in (a, b)
        ]  # fmt: skip
        assert row["body"] == pytest.approx(sum(w * sides[1].get(k, 0.0) for k, w in sides[0].items()))


def test_two_reports_of_one_attack_tell_one_story_and_a_third_does_not() -> None:
    listed = [_report("d1", MARKET), _report("d2", AGAIN), _report("d3", BRIDGE)]
    found = {(p.one, p.other): p.odds for p in story_pairs(listed, at_least=-60.0)}
    assert found["d1", "d2"] > 0
    assert all(odds < 0 for pair, odds in found.items() if "d3" in pair)
    wordings = {r.document: r.wording for r in listed}
    assert stories((), wordings) == {"d1": "d1", "d2": "d1", "d3": "d3"}


def test_the_waterfall_adds_up_to_the_weight() -> None:
    listed = [_report("d1", MARKET), _report("d2", AGAIN)]
    steps = waterfall(listed)
    assert steps is not None
    (pair,) = story_pairs(listed, at_least=-60.0)
    assert sum(weight for _, weight in steps) == pytest.approx(pair.odds / 0.693147, abs=0.01)


def test_what_two_reports_share_does_not_depend_on_the_others() -> None:
    two = [_report("d1", MARKET), _report("d2", AGAIN)]
    alone, among = pair_features(two), pair_features([*two, _report("d3", BRIDGE)])
    row = next(r for a, b, r in zip(*among, strict=True) if (a, b) == (0, 1))
    assert row.tolist() == alone[2][0].tolist()


def test_reports_without_an_incident_take_part_in_stories_and_not_in_merging() -> None:
    wordings = {"d1": _wording(MARKET), "d2": _wording(AGAIN)}
    assert merge((), wordings=wordings) == ()
    assert stories((), wordings)["d2"] == "d1"
