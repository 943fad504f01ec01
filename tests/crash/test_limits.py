"""A file system that takes no more: the run ends with a coded error, and the next one, with room, gives the clean result."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import witnessmark
from witnessmark import corpus
from witnessmark.ledger.verify import verify

resource = pytest.importorskip("resource", reason="limits on the size of files are a thing of POSIX systems")

pytestmark = pytest.mark.slow

# No file may grow beyond the limit: the write that would fails as on a full disk.
RUN = """
import resource, sys
import witnessmark
from witnessmark.claims import read_claims
from witnessmark.errors import WitnessmarkError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    witnessmark.read([sys.argv[1]], case=sys.argv[2]).close()
except WitnessmarkError as error:
    print(error.code)
"""


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("limits") / "corpus.jsonl"
    path.write_text("".join(json.dumps(report) + "\n" for report in corpus.inputs()[:8]))
    return path


@pytest.mark.parametrize("limit", [1_000, 30_000, 70_000])
def test_a_full_disk_is_coded_and_got_over(inputs: Path, tmp_path: Path, limit: int) -> None:
    case = tmp_path / "case"
    command = [sys.executable, "-c", RUN, str(inputs), str(case), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.returncode) == ("WM307", 0), done.stderr
    if (case / "ledger.sqlite").exists():
        left = {(f.code, f.file) for f in verify(case).findings}
        assert left <= {("WM309", "seal.json"), ("WM308", "manifest.json")}
    with witnessmark.read([inputs], case=case) as again, witnessmark.read([inputs], case=tmp_path / "clean") as clean:
        assert again.snapshot == clean.snapshot
        assert again.verify().findings == []
