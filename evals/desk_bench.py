"""Measure the desk on a made-up case of 100,000 incidents and a million statements, over HTTP, as a browser asks.

    python evals/desk_bench.py --case build/desk-case [--incidents 100000] [--json FILE]

The case is made once (some minutes, about 1 GB) and used again. Texts are put together from a few words; places and days are spread over a
country and four years. Printed are the index's building time and, for each kind of request, median and 95th percentile in
milliseconds beside the bar, and the server's CPU time for one request: on a busy machine the two differ by the waiting.
"""

from __future__ import annotations

import argparse
import copy
import datetime as dt
import gzip
import http.client
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from witnessmark.archive import CaseFolder
from witnessmark.engines import Manifest
from witnessmark.engines.manifest import install
from witnessmark.engines.schema import TABLES, contradiction_row, document_lines, incident_row, lines
from witnessmark.engines.writer import SegmentWriter, snapshot_name
from witnessmark.ledger import Entry, Head, Ledger
from witnessmark.model import (
    Bound,
    Contradiction,
    DateValue,
    Document,
    Incident,
    IncidentClaim,
    Mention,
    MergeReason,
    Part,
    PlaceValue,
    Producer,
    Quantity,
    Span,
    Statement,
    TollRange,
)  # fmt: skip
from witnessmark.model.serialise import to_data

BARS = {
    "first page": 300,
    "filtered": 300,
    "map moved": 300,
    "search": 300,
    "search common": 300,
    "decision": 50,
    "queue": 300,
    "incident": 300,
    "1 MB document": 500,
}
"""Milliseconds at the 95th percentile."""

WORDS = "shells hit the market near school river bridge morning officials said governor reported houses were damaged rescue workers found residents night"
ACTS = ("strike.air", "strike.drone", "shelling.unspecified", "shooting", "explosion.mine_erw")
MODALITIES = ("asserted", "asserted", "attributed", "attributed", "denied", "opinion", "prediction")


def sentence(rng: random.Random, words: list[str], length: int) -> str:
    """A sentence of so many words, with one rare word."""
    return " ".join(rng.choices(words, k=length)).capitalize() + f" place{rng.randrange(5000)}."


class Maker:
    """Makes documents with statements, claims and incidents as plain data."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.words = WORDS.split()
        span = Span(0, 6)
        self._document = to_data(
            Document("d", "c", "", "x", "v", (Part("body", Span(0, 1)),), "en", "read", "utf-8", "bom", "made", "Made Courier", "media")
        )
        self._statement = to_data(Statement(span, 0, "body", "asserted", rule="made"))
        place, day = (
            PlaceValue("Place", "UA", "Region", 50.0, 30.0, "P3"),
            DateValue(dt.date(2022, 1, 1), dt.date(2022, 1, 1), "T2", "stated"),
        )
        self._claim = to_data(
            IncidentClaim("c", "d", Mention("shooting", span, "x", "made", 0.7), "asserted", (span,), place=Mention(place, span, "x", "made", 0.8),
                          date=Mention(day, span, "x", "made", 0.9), killed=Mention(Quantity(1, 1, "eq", "1"), span, "x", "made", 0.6))
        )  # fmt: skip

    def document(self, n: int, sentences: int, length: int = 11) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Document ``n`` with its statements."""
        said, at, parts = [], 0, []
        for number in range(sentences):
            text = sentence(self.rng, self.words, length)
            row = {**self._statement, "span": {"start": at, "end": at + len(text)}, "sentence": number, "paragraph": number // 3,
                   "modality": self.rng.choice(MODALITIES)}  # fmt: skip
            said.append(row)
            parts.append(text)
            at += len(text) + 1
        text = "".join(s + ("\n" if i % 3 == 2 else " ") for i, s in enumerate(parts))
        data = {**self._document, "identifier": f"doc-{n:08x}", "text": text, "origin": f"made/{n:07d}.txt"}
        data["parts"] = [{"kind": "body", "span": {"start": 0, "end": len(text)}, "reason": None}]
        return data, said

    def claim(self, n: int, document: str, text: str, start: int) -> dict[str, Any]:
        """One claim on the words from ``start`` on."""
        data = copy.deepcopy(self._claim)
        day = (dt.date(2022, 2, 1) + dt.timedelta(days=self.rng.randrange(1400))).isoformat()
        killed = self.rng.randrange(12)
        data |= {"identifier": f"c-{n:08x}", "document": document, "evidence": [{"start": start, "end": start + 40}]}
        data["act"]["value"] = self.rng.choice(ACTS)
        data["place"]["value"] |= {
            "latitude": round(self.rng.gauss(48.6, 1.4), 4),
            "longitude": round(self.rng.gauss(36.5, 2.4), 4),
            "name": f"Place {n % 3000}",
        }
        data["date"]["value"] |= {"earliest": day, "latest": day}
        data["killed"]["value"] |= {"minimum": killed, "maximum": killed, "expression": str(killed)}
        for offset, field in enumerate(("act", "place", "date", "killed")):
            span = {"start": start + 8 * offset, "end": start + 8 * offset + 6}
            data[field] |= {"span": span, "quote": text[span["start"] : span["end"]]}
        return data


def incident_of(n: int, claims: list[dict[str, Any]]) -> Incident:
    """An incident of ``claims``."""
    ids = [c["identifier"] for c in claims]
    figures = [c["killed"]["value"]["minimum"] for c in claims]
    low, high = Bound(min(figures), ids[0]), Bound(max(figures), ids[-1])
    reasons = (MergeReason(ids[0], ids[-1], 4.2, (("day", 2.1), ("place", 2.1))),) if len(ids) > 1 else ()
    return Incident(f"i-{n:08x}", tuple(ids), claims[0]["act"]["value"], TollRange(low, high, high), TollRange(None, None, None),
                    (("place", ids[0]), ("date", ids[0])), reasons)  # fmt: skip


def make(folder: CaseFolder, incidents: int) -> None:
    """Write a case of so many incidents, ten statements in each document, and one document of a megabyte."""
    maker = Maker(11)
    with folder.writing(), Ledger(folder.ledger, tool_version="bench", durable=False) as ledger:
        ledger.append(Entry("create", "case", {"format": 1}), actor="bench")
        drafts = folder.aside / "drafts"
        writer = SegmentWriter(drafts / "rows")
        made = 0
        held: list[Incident] = []
        clashes: list[Contradiction] = []
        for n in range(incidents):
            claims = []
            for _ in range(2 if n % 8 == 0 else 1):
                data, said = maker.document(made, 9)
                claims.append(maker.claim(made, data["identifier"], data["text"], said[1]["span"]["start"]))
                put(writer, data, said, claims[-1:])
                made += 1
            held.append(incident_of(n, claims))
            if n % 40 == 0 and len(claims) > 1:
                first, second = claims
                spans = tuple(Span(**c["killed"]["span"]) for c in claims)
                clashes.append(Contradiction(f"x-{n:08x}", "killed", "between_documents", (first["document"], second["document"]), (spans[0], spans[1]),
                                             (first["killed"]["quote"], second["killed"]["quote"]), "made", (first["identifier"], second["identifier"]), "made"))  # fmt: skip
        large, said = maker.document(made, 3_800, 38)  # a megabyte, with 5,000 marked spans: statements and values
        large |= {"identifier": "doc-large"}
        claims = [maker.claim(made + k, "doc-large", large["text"], s["span"]["start"]) for k, s in enumerate(said[::13])]
        put(writer, large, said, claims)
        held += [incident_of(incidents + k, [c]) for k, c in enumerate(claims)]
        writer.extend("incidents", lines("incidents", (incident_row(to_data(i)) for i in held)))
        writer.extend("contradictions", lines("contradictions", (contradiction_row(to_data(c)) for c in clashes)))
        segment = writer.close()
        tables = {name: {"rows": rows, "digest": digest} for name, (digest, rows) in segment.files.items()}
        tables |= {name: {"rows": 0, "digest": ""} for name in TABLES if name not in tables}
        totals = {"inputs": made + 1, "read": made + 1, "partial": 0, "empty": 0, "blocked": 0, "failed": 0}
        manifest = Manifest(
            snapshot_name(tables),
            segment.paths,
            tables,
            totals,
            Head(0, ""),
            (Producer("bench", "1", "0"),),
            {"witnessmark": "bench"},
            (segment.name,),
        )
        install(folder, ledger, drafts, manifest, actor="bench")


def put(writer: SegmentWriter, document: dict[str, Any], said: list[dict[str, Any]], claims: list[dict[str, Any]]) -> None:
    """Write the rows of one document."""
    for table, rows in document_lines(document, said, claims, [], []).items():
        writer.extend(table, rows)


class Server:
    """The desk as a process of its own."""

    def __init__(self, case: Path) -> None:
        began = time.perf_counter()
        command = [
            sys.executable,
            "-c",
            "import sys; from witnessmark.cli import main; main(sys.argv[1:])",
            "desk",
            str(case),
            "--port",
            "0",
            "--as",
            "bench",
        ]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        address = next(found for line in self.process.stderr if (found := re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", line)))
        self.opened = time.perf_counter() - began
        self.port = int(address[1])
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        self._headers = {"Accept-Encoding": "gzip", "Origin": f"http://127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin"}
        self._connection.request("GET", f"/?token={address[2]}", headers=self._headers)
        answer = self._connection.getresponse()
        answer.read()
        self._headers["Cookie"] = (answer.getheader("set-cookie") or "").split(";")[0]

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[float, bytes]:
        """Seconds until the whole answer is here, and its bytes as they came."""
        headers = dict(self._headers)
        body = None
        if form is not None:
            body = urlencode(form)
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        began = time.perf_counter()
        self._connection.request("GET" if form is None else "POST", path, body, headers)
        answer = self._connection.getresponse()
        data = answer.read()
        took = time.perf_counter() - began
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status} {data[:300]!r}")
        return took, gzip.decompress(data) if answer.getheader("content-encoding") == "gzip" and form is not None else data

    def cpu(self) -> float:
        """Seconds of CPU that the server has used, where the system tells."""
        stat = Path(f"/proc/{self.process.pid}/stat")
        fields = stat.read_text().rsplit(")", 1)[1].split() if stat.exists() else ["0"] * 14
        return (int(fields[11]) + int(fields[12])) / 100

    def memory(self) -> int:
        """Resident megabytes of the server, where the system tells."""
        status = Path(f"/proc/{self.process.pid}/status")
        found = re.search(r"VmRSS:\s+(\d+)", status.read_text()) if status.exists() else None
        return int(found[1]) // 1024 if found else 0

    def stop(self) -> None:
        """Stop the server and wait until the case is sealed."""
        self.process.terminate()
        self.process.wait(120)


def requests(server: Server, rng: random.Random, incidents: int) -> dict[str, Callable[[], tuple[float, bytes]]]:
    """What is measured, in a case of so many ``incidents``."""

    def view() -> str:
        south, west = rng.uniform(46, 49), rng.uniform(33, 37)
        return f"{south:.3f},{west:.3f},{south + rng.uniform(0.5, 3):.3f},{west + rng.uniform(0.5, 4):.3f}"

    def decision() -> tuple[float, bytes]:
        n = decision_numbers.pop()
        return server.ask("/decide", {"kind": "accept", "subject": f"c-{n:08x}", "why": "bench", "back": "/"})

    decision_numbers = list(range(1000))
    rng.shuffle(decision_numbers)
    return {
        "first page": lambda: server.ask("/"),
        "filtered": lambda: server.ask(f"/?act={rng.choice(ACTS)}&from=2023-0{rng.randrange(1, 9)}-01&to=2024-01-01&order=killed"),
        "map moved": lambda: server.ask(f"/?view={view()}&within=1"),
        "search": lambda: server.ask(f"/search?q=place{rng.randrange(5000)}+market"),
        "search common": lambda: server.ask(f"/search?q={rng.choice(WORDS.split())}+{rng.choice(WORDS.split())}"),
        "decision": decision,
        "queue": lambda: server.ask("/queue"),
        "incident": lambda: server.ask(f"/incident/i-{rng.randrange(min(900, incidents // 8)) * 8:08x}"),
        "1 MB document": lambda: server.ask("/document/doc-large"),
    }


def measure(server: Server, repeats: int, incidents: int) -> Iterator[tuple[str, float, float, float, int]]:
    """Kind, median and 95th percentile in milliseconds, the server's CPU for one request in milliseconds, bytes of the last answer."""
    for name, ask in requests(server, random.Random(5), incidents).items():
        number = max(5, repeats // 4) if name == "1 MB document" else repeats
        ask()
        before = server.cpu()
        answers = [ask() for _ in range(number)]
        cpu = 1000 * (server.cpu() - before) / number
        times = sorted(1000 * took for took, _ in answers)
        yield name, statistics.median(times), times[min(number - 1, int(0.95 * number))], cpu, len(answers[-1][1])


def main() -> None:
    """Make the case if it is not there, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", type=Path, default=Path("build/desk-case"))
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=60)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    folder = CaseFolder(given.case, durable=False)
    if not folder.manifest.exists():
        shutil.rmtree(given.case, ignore_errors=True)
        began = time.perf_counter()
        make(folder, given.incidents)
        print(f"case made in {time.perf_counter() - began:.0f} s")
    incidents = json.loads(folder.manifest.read_text())["tables"]["incidents"]["rows"] - 293  # without those of the large document
    fresh = not (given.case / "index.sqlite").exists()
    server = Server(given.case)
    print(f"opened in {server.opened:.1f} s{' with the index made' if fresh else ''}, {server.memory()} MB")
    told = {}
    try:
        for name, median, high, cpu, size in measure(server, given.repeats, incidents):
            told[name] = {
                "median_ms": round(median, 1),
                "p95_ms": round(high, 1),
                "cpu_ms": round(cpu, 1),
                "bar_ms": BARS[name],
                "bytes": size,
            }
            print(
                f"{name:14} {median:8.1f} {high:8.1f} ms  cpu {cpu:6.1f} ms  bar {BARS[name]:4}  {size / 1000:8.1f} kB  {'ok' if high < BARS[name] else 'OVER'}"
            )
        print(f"memory {server.memory()} MB")
    finally:
        server.stop()
    if given.json:
        given.json.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
