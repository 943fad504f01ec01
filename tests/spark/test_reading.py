"""Reading on a real local Spark gives the case that reading here gives."""

import json
import os
import signal
from pathlib import Path

import pytest

import witnessmark
from witnessmark.archive import Blobs
from witnessmark.engines import WorkItem, unpack
from witnessmark.engines.spark import spark as spark_here
from witnessmark.errors import CaseError
from witnessmark.reader import Reader, read_on_spark

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("spark")]
REPORT = (
    "{what} hit {place}\n\n{n} people were killed and {m} wounded when {what} hit a {object} in {place} on {day} May 2022, the {who} said."
    " A second strike damaged a school in {place}, police said.\n"
)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("inputs")
    rows = []
    for i in range(10):
        told = {
            "what": ("Shells", "Rockets", "A missile")[i // 2 % 3],
            "place": ("Kherson", "Kupiansk", "Sumy")[i // 4],
            "n": 2 + i % 4,
            "m": 5 + i,
            "object": ("market", "clinic")[i % 2],
            "day": 3 + i // 3,
            "who": ("mayor", "governor")[i % 2],
        }
        text = REPORT.format(**told)
        if i < 5:
            (root / f"{i}.txt").write_text(text, encoding="utf-8")
        else:
            rows.append({"id": f"r{i}", "text": text, "published": "2022-05-12", "publisher": f"Paper {i % 3}"})
    (root / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (root / "page.html").write_text(f"<html><body><article><h1>Shelling</h1><p>{REPORT.format(**told)}</p></article></body></html>")
    (root / "empty.txt").write_bytes(b"")
    return root


def test_the_snapshot_is_that_of_the_local_engine_in_any_order_of_inputs(inputs: Path, tmp_path: Path) -> None:
    files = sorted(str(p) for p in inputs.iterdir())
    with witnessmark.read(files, case=tmp_path / "here", published="2022-05-12") as here:
        expected, tables = here.snapshot, here.manifest.tables
        assert len(here.incidents) < len(here.claims)
    with witnessmark.read(files[::-1], case=tmp_path / "spark", published="2022-05-12", engine="spark") as case:
        assert case.manifest.tables == tables
        assert case.snapshot == expected
        assert case.verify().findings == []


def test_a_case_that_grows_there_is_a_case_that_is_computed_here(inputs: Path, tmp_path: Path) -> None:
    files = sorted(str(p) for p in inputs.iterdir())
    with witnessmark.read(files, case=tmp_path / "here", published="2022-05-12") as here:
        expected = here.snapshot
    witnessmark.read(files[::2], case=tmp_path / "grown", published="2022-05-12").close()
    with witnessmark.read(files[1::2], case=tmp_path / "grown", published="2022-05-12", engine="spark") as case:
        assert case.snapshot == expected
        assert case.verify().findings == []


class Killing(Reader):
    """Dies of one document, whatever process reads it; as faulty native code would."""

    def read(self, item: WorkItem) -> bytes:
        if item.item == "kills":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().read(item)


class Refusing(Reader):
    """Fails everywhere but in the process of the tests' children, as on a cluster where the program is not installed."""

    def read(self, item: WorkItem) -> bytes:
        if "SPARK_ENV_LOADED" in os.environ or "PYTHON_WORKER_FACTORY_SECRET" in os.environ or "SPARK_LOCAL_DIRS" in os.environ:
            raise ImportError("no module named witnessmark")
        return super().read(item)


def _items(blobs: Path, several: list[str]) -> list[WorkItem]:
    out = []
    for number, name in enumerate(several, 1):
        data = f"Shelling killed {number} people in Kherson on 3 May 2022, the mayor said.".encode()
        capture = Blobs(blobs, aside=blobs / "aside").put(data)
        received = "2022-05-12T00:00:00+00:00"
        out.append(WorkItem("reports.txt", name, capture, number, "file", "text/plain", len(data), received, (), {}))
    return out


def test_only_the_document_that_kills_processes_is_given_up(tmp_path: Path) -> None:
    items = _items(tmp_path, ["a", "kills", "b"])
    with spark_here() as engine:
        told = {item.item: unpack(body) for item, body in read_on_spark(engine, Killing(tmp_path), items)}
    assert {name: data["status"] for name, data in told.items()} == {"a": "read", "kills": "failed", "b": "read"}
    assert [p["code"] for p in told["kills"]["problems"]] == ["WM203"]


def test_a_cluster_that_cannot_read_is_told_and_what_was_read_is_kept(tmp_path: Path) -> None:
    items = _items(tmp_path, ["a", "b"])
    kept = []
    with spark_here() as engine, pytest.raises(CaseError) as caught:
        for item, _ in read_on_spark(engine, Refusing(tmp_path), items):
            kept.append(item.item)
    assert caught.value.code == "WM035"
    assert sorted(kept) == ["a", "b"]
