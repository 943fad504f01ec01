"""Each adapter against the field list of its scheme, and every value against what the scheme allows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest

from witnessmark.publish.facts import Facts, facts_of
from witnessmark.publish.redaction import load_policy, redact
from witnessmark.publish.schemes import SCHEMES, Scheme, encode
from witnessmark.publish.schemes.airwars import GROUPS
from witnessmark.publish.table_csv import restore
from witnessmark.publish.view import CaseView

ACLED = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
UCDP = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
]
VIINA_INFO = [
    "viina_version",
    "event_id",
    "event_id_1pd",
    "date",
    "time",
    "geonameid",
    "feature_code",
    "asciiname",
    "ADM1_NAME",
    "ADM1_CODE",
    "ADM2_NAME",
    "ADM2_CODE",
    "longitude",
    "latitude",
    "GEO_PRECISION",
    "GEO_API",
    "location",
    "address",
    "report_id",
    "source",
    "url",
    "text",
    "lang",
]
AOAV = [
    "incident_id",
    "date",
    "time",
    "country",
    "adm1",
    "location",
    "location_type",
    "populated_area",
    "weapon_launch",
    "weapon_type",
    "n_weapons",
    "detonation_method",
    "user_status",
    "user_name",
    "target",
    "civ_killed",
    "civ_injured",
    "armed_killed",
    "armed_injured",
    "men",
    "women",
    "children",
    "displacement_reported",
    "damage_reported",
    "source_1",
    "source_2",
]
PLOVER = [
    "id",
    "has_event",
    "date",
    "time",
    "enddate",
    "endtime",
    "actor",
    "recipient",
    "event",
    "event_loc",
    "event_text",
    "quad_code",
    "event_scale",
    "mode",
    "context",
    "link",
    "text",
    "text_info",
    "cite_info",
    "coder",
    "coded_date",
    "coded_time",
    "comment",
]
BY_NAME = {s.name: s for s in SCHEMES}


@pytest.fixture
def facts(view: CaseView) -> Facts:
    """The hand-made case, redacted."""
    return facts_of(redact(view, load_policy(), as_of=dt.date(2026, 1, 1)))


def rows(scheme: Scheme, facts: Facts) -> list[dict[str, object]]:
    """The rows of a file as they are read back."""
    data = encode(scheme, facts)[0]
    if scheme.form == "csv":
        return [dict(r) for r in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))]
    if scheme.form == "jsonl":
        return [json.loads(line) for line in data.decode().splitlines()]
    whole = json.loads(data)
    return list(whole["@graph"]) if scheme.form == "jsonld" else list(whole)


@pytest.mark.parametrize(
    ("name", "fields"), [("acled", ACLED), ("ucdp-ged", UCDP), ("viina-event-info", VIINA_INFO), ("aoav", AOAV), ("plover", PLOVER)]
)
def test_the_fields_are_those_of_the_scheme_in_its_order(name: str, fields: list[str]) -> None:
    ours = [f.name for f in BY_NAME[name].fields]
    assert ours[: len(fields)] == fields
    assert all(n.startswith("x_") for n in ours[len(fields) :])


def test_the_numbers_of_columns() -> None:
    assert [len(BY_NAME[f"viina-event-{n}"].fields) for n in ("info", "labels", "1pd")] == [24, 62, 45], "and x_review each"
    assert len(ACLED) == 31 and len(UCDP) == 49
    names = [f.name for f in BY_NAME["airwars"].fields]
    assert all(f"{g}_{h}_{e}" in names for g in GROUPS for h in ("killed", "injured") for e in ("min", "max")) and len(GROUPS) == 18


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: s.name)
def test_rows_hold_the_fields_and_only_allowed_values(scheme: Scheme, facts: Facts) -> None:
    made = rows(scheme, facts)
    assert made, "the hand-made case has rows for every scheme"
    by_name = {f.name: f for f in scheme.fields}
    for row in made:
        assert set(row) <= set(by_name)
        for name, value in row.items():
            field = by_name[name]
            if not field.filled:
                assert value in ("", None), name
            if field.allowed and isinstance(value, str) and value:
                assert restore(value) in field.allowed, (name, value)
            if field.kind in ("integer", "number") and value not in ("", None):
                float(str(value))
        assert all(row.get(f.name) not in ("", None) for f in scheme.fields if f.required), row


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: s.name)
def test_the_review_label_and_the_version_are_stated(scheme: Scheme, facts: Facts) -> None:
    assert scheme.version and scheme.basis and scheme.title
    if scheme.name.startswith("viina") or scheme.name == "ucdp-ged":
        assert scheme.note  # no column of theirs can hold a label: it stands in LOSSES.md and in the version or code_status
        return
    assert "machine-read" in encode(scheme, facts)[0].decode()


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda s: s.name)
def test_every_incident_is_in_the_file_or_in_the_losses(scheme: Scheme, facts: Facts) -> None:
    data, losses, _ = encode(scheme, facts)
    lost = {i for row in losses.rows() if row["kind"] == "ineligible" for i in row["incidents"]}  # type: ignore[attr-defined]
    text = data.decode()
    for fact in facts.incidents:
        written = fact.identifier.removeprefix("i-") in text or fact.identifier in text
        assert written != (fact.identifier in lost), fact.identifier


def test_the_same_facts_give_the_same_bytes(facts: Facts) -> None:
    assert all(encode(s, facts)[0] == encode(s, facts)[0] for s in SCHEMES)
