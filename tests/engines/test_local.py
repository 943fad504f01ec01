from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from witnessmark.engines import Manifest
from witnessmark.engines.local import LocalEngine
from witnessmark.engines.schema import document_lines
from witnessmark.engines.writer import SegmentWriter
from witnessmark.errors import CaseError, IntegrityError, UsageError
from witnessmark.ledger import Head
from witnessmark.model import Document, Part, Span
from witnessmark.model.serialise import from_data, to_data


def document(number: int) -> Document:
    text = f"Report {number}\n\nThree people were hurt."
    parts = (Part("headline", Span(0, 8)), Part("body", Span(10, len(text))))
    return Document(f"doc-{number}", "ab", "", text, "v", parts, "en", "read", "utf-8", "declared", f"{number}.txt")


@pytest.fixture
def manifest(tmp_path: Path) -> Manifest:
    (tmp_path / "tables").mkdir()
    segments = []
    for numbers in ((0, 1), (2,)):
        writer = SegmentWriter(tmp_path / "tables" / "draft")
        for number in numbers:
            for table, lines in document_lines(to_data(document(number)), (), (), (), ()).items():
                writer.extend(table, lines)
        segments.append(writer.close())
    files = {path: digest for segment in segments for path, digest in segment.paths.items()}
    return Manifest("s", files, {}, {}, Head(0, ""), (), {}, tuple(segment.name for segment in segments))


@pytest.fixture
def engine(tmp_path: Path, manifest: Manifest) -> Iterator[LocalEngine]:
    engine = LocalEngine(tmp_path, manifest)
    yield engine
    engine.close()


def test_records_come_back_in_order_whole_or_by_column(engine: LocalEngine) -> None:
    assert [from_data(Document, d) for d in engine.records("documents")] == [document(n) for n in range(3)]
    assert [d["identifier"] for d in engine.records("documents", {"origin": "1.txt"})] == ["doc-1"]
    assert list(engine.records("documents", {"origin": "' OR 1=1 --"})) == []
    assert [p["kind"] for p in engine.records("parts", {"document": "doc-2"})] == ["headline", "body"]
    assert next(iter(engine.columns("documents", ["headline", "characters"]))) == {
        "headline": "Report 0",
        "characters": len(document(0).text),
    }


def test_queries_take_parameters(engine: LocalEngine) -> None:
    sql = "SELECT d.identifier, count(*) FROM documents d JOIN parts p ON p.document = d.identifier WHERE d.origin = ? GROUP BY 1"
    assert engine.query(sql, ["2.txt"]) == [("doc-2", 2)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM '{here}/x.csv'",
        "SELECT * FROM glob('{here}/*')",
        "COPY documents TO '{here}/out.csv'",
        "ATTACH '{here}/x.db'",
        "EXPORT DATABASE '{here}/out'",
        "INSTALL httpfs",
        "LOAD sqlite",
        "SET enable_external_access = true",
        "SET threads = 9",
        "RESET lock_configuration",
        "SELECT * FROM manifest",
        "SELECT nonsense",
    ],
)
def test_a_query_can_touch_nothing_else(engine: LocalEngine, tmp_path: Path, sql: str) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n")
    before = sorted(p.name for p in tmp_path.rglob("*"))
    with pytest.raises(UsageError) as caught:
        engine.query(sql.replace("{here}", str(tmp_path)))
    assert caught.value.code == "WM006"
    assert sorted(p.name for p in tmp_path.rglob("*")) == before


def test_unknown_tables_and_columns_are_usage_errors(engine: LocalEngine) -> None:
    for call in (
        lambda: list(engine.records("nothing")),
        lambda: list(engine.records("documents", {"nothing": 1})),
        lambda: list(engine.columns("documents", ["nothing"])),
    ):
        with pytest.raises(UsageError) as caught:
            call()
        assert caught.value.code == "WM004"


def test_a_file_that_differs_from_the_manifest_is_not_used(tmp_path: Path, manifest: Manifest) -> None:
    other = replace(manifest, files={**manifest.files, manifest.paths("documents")[1]: "0" * 64})
    with pytest.raises(IntegrityError) as changed:
        list(LocalEngine(tmp_path, other).records("documents"))
    assert changed.value.code == "WM303"
    (tmp_path / manifest.paths("documents")[1]).unlink()
    with pytest.raises(CaseError) as gone:
        list(LocalEngine(tmp_path, manifest).records("documents"))
    assert gone.value.code == "WM308"
