"""Web addresses as inputs, alone or as a list in a file."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import BinaryIO

from witnessmark.errors import SourceError
from witnessmark.sources.items import Intake, Outcomes, problem
from witnessmark.sources.lines import capped_lines
from witnessmark.sources.network import Fetcher

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://")
_KEPT_HEADERS = frozenset({"content-type", "date", "last-modified", "content-language", "etag"})
_LONGEST = 8192


def is_url(text: str) -> bool:
    """True when ``text`` begins as a URL of any scheme."""
    return _URL.match(text) is not None


def looks_like_url_list(head: bytes) -> bool:
    """True when each whole line of ``head`` is an http(s) URL, a comment or blank, and at least one is a URL."""
    lines = [line.strip() for line in head.splitlines()]
    told = [line for line in lines if line and not line.startswith(b"#")]
    return bool(told) and all(line.lower().startswith((b"http://", b"https://")) and b" " not in line for line in told[:1000])


def read_url_list(stream: BinaryIO, intake: Intake, fetcher: Fetcher) -> Outcomes:
    """Items of all URLs of the list, one a line; blank lines and lines that begin with # are passed over."""
    for number, line in capped_lines(stream, _LONGEST):
        if line is None:
            yield intake.problem("WM107", "too long", item=f"line {number}")
            continue
        url = line.decode("utf-8", "backslashreplace").strip().removeprefix("\ufeff")
        if url and not url.startswith("#"):
            yield from read_url(url, intake, fetcher)


def read_url(url: str, intake: Intake, fetcher: Fetcher) -> Outcomes:
    """The item of one page, if it is in the share; WM106 when the network may not be used."""
    if not intake.share.takes(url):
        return
    if not intake.allow_network:
        yield problem("WM106", origin=url)
        return
    try:
        page = fetcher.fetch(url)
    except SourceError as error:
        yield problem(error.code, error.detail, origin=url)
        return
    content_type = page.headers.get("content-type", "")
    hints = {"url": page.url}
    if match := re.search(r"charset=[\"']?([\w.:-]{1,40})", content_type, re.IGNORECASE):
        hints["charset"] = match[1]
    kept = tuple(sorted((k, v) for k, v in page.headers.items() if k in _KEPT_HEADERS))
    here = replace(intake, origin=url, headers=kept)
    yield here.item(page.body, content_type.split(";")[0].strip().lower(), hints=hints, method="url")
