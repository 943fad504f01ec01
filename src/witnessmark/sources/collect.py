"""The one entry: inputs as the user names them become raw items or coded problems."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from witnessmark.errors import SourceError
from witnessmark.model import Problem
from witnessmark.sources.containers import read_stream
from witnessmark.sources.files import PEEK, open_regular, os_error, walk_folder
from witnessmark.sources.items import Intake, Limits, Outcomes, RawItem, now, problem, shown
from witnessmark.sources.network import Fetcher
from witnessmark.sources.shares import WHOLE, Share
from witnessmark.sources.urls import is_url, read_url


def collect(
    inputs: Sequence[str],
    *,
    allow_network: bool = False,
    max_bytes: int = Limits().item,
    stdin: BinaryIO | None = None,
    fetcher: Fetcher | None = None,
    share: Share = WHOLE,
) -> Outcomes:
    """Raw items and problems of ``inputs``, in their order; nothing is parsed beyond cutting records out of containers.

    An input is a file, a folder (read recursively), a URL, or ``-`` for ``stdin``. What a file holds is told by its first bytes
    and its name: text, HTML, PDF or DOCX gives one item; a URL list, CSV, JSONL, JSON array, WARC, zip or messenger export gives one for each
    entry. Every failure is a coded problem (WM1xx, or WM208, WM211 and WM212 for archives) and the run goes on. No item is larger
    than ``max_bytes``. The network is used only with ``allow_network``. Only what is in ``share`` is given.
    """
    intake = Intake("", "file", Limits(item=max_bytes), now(), allow_network, share=share)
    web = fetcher or Fetcher(max_bytes=min(max_bytes, 20_000_000))
    if not inputs and share.number == 1:
        yield problem("WM002", origin="")
    for name in inputs:
        if name == "-":
            yield from _shared(_standard_input(stdin, intake, web), share, "-", "-")
        elif is_url(name):
            yield from read_url(name, replace(intake, origin=name, method="url"), web)
        else:
            yield from _path(name, intake, web)


def _standard_input(stdin: BinaryIO | None, intake: Intake, web: Fetcher) -> Outcomes:
    here = replace(intake, origin="-", method="stdin", name="")
    if stdin is None:
        yield here.problem("WM104", "no standard input")
        return
    stream = stdin if isinstance(stdin, io.BufferedReader) else io.BufferedReader(_Raw(stdin), buffer_size=PEEK)
    yield from read_stream(stream, here, web)


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one, so that it can be buffered and looked into."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def _path(name: str, intake: Intake, web: Fetcher) -> Outcomes:
    if "\0" in name:
        if intake.share.takes(name):
            yield problem("WM101", "NUL in the name", origin=name.replace("\0", "\\0"))
    elif os.path.isdir(name):
        for found in walk_folder(name):
            if not isinstance(found, Problem):
                yield from _file(found, intake, web, key=os.fsdecode(os.path.relpath(found, name)))
            elif intake.share.number == 1:
                yield found
    else:
        yield from _file(Path(name), intake, web, key=Path(name).name)


_UNCUT = frozenset({".txt", ".text", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx"})
"""Files of these names are in one share as a whole and are not opened for the others; they mostly hold one item."""


def _file(path: Path, intake: Intake, web: Fetcher, *, key: str) -> Outcomes:
    whole = path.suffix.lower() in _UNCUT
    if whole and not intake.share.takes(key):
        return
    here = replace(intake, origin=shown(path), name=path.name.lower())
    found = _opened(path, replace(here, share=WHOLE) if whole else here, web)
    yield from found if whole else _shared(found, intake.share, key, here.origin)


def _shared(found: Outcomes, share: Share, key: str, origin: str) -> Outcomes:
    """Those of ``found`` that are in ``share``; pages were chosen by their address before they were fetched."""
    for outcome in found:
        inside = outcome.item if isinstance(outcome, RawItem) else outcome.origin.removeprefix(origin)
        if is_url(outcome.origin) or share.takes(f"{key}\0{inside}"):
            yield outcome


def _opened(path: Path, here: Intake, web: Fetcher) -> Outcomes:
    try:
        with open_regular(path) as stream:
            yield from read_stream(stream, here, web)
    except SourceError as error:
        yield problem(error.code, error.detail, origin=error.origin or here.origin)
    except OSError as error:
        coded = os_error(error, path)
        yield problem(coded.code, coded.detail, origin=here.origin)
