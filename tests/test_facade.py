import json
import subprocess
import sys
from pathlib import Path

import pytest

import witnessmark
from witnessmark.errors import CaseError, IntegrityError, UsageError
from witnessmark.ledger.verify import verify
from witnessmark.model import Document, Incident, IncidentClaim

STORY = """Shelling kills four in Kramatorsk

KRAMATORSK, Ukraine, 3 June 2022 - Russian forces shelled the city of Kramatorsk on 2 June 2022, killing four people and wounding nine,
the regional governor said. A school was destroyed.

"We will rebuild it," said the mayor.
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> witnessmark.Case:
    root = tmp_path_factory.mktemp("facade")
    (root / "a.txt").write_text(STORY, encoding="utf-8")
    return witnessmark.read(root / "a.txt", case=root / "case", published="2022-06-03")


def test_the_list_of_names_is_the_promise() -> None:
    assert witnessmark.__all__ == [
        "Case", "Desk", "Evaluation", "Filter", "Gathered", "GazetteerInfo", "InputRecord", "LanguageModel", "Listing", "Patterns", "PlaceRecord", "Progress", "Why",
        "WitnessmarkError", "__version__", "assessment", "build_gazetteer", "decided_value", "default_policy", "diff", "evaluate",
        "explain", "explain_merge", "find_place", "gather", "gazetteer_info", "merge_table", "open_case", "overview", "places_named", "read",
        "reading", "show", "weigh",
    ]  # fmt: skip
    for name in witnessmark.__all__:
        assert getattr(witnessmark, name) is not None
    assert set(witnessmark.__all__) <= set(dir(witnessmark))
    with pytest.raises(AttributeError, match="nothing"):
        _ = witnessmark.nothing


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, witnessmark; print(sorted({'numpy', 'pyarrow', 'duckdb', 'sqlite3', 'lxml', 'splink'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_records_are_typed_and_lead_to_their_words(case: witnessmark.Case) -> None:
    assert [type(d) for d in case.documents] == [Document]
    text = case.documents[0].text
    assert case.claims
    claim = case.claims[0]
    assert claim.killed is not None
    assert claim.killed.span is not None
    assert claim.killed.span.of(text) == claim.killed.quote
    assert claim.killed.value.point == 4
    assert list(case.statements) == [case.documents[0].identifier]
    assert case.statements[case.documents[0].identifier]
    assert case.original(case.documents[0].capture) == STORY.encode()
    assert case.captures[0].digest == case.documents[0].capture


def test_get_finds_every_kind_of_record(case: witnessmark.Case) -> None:
    for records in (case.documents, case.claims, case.incidents, case.series, case.contradictions):
        for record in records:
            assert case.get(record.identifier) == record
    assert isinstance(case.get(case.incidents[0].identifier), Incident)
    with pytest.raises(UsageError) as caught:
        case.get("' OR ''='")
    assert caught.value.code == "WM001"


def test_why_leads_from_incident_and_claim_to_the_words(case: witnessmark.Case) -> None:
    claim = case.claims[0]
    reasons = case.why(claim.identifier, "killed")
    assert reasons[0].quote == "four" or "four" in reasons[0].quote
    assert reasons[0].rule
    assert reasons[0].statement is not None
    assert reasons[0].span is not None
    assert reasons[0].statement.span.start <= reasons[0].span.start
    incident = next(i for i in case.incidents if claim.identifier in i.claims)
    assert reasons[0] in case.why(incident.identifier, "killed")
    for identifier in (claim.identifier, incident.identifier, case.documents[0].identifier):
        with pytest.raises(UsageError) as caught:
            case.why(identifier, "colour")
        assert caught.value.code == "WM004"


def test_json_is_one_plain_object_with_quotes_that_hold(case: witnessmark.Case) -> None:
    data = json.loads(json.dumps(case.to_json()))
    assert {"documents", "statements", "incidents", "claims", "series", "contradictions"} <= set(data)
    text = data["documents"][0]["text"]
    assert data["statements"]
    assert all(text[s["start"] : s["end"]] == s["quote"] for s in data["statements"])


def test_an_export_verifies_alone_and_is_in_the_ledger(case: witnessmark.Case, tmp_path: Path) -> None:
    before = case.head
    paths = case.export(tmp_path / "export")
    assert all(p.exists() for p in paths)
    report = verify(tmp_path / "export")
    assert report.findings == []
    assert report.counts["code points back to bytes"] == len(STORY)
    assert report.counts["values"] > 5
    assert report.counts["events"] == case.manifest.ledger.size
    assert case.verify().findings == []
    with witnessmark.open_case(case.path) as again:
        assert again.head.size == before.size + 1
        assert again.snapshot == case.snapshot
        again.export(tmp_path / "again", originals=False)
        assert not (tmp_path / "again" / "blobs").exists()
        assert verify(tmp_path / "again").findings == []
        assert (tmp_path / "again" / "ledger.jsonl").read_bytes() == (tmp_path / "export" / "ledger.jsonl").read_bytes()


def test_notebooks_get_a_table_without_markup_from_outside(case: witnessmark.Case) -> None:
    shown = case._repr_html_()
    assert case.incidents[0].identifier in shown
    assert "<script" not in shown
    assert "incidents" in repr(case)


def test_sql_over_the_tables(case: witnessmark.Case) -> None:
    sql = "SELECT killed_min FROM incident_claims WHERE identifier = ?"
    assert case.query(sql, [case.claims[0].identifier]) == [(4,)]


def test_a_temporary_case_goes_with_its_object(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    with witnessmark.read(tmp_path / "a.txt") as case:
        path = case.path
        assert path.exists()
        assert case.verify().findings == []
    assert not path.exists()


def test_a_changed_table_is_refused_and_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    witnessmark.read(tmp_path / "a.txt", case=tmp_path / "case").close()
    with witnessmark.open_case(tmp_path / "case") as case:
        name = next(n for n in case.manifest.files if n.endswith("incident_claims.parquet"))
        data = bytearray((tmp_path / "case" / name).read_bytes())
        data[len(data) // 2] ^= 1
        (tmp_path / "case" / name).write_bytes(bytes(data))
        with pytest.raises(IntegrityError) as caught:
            _ = case.claims
        assert caught.value.code == "WM303"
        assert ("WM303", name) in {(f.code, f.file) for f in case.verify().findings}


def test_opening_what_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as caught:
        witnessmark.open_case(tmp_path)
    assert caught.value.code == "WM005"


def test_claims_of_an_incident_are_there(case: witnessmark.Case) -> None:
    for incident in case.incidents:
        assert all(isinstance(case.get(c), IncidentClaim) for c in incident.claims)
