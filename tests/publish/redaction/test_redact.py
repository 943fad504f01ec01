"""What a redacted view holds: types, coarse places, embargo, small parts, quotes that are still their text."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace

import pytest

import witnessmark.model
from witnessmark.model import (
    BreakdownValue,
    Document,
    Incident,
    IncidentClaim,
    ObjectValue,
    Part,
    PlaceValue,
    Quantity,
    Span,
    Speaker,
    Statement,
    TollRange,
    mention,
)
from witnessmark.publish import export
from witnessmark.publish.check import check
from witnessmark.publish.facts import facts_of
from witnessmark.publish.publication import publish
from witnessmark.publish.redaction import PublicView, RestrictedView, SharedView, load_policy, parse_policy, redact
from witnessmark.publish.redaction.places import snapped
from witnessmark.publish.redaction.texts import SILENT
from witnessmark.publish.view import CaseView, Review

LATER = dt.date(2026, 1, 1)


def test_a_view_that_is_let_go_of_gives_the_same(view: CaseView) -> None:
    held = [view]
    assert redact(held.pop, load_policy(), as_of=LATER) == redact(view, load_policy(), as_of=LATER)


def test_only_the_redactor_makes_a_view_that_may_leave(view: CaseView) -> None:
    policy = load_policy()
    for kind in (SharedView, PublicView, RestrictedView):
        with pytest.raises(TypeError, match="made by redact"):
            kind(view, policy, LATER, {})
    assert type(redact(view, policy, as_of=LATER)) is PublicView
    assert type(redact(view, parse_policy('audience = "restricted"', "p"), as_of=LATER)) is RestrictedView


def test_exporters_take_the_matching_view_only(view: CaseView, tmp_path: object) -> None:
    shared = redact(view, load_policy(), as_of=LATER)
    with pytest.raises(TypeError):
        publish(view, tmp_path / "x")  # type: ignore[arg-type, operator]
    with pytest.raises(TypeError):
        facts_of(view)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        export(shared.records, tmp_path / "y")  # type: ignore[operator]
    with pytest.raises(TypeError):
        redact(shared.records, load_policy())


def test_quotes_are_still_their_text(view: CaseView) -> None:
    records = redact(view, load_policy(), as_of=LATER).records
    check(records)
    assert records.audience == "public" and any(d.text for d in records.documents)
    assert all(not d.item and not d.encoding and not d.offsets.segments for d in records.documents)


def test_places_are_the_gazetteers_points_and_no_finer_than_a_settlement(view: CaseView) -> None:
    before = {(c.place.value.latitude, c.place.value.longitude) for c in view.claims if c.place and c.place.value.resolved}
    after = [c.place.value for c in redact(view, load_policy(), as_of=LATER).records.claims if c.place]
    assert after and all(p.precision >= "P3" and p.gazetteer_id for p in after)
    assert not before & {(p.latitude, p.longitude) for p in after}


def _near(latitude: float, longitude: float, precision: str = "P0") -> PlaceValue:
    return PlaceValue("a house", "UA", None, latitude, longitude, precision)


def test_all_points_of_a_settlement_become_one() -> None:
    made = {snapped(_near(50.000 + i / 1000, 36.230), level="settlement") for i in range(5)}
    assert len({(p.latitude, p.longitude) for p in made if p}) == 1


def test_levels() -> None:
    home, district, region = (snapped(_near(50.0, 36.23), level=level) for level in ("settlement", "adm3", "adm1"))
    assert home and district and region
    assert (home.precision, district.precision, region.precision) == ("P3", "P4", "P6")
    assert district.feature == "ADM3"  # in Ukraine the community is known
    assert snapped(_near(0.0, -150.0), level="settlement") is None or snapped(_near(0.0, -150.0), level="settlement").precision >= "P6"  # type: ignore[union-attr]
    assert snapped(replace(_near(1, 1), latitude=None, longitude=None), level="settlement") is None


def test_a_sensitive_object_is_never_finer_than_a_district_and_its_words_do_not_name_the_place(view: CaseView) -> None:
    claim = view.claims[0]
    mention = replace(claim.act, value=ObjectValue("health"))
    changed = replace(view, claims=(replace(claim, objects=(mention,)), *view.claims[1:]))
    shared = redact(changed, load_policy(), as_of=LATER)
    item = next(
        f for f in facts_of(shared).incidents if f.identifier in {i.identifier for i in shared.records.incidents} and "health" in f.kinds
    )
    assert item.where is not None and item.where.feature == "ADM3"
    assert not any("Lozova" in e.quote for e in item.evidence)


def test_the_embargo_hides_time_place_and_words_and_ends(view: CaseView) -> None:
    fresh = redact(view, load_policy(), as_of=dt.date(2024, 3, 15))
    assert all(d.text == SILENT for d in fresh.records.documents if any(c.document == d.identifier for c in fresh.records.claims))
    for claim in fresh.records.claims:
        assert claim.date is None or (claim.date.value.clock is None and claim.date.value.precision >= "T4")
        assert claim.place is None or claim.place.value.precision >= "P6"
    late = redact(view, load_policy(), as_of=LATER)
    assert any(c.date and c.date.value.precision <= "T2" for c in late.records.claims)


def test_an_embargo_is_counted_to_the_day(view: CaseView) -> None:
    days = load_policy().embargo_days
    last = max(c.date.value.latest for c in view.claims if c.date)
    texts = [{d.text for d in redact(view, load_policy(), as_of=last + dt.timedelta(days=n)).records.documents} for n in (days - 1, days)]
    assert SILENT in texts[0] and SILENT not in texts[1]


def test_small_parts_lose_their_group_and_larger_ones_keep_it(view: CaseView) -> None:
    claim = view.claims[0]
    parts = tuple(replace(claim.act, value=BreakdownValue("killed", "women", Quantity(n, n, "eq", str(n)))) for n in (1, 2, 3))
    changed = replace(view, claims=(replace(claim, breakdown=parts), *view.claims[1:]))
    left = redact(changed, load_policy(), as_of=LATER).records.claims[0].breakdown
    assert [m.value.quantity.minimum for m in left] == [3]


def test_no_words_at_all_when_the_policy_says_so(view: CaseView) -> None:
    shared = redact(view, parse_policy('[quotes]\nwords = "none"', "p"), as_of=LATER)
    assert {d.text for d in shared.records.documents} == {SILENT}
    assert any(c.date and c.date.value.precision == "T2" for c in shared.records.claims)  # silent, and not under embargo
    assert [d.published.value for d in shared.records.documents if d.published] == [
        d.published.value for d in view.documents if d.published
    ]


def test_reviews_keep_their_record(view: CaseView) -> None:
    name = view.incidents[0].identifier
    shared = redact(replace(view, reviews={name: Review(reviewed=True, decisions=(4,))}), load_policy(), as_of=LATER)
    reviewed = [f for f in facts_of(shared).incidents if f.review.reviewed]
    assert len(reviewed) == 1 and reviewed[0].review.decisions == (4,)
    assert "1 of" in shared.records.review_summary


def test_hostile_text_in_every_field_is_not_published(hostile: object) -> None:
    secret = "Zorvana Brimkova"
    shared = redact(hostile(secret), load_policy(), as_of=LATER)  # type: ignore[operator]
    assert "Brimkova" not in repr(shared.records)


def told(sentence: str, speaker: str, kind: str) -> str:
    """The published words of a case of one sentence, said by ``speaker`` of ``kind``."""
    span = Span(0, len(sentence))
    at = sentence.index(speaker)
    who = Speaker(speaker, Span(at, at + len(speaker)), kind)
    act = mention("shelling.unspecified", span, sentence, "t")
    claim = IncidentClaim("c-0000000000aa", "doc-00000000000000aa", act, "attributed", (span,))
    document = Document("doc-00000000000000aa", "ab" * 32, "", sentence, "cd", (Part("body", span),), "en", "read", "utf-8", "bom", "x")
    toll = TollRange(None, None, None)
    incident = Incident("i-0000000000aa", (claim.identifier,), "shelling.unspecified", toll, toll, ())
    old = {document.capture: dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}
    case = CaseView(
        (document,), {document.identifier: (Statement(span, 0, "body", "attributed", who),)}, (claim,), incidents=(incident,), captured=old
    )
    return redact(case, load_policy(), as_of=LATER).records.documents[0].text


def test_who_speaks_as_an_official_is_kept_and_nobody_beside() -> None:
    kept = told("Governor Qorvan Testenko said that Zorvana Brimkova died.", "Governor Qorvan Testenko", "civil_official")
    assert kept == "Governor Qorvan Testenko said that [name withheld] died."


@pytest.mark.parametrize(
    ("sentence", "speaker", "kind"),
    [
        ("Qorvan Testenko, a resident, said so.", "Qorvan Testenko, a resident", "eyewitness"),
        ("The mayor's wife Zorvana Testenko said so.", "The mayor's wife Zorvana Testenko", "civil_official"),
        ("Qorvan Testenko said so.", "Qorvan Testenko", "civil_official"),
        ("Doctor Qorvan Testenko said so.", "Doctor Qorvan Testenko", "hospital_morgue"),
    ],
)
def test_others_who_speak_are_not_kept(sentence: str, speaker: str, kind: str) -> None:
    assert "Testenko" not in told(sentence, speaker, kind)


def test_a_child_of_the_same_given_name_as_an_official_is_not_kept() -> None:
    words = told("Governor Olena Testenko said that Olena, 7, died.", "Governor Olena Testenko", "civil_official")
    assert words == "Governor Olena Testenko said that [name withheld], 6–11, died."


KNOWN = {
    "Document": "identifier capture item text text_version parts language status encoding encoding_basis origin publisher publisher_type published published_basis offsets problems",
    "Statement": "span sentence part modality speaker chain negative hedge cue rule score paragraph unnamed distanced",
    "Speaker": "text span kind",
    "Mention": "value span quote rule score modality speaker candidates confidence",
    "IncidentClaim": "identifier document act modality evidence perpetrator munitions objects place date killed injured breakdown aftermath speaker scope alternatives",
    "SeriesClaim": "identifier document span quote unit quantity rate_period comparator trend modality rule place date speaker scope_note places_also munitions",
    "Contradiction": "identifier field kind documents spans quotes note claims rule",
    "Incident": "identifier claims act killed injured sources reasons former",
    "Quantity": "minimum maximum comparator expression unit vague unknown as_of factor",
    "DateValue": "earliest latest precision basis anchor open_start open_end clock part_of_day zone",
    "PlaceValue": "name country adm1 latitude longitude precision gazetteer_id feature relation role radius_km",
    "ActorValue": "name kind", "ActValue": "kind", "MunitionValue": "weapon effect identification count", "ObjectValue": "kind damage count",
    "BreakdownValue": "harm group quantity", "HarmValue": "harm group quantity part_of update superseded additional",
}  # fmt: skip


@pytest.mark.parametrize("name", KNOWN)
def test_the_redactor_knows_every_field_of_every_record(name: str) -> None:
    """A field that is added to a record has to be thought of here before it can be published."""
    assert [f.name for f in fields(getattr(witnessmark.model, name))] == KNOWN[name].split()
