"""Check a Witnessmark case or export without Witnessmark: one file, standard library only (Python 3.11 or later).

    python verify.py FOLDER

It re-hashes every file, walks the ledger's chain and rebuilds its Merkle root, and, in an export, holds every published quote against
the text at its offsets and the text against the archived bytes. It prints one coded line for each fault and ends with status 0 when
there is none, 1 when there are faults, 2 when the folder is neither a case nor an export. It never writes.

The hashing is written here a second time, apart from the program's own, so that a fault in one is caught by the other.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

CAUSES = {
    "WM301": "a stored original does not match its hash",
    "WM302": "the ledger's chain is broken",
    "WM303": "a table does not match its manifest",
    "WM304": "a quote does not match its source",
    "WM308": "a file of the case is missing",
    "WM309": "the case is not sealed",
    "WM310": "a file is not what was sealed",
    "WM311": "a file that nobody sealed lies in the folder",
}
"""Codes that this file gives, worded as in the program's own catalogue."""

LOCK = "case.lock"
_ORIGIN = "0" * 64
_MALFORMED = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True)
class Finding:
    """One fault: its code, the file (path inside the folder) and what is wrong."""

    code: str
    file: str
    detail: str = ""

    def __str__(self) -> str:
        return f"[{self.code}] {self.file}: {CAUSES[self.code]}" + (f" ({self.detail})" if self.detail else "")


@dataclass
class Report:
    """Outcome of a check. ``counts`` says how many files, bytes, blobs, events, tables and values were looked at."""

    kind: str
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when no fault was found."""
        return not self.findings

    def add(self, code: str, file: str, detail: str = "") -> None:
        """Note a fault, once for each code and file."""
        if not any(f.code == code and f.file == file for f in self.findings):
            self.findings.append(Finding(code, file, detail))


class Folder:
    """The files of a folder with their SHA-256, each read once."""

    def __init__(self, root: Path, *, listed: bool = True) -> None:
        """``files`` stays empty unless ``listed``."""
        self.root = root
        self.files = sorted(_walk(root, "")) if listed else []
        self._digests: dict[str, str] = {}
        self.bytes = 0

    def digest(self, name: str) -> str:
        """SHA-256 (hex) of the file ``name``; empty when it cannot be read."""
        if name not in self._digests:
            try:
                with open(self.root / name, "rb") as stream:
                    self._digests[name] = hashlib.file_digest(stream, "sha256").hexdigest()
                    self.bytes += stream.tell()
            except OSError:
                self._digests[name] = ""
        return self._digests[name]

    def read(self, name: str) -> bytes:
        """The bytes of the file ``name``; empty when it cannot be read."""
        try:
            return (self.root / name).read_bytes()
        except OSError:
            return b""


def _walk(folder: Path | str, before: str) -> Iterator[str]:
    """The files and links under ``folder``, with ``before`` in front of their names."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink() or entry.is_file():
                yield before + entry.name
            elif entry.is_dir():
                yield from _walk(entry.path, f"{before}{entry.name}/")


def verify(path: str | Path) -> Report:
    """Check the case or export in the folder ``path``.

    Raises:
        FileNotFoundError: when the folder is neither.
    """
    folder = Folder(Path(path))
    if {"ledger.sqlite", "seal.json", LOCK} & set(folder.files):
        report = _verify_case(folder)
    elif "SHA256SUMS" in folder.files or "documents.jsonl" in folder.files:
        report = _verify_export(folder)
    else:
        raise FileNotFoundError(f"neither a case nor an export: {path}")
    report.counts["files"] = len(folder.files)
    report.counts["bytes"] = folder.bytes
    return report


def canonical(data: object) -> bytes:
    """Canonical JSON: keys sorted, no spaces, ASCII only."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), allow_nan=False).encode("ascii")


def merkle_root(leaves: list[bytes]) -> bytes:
    """Root of the RFC 6962 tree over leaf hashes: an odd node at the end of a level moves up as it is."""
    level = leaves or [hashlib.sha256(b"").digest()]
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]


def _verify_case(folder: Folder) -> Report:
    report = Report("case")
    _check_seal(folder, report)
    _check_blobs(folder, report)
    ledger = _read_ledger(folder, report)
    _check_payloads(ledger, report)
    leaves = _check_chain("ledger.sqlite", [e for e, _ in ledger.events], report, stored=[h for _, h in ledger.events])
    events = [_object(line) for line, _ in ledger.events]
    _check_manifest(folder, report, leaves, events)
    for event in events:
        if event.get("action") == "capture":
            name = blob_path(str(event.get("subject")))
            if name not in folder.files:
                report.add("WM308", name, f"captured by event {event.get('n')}")
    return report


def blob_path(digest: str) -> str:
    """Where the bytes with this SHA-256 lie in a case or export."""
    return f"blobs/{digest[:2]}/{digest[2:]}"


def blob_digest(name: str) -> str:
    """The SHA-256 that the name of an original says; empty for other files."""
    folder, _, rest = name.partition("/")
    first, _, last = rest.partition("/")
    return first + last if folder == "blobs" and _DIGEST.fullmatch(first + last) else ""


_DIGEST = re.compile("[0-9a-f]{64}")


def _code_for(name: str) -> str:
    if name.startswith("blobs/"):
        return "WM301"
    if name.startswith("ledger."):
        return "WM302"
    return "WM303" if name.startswith("tables/") or name == "manifest.json" else "WM310"


def _check_seal(folder: Folder, report: Report) -> None:
    """Every file as it was when the last run ended; the seal carries the hash of its own contents."""
    if "seal.json" not in folder.files:
        report.add("WM309", "seal.json", "a run was interrupted; run it again")
        return
    raw = folder.read("seal.json")
    try:
        seal = json.loads(raw)
        stated = seal.pop("self")
        whole = raw == seal_bytes(seal) and hashlib.sha256(canonical(seal)).hexdigest() == stated
        sealed = {str(name): (int(size), str(digest)) for name, (size, digest) in seal["files"].items()}
    except _MALFORMED as error:
        report.add("WM310", "seal.json", str(error)[:80])
        return
    if not whole:
        report.add("WM310", "seal.json", "it does not match its own hash")
    for name, (size, digest) in sealed.items():
        if name not in folder.files:
            report.add("WM308", name)
        elif folder.digest(name) != digest:
            report.add(_code_for(name), name, f"sealed with {size} bytes and SHA-256 {digest[:16]}...")
    for name in folder.files:
        if name not in sealed and not _transient(folder, name):
            report.add("WM311", name)


def seal_bytes(contents: Mapping[str, Any]) -> bytes:
    """The bytes of ``seal.json``: ``contents`` with ``self``, the SHA-256 of their canonical JSON, one key a line."""
    own = {**contents, "self": hashlib.sha256(canonical(contents)).hexdigest()}
    head, _, tail = json.dumps({**own, "files": None}, sort_keys=True, indent=0).partition('"files": null')
    return f'{head}"files": {_listed(contents["files"])}{tail}\n'.encode("ascii")


def _listed(files: Mapping[str, Any]) -> str:
    """The JSON of ``files`` as the indenting encoder of the library writes it, in a tenth of its time: there are as many as originals."""
    quoted = json.encoder.encode_basestring_ascii
    lines = ",\n".join(f"{quoted(name)}: [\n{int(size)},\n{quoted(digest)}\n]" for name, (size, digest) in sorted(files.items()))
    return f"{{\n{lines}\n}}" if lines else "{}"


def _transient(folder: Folder, name: str) -> bool:
    """Files that a reader's open database or a waiting writer leaves: they hold nothing."""
    if name in ("seal.json", LOCK, "ledger.sqlite-shm", "work.sqlite-shm"):
        return True
    return name in ("ledger.sqlite-wal", "work.sqlite-wal") and not folder.read(name)


def _check_blobs(folder: Folder, report: Report) -> None:
    for name in folder.files:
        if name.startswith("blobs/"):
            report.counts["blobs"] += 1
            if blob_path(folder.digest(name)) != name:
                report.add("WM301", name)


@dataclass
class _Rows:
    """Ledger rows: (canonical line, stored hash) in order, and payloads by event."""

    events: list[tuple[str, str]] = field(default_factory=list)
    payloads: dict[int, tuple[str, str]] = field(default_factory=dict)


def _read_ledger(folder: Folder, report: Report) -> _Rows:
    rows = _Rows()
    if "ledger.sqlite" not in folder.files:
        report.add("WM308", "ledger.sqlite")
        return rows
    pending = "ledger.sqlite-wal" in folder.files and bool(folder.read("ledger.sqlite-wal"))
    address = f"file:{quote(str((folder.root / 'ledger.sqlite').absolute()))}?mode=ro" + ("" if pending else "&immutable=1")
    try:
        db = sqlite3.connect(address, uri=True)
        try:
            fault = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if fault != "ok":
                report.add("WM302", "ledger.sqlite", str(fault)[:80])
            begun = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'payloads'").fetchone() or "seal.json" in folder.files
            if not begun and not any(name.startswith("blobs/") for name in folder.files):
                return rows  # the first run died before it wrote anything
            listed = db.execute("SELECT n, event, hash FROM events ORDER BY n").fetchall()
            rows.payloads = {int(n): (str(s), str(b)) for n, s, b in db.execute("SELECT n, salt, body FROM payloads")}
        finally:
            db.close()
    except (sqlite3.Error, OverflowError, MemoryError, *_MALFORMED) as error:
        report.add("WM302", "ledger.sqlite", str(error)[:80])
        return rows
    rows.events = [(str(event), str(digest)) for _, event, digest in listed]
    if [n for n, _, _ in listed] != list(range(len(listed))):
        report.add("WM302", "ledger.sqlite", "events are missing or out of order")
    report.counts["events"] = len(rows.events)
    return rows


def _check_payloads(rows: _Rows, report: Report) -> None:
    """Each payload matches the salted hash in its event, or an erasure says that it was destroyed."""
    events = [_object(line) for line, _ in rows.events]
    erased = {str(e.get("subject")) for e in events if e.get("action") == "erase"}
    for n, event in enumerate(events):
        stated = event.get("payload_hash")
        if n not in rows.payloads:
            if stated is not None and str(n) not in erased:
                report.add("WM302", "ledger.sqlite", f"the payload of event {n} is gone without an erasure")
            continue
        salt, body = rows.payloads[n]
        if stated != _payload_hash(salt, body):
            report.add("WM302", "ledger.sqlite", f"the payload of event {n} was changed")
    for n in rows.payloads.keys() - range(len(events)):
        report.add("WM302", "ledger.sqlite", f"a payload belongs to no event ({n})")


def _payload_hash(salt: str, body: str) -> str:
    try:
        return hashlib.sha256(bytes.fromhex(salt) + body.encode("ascii")).hexdigest()
    except ValueError:
        return ""


def _check_chain(file: str, lines: list[str], report: Report, *, stored: list[str] | None = None) -> list[bytes]:
    """Numbers without gaps, each event naming the hash of the one before; gives the leaf hashes."""
    leaves: list[bytes] = []
    previous = _ORIGIN
    for n, line in enumerate(lines):
        event = _object(line)
        leaf = hashlib.sha256(b"\x00" + line.encode("utf-8", "surrogatepass")).digest()
        intact = event.get("n") == n and event.get("prev_hash") == previous and canonical(event) == line.encode("utf-8", "surrogatepass")
        if not intact or (stored is not None and stored[n] != leaf.hex()):
            report.add("WM302", file, f"at event {n}")
        previous = leaf.hex()
        leaves.append(leaf)
    return leaves


def _object(line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _check_head(file: str, stated: Mapping[str, Any], leaves: list[bytes], report: Report) -> None:
    """The stated head is the head of the ledger's beginning: nothing up to there was changed, dropped or put in."""
    size = int(stated["size"])
    if size > len(leaves):
        report.add("WM302", file, f"{len(leaves)} events, the manifest knows of {size}")
    elif merkle_root(leaves[:size]).hex() != stated["root"]:
        report.add("WM302", file, "the Merkle root differs from the manifest's")


def _check_manifest(folder: Folder, report: Report, leaves: list[bytes], events: list[dict[str, Any]]) -> None:
    if "manifest.json" not in folder.files:
        report.add("WM308", "manifest.json")
        return
    own = folder.digest("manifest.json")
    if not any(e.get("action") == "manifest" and e.get("subject") == own for e in events):
        report.add("WM303", "manifest.json", "no ledger event commits to it")
    try:
        manifest = json.loads(folder.read("manifest.json"))
        listed = {str(name): str(digest) for name, digest in manifest["files"].items()}
        _check_head("ledger.sqlite", manifest["ledger"], leaves, report)
    except _MALFORMED as error:
        report.add("WM303", "manifest.json", str(error)[:80])
        return
    for name, digest in listed.items():
        report.counts["tables"] += name.startswith("tables/")
        if name not in folder.files:
            report.add("WM308", name)
        elif folder.digest(name) != digest:
            report.add("WM303", name, "it differs from the manifest")


def _verify_export(folder: Folder) -> Report:
    report = Report("export")
    _check_sums(folder, report, _check_export_manifest(folder, report))
    _check_blobs(folder, report)
    documents = {str(d.get("id")): d for d in _rows(folder, "documents.jsonl", report)}
    for document in documents.values():
        _check_document(document, folder, report)
    rows = (
        (name, row) for name in folder.files if name.endswith(".jsonl") and name not in _UNQUOTED for row in _rows(folder, name, report)
    )
    for name, detail in check_values(documents, rows, report.counts):
        report.add("WM304", name, detail)
    _check_members(folder, report)
    return report


_UNQUOTED = ("documents.jsonl", "ledger.jsonl", "problems.jsonl")


def sums_bytes(digests: Mapping[str, str]) -> bytes:
    """The bytes of ``SHA256SUMS`` for files and their SHA-256: the form of ``sha256sum``, then a comment with the hash of the lines."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()
    return lines + f"# self {hashlib.sha256(lines).hexdigest()}\n".encode("ascii")


def _check_sums(folder: Folder, report: Report, manifest: Mapping[str, str]) -> None:
    """Every file against ``SHA256SUMS``; where the manifest (file to SHA-256) agrees with the file, the list itself is at fault."""
    if "SHA256SUMS" not in folder.files:
        report.add("WM308", "SHA256SUMS")
        return
    raw = folder.read("SHA256SUMS")
    listed = {m[2]: m[1] for m in re.finditer(r"^([0-9a-f]{64})  (.+)$", raw.decode("utf-8", "replace"), re.MULTILINE)}
    if sums_bytes(listed) != raw:
        report.add("WM310", "SHA256SUMS", "it does not match its own hash")
    for name, digest in {**manifest, **listed}.items():
        if name not in folder.files:
            report.add("WM308", name)
        elif folder.digest(name) not in (digest, manifest.get(name)):
            report.add("WM301" if name.startswith("blobs/") else "WM310", name)
    for name in folder.files:
        if name not in listed and name not in manifest and name != "SHA256SUMS":
            report.add("WM311", name)


def _check_export_manifest(folder: Folder, report: Report) -> dict[str, str]:
    """Read the manifest and hold the ledger's events against its head; gives the SHA-256 that it states for each file."""
    if "manifest.json" not in folder.files:
        report.add("WM308", "manifest.json")
        return {}
    try:
        manifest = json.loads(folder.read("manifest.json"))
        listed = {str(name): str(entry["sha256"]) for name, entry in manifest["files"].items()}
        if "ledger.jsonl" in folder.files:
            lines = folder.read("ledger.jsonl").decode("utf-8", "replace").splitlines()
            report.counts["events"] = len(lines)
            _check_head("ledger.jsonl", manifest["ledger"], _check_chain("ledger.jsonl", lines, report), report)
    except _MALFORMED as error:
        report.add("WM303", "manifest.json", str(error)[:80])
        return {}
    for name, digest in listed.items():
        if name in folder.files and folder.digest(name) != digest:
            report.add("WM301" if name.startswith("blobs/") else "WM303", name, "it differs from the manifest")
    return listed


def _rows(folder: Folder, name: str, report: Report) -> Iterator[dict[str, Any]]:
    if name not in folder.files:
        report.add("WM308", name)
        return
    for line in folder.read(name).decode("utf-8", "replace").split("\n"):
        row = _object(line)
        if row:
            yield row
        elif line:
            report.add("WM304", name, "a line is not a JSON object")


def _check_document(document: Mapping[str, Any], folder: Folder, report: Report) -> None:
    """The text is the text that was read (``text_version``), and came from the archived bytes."""
    report.counts["documents"] += 1
    text = str(document.get("text"))
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != document.get("text_version"):
        report.add("WM304", "documents.jsonl", f"the text of {document.get('id')} was changed")
    name = blob_path(str(document.get("capture")))
    if name in folder.files:
        fault = check_bytes(document, folder.read(name), report.counts)
        if fault:
            report.add("WM304", "documents.jsonl", fault)


def check_bytes(document: Mapping[str, Any], blob: bytes, counts: Counter[str]) -> str:
    """Decode each exact run of the offset map from ``blob`` and hold it against the text; gives the first fault, or nothing.

    White space may differ in kind (a no-break space in the bytes, a space in the text): the reader evens it out. A byte that the
    encoding does not know is U+FFFD in both.
    """
    text, encoding = str(document.get("text")), str(document.get("encoding"))
    try:
        for at, length, first, last, width in document["offset_map"]:
            if width is None:
                continue
            words, found = text[at : at + length], blob[first:last].decode(encoding, "replace")
            counts["code points back to bytes"] += length
            if found != words and _even(found) != _even(words):
                return f"{document.get('id')}: bytes {first}..{last} do not hold its text"
    except (LookupError, *_MALFORMED) as error:
        return f"{document.get('id')}: its offset map does not fit the bytes ({str(error)[:60]})"
    return ""


def _even(text: str) -> str:
    return "".join(" " if c.isspace() else c for c in text)


def check_values(
    documents: Mapping[str, Mapping[str, Any]], rows: Iterable[tuple[str, Mapping[str, Any]]], counts: Counter[str]
) -> Iterator[tuple[str, str]]:
    """Hold every quote in ``rows`` (file name, record) against the text of its document; gives (file, fault) for each that differs."""
    for name, row in rows:
        for document, start, end, words in _quotes(row, str(row.get("document", ""))):
            counts["values"] += 1
            if document not in documents:
                yield name, f"document {document} is not there"
            elif not 0 <= start < end or str(documents[document].get("text"))[start:end] != words:
                yield name, f"{row.get('id', '')} at {start}..{end} of {document}"


def _quotes(node: Any, document: str) -> Iterator[tuple[str, int, int, str]]:
    """Every (document, start, end, quote) under ``node``. A quote without a span is a value that has no words: then it is empty."""
    if isinstance(node, list):
        for item in node:
            yield from _quotes(item, document)
    if not isinstance(node, dict):
        return
    document = str(node.get("document") or document)
    if "quote" in node and (node["quote"] or node.get("start") is not None):
        yield document, _number(node, "start"), _number(node, "end"), str(node["quote"])
    for value in node.values():
        yield from _quotes(value, document)


def _number(node: Mapping[str, Any], key: str) -> int:
    value = node.get(key)
    return value if type(value) is int else -1


def _check_members(folder: Folder, report: Report) -> None:
    """Every claim that an incident names is in the export."""
    known = {row.get("id") for row in _rows(folder, "claims.jsonl", report)}
    for row in _rows(folder, "incidents.jsonl", report):
        for claim in row.get("claims", ()):
            if claim not in known:
                report.add("WM304", "incidents.jsonl", f"{row.get('id')} names claim {claim}, which is not there")


def main(arguments: list[str], write: Callable[[str], object] = sys.stdout.write) -> int:
    """Check the folder named by ``arguments``; the exit status is 0, 1 (faults) or 2 (wrong call)."""
    if len(arguments) != 1 or arguments[0].startswith("-"):
        write("usage: verify.py FOLDER\n")
        return 2
    try:
        report = verify(arguments[0])
    except FileNotFoundError as error:
        write(f"{error}\n")
        return 2
    for finding in report.findings:
        write(f"{finding}\n")
    looked = ", ".join(f"{number} {name}" for name, number in sorted(report.counts.items()))
    write(f"{'OK' if report.ok else 'NOT OK'}: {report.kind}, {looked}\n")
    return 0 if report.ok else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
