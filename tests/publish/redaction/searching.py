"""Finds words in the files of a publication, however they are stored: plain, escaped, packed, in columns, in UTF-16, in a PDF."""

from __future__ import annotations

import html
import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from pypdf import PdfReader


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and everything that is packed inside it, unpacked."""
    raw = path.read_bytes()
    yield raw
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            for name in packed.namelist():
                yield name.encode()
                yield from _unescaped(packed.read(name))
    elif path.suffix == ".parquet":
        file = pq.ParquetFile(io.BytesIO(raw))
        yield str(file.schema_arrow.metadata).encode()
        yield str(file.metadata.to_dict()).encode()
        yield str(file.read().to_pylist()).encode("utf-8", "surrogatepass")
    elif path.suffix == ".gpkg":
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            yield "\n".join(db.iterdump()).encode("utf-8", "surrogatepass")
        finally:
            db.close()
    elif path.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(raw))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        yield str(reader.metadata).encode()
        yield from _streams(raw)
    elif path.suffix in (".html", ".svg", ".kml", ".json", ".jsonl", ".jsonld", ".js", ".md"):
        yield from _unescaped(raw)


def _unescaped(raw: bytes) -> Iterator[bytes]:
    text = raw.decode("utf-8", "replace")
    yield html.unescape(re.sub(r"<[^>]*>", "", text)).encode()
    yield html.unescape(text).encode()
    yield re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text).encode("utf-8", "surrogatepass")


def _streams(raw: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", raw, re.DOTALL):
        try:
            yield zlib.decompress(found[1])
        except zlib.error:
            continue


def texts(data: bytes) -> Iterator[str]:
    """``data`` as text in every way that it may be one: UTF-8, and both orders of UTF-16 at both alignments where it holds zero bytes."""
    yield data.decode("utf-8", "replace").casefold()
    if b"\0" in data:
        for start in (0, 1):
            for encoding in ("utf-16-le", "utf-16-be"):
                yield data[start:].decode(encoding, "replace").casefold()


def found_in(folder: Path, secrets: list[str]) -> list[tuple[str, str]]:
    """(secret, file) of every secret that stands in a file or its name, in whatever case."""
    wanted = [(s, s.casefold()) for s in secrets]
    hits = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        pieces = [text for data in (name.encode(), *contents(path)) for text in texts(data)]
        hits += [(secret, name) for secret, shape in wanted if any(shape in piece for piece in pieces)]
    return hits
