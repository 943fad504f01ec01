"""One request as pages see it: the desk, who asks, in which language, and how to answer."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import jinja2
from starlette.datastructures import QueryParams
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from witnessmark.errors import UsageError
from witnessmark.vocabulary.texts import LANGUAGES, translations
from witnessmark.web import saying
from witnessmark.web.language import Words, number
from witnessmark.web.security import local_path

if TYPE_CHECKING:
    from witnessmark import Desk
    from witnessmark.desk.edition import Edition
    from witnessmark.engines import Manifest
    from witnessmark.model import Decision


_DATED = re.compile(r"/(?:|contradictions|documents|patterns|review|history|search|(?:i|incident|document|contradiction|value|pattern)/.*)")
"""Pages that show the tables and decisions of the revision in their address; the others are always the newest."""

_LINK = re.compile(r'(?<!data-now )\b(href|src)="(/(?!static/|keys\b|difference\b)[^"#]*)')
"""Links of a page that lead to others of the same revision; ``data-now`` marks those that lead out of it."""


def _of_revision(link: re.Match[str], revision: int | None) -> str:
    """The link, to the page as it was at ``revision`` unless it names one itself."""
    name, address = link.groups()
    if re.search(r"[?;&]rev=", address):
        return link[0]
    return f'{name}="{address}{"&amp;" if "?" in address else "?"}rev={revision}'


@dataclass(frozen=True, slots=True)
class User:
    """Who decides: name and role."""

    name: str
    role: str
    looks_back: bool = False
    """True on a page of an earlier revision, where nothing is decided."""

    @property
    def decides(self) -> bool:
        """True for reviewers and leads."""
        return self.role in ("reviewer", "lead") and not self.looks_back


@dataclass(frozen=True, slots=True)
class Job:
    """Computing anew. ``state``: none, running, ready (newer tables wait to be shown), nothing (it changed nothing), failed.

    ``changed``: number of incidents in the tables that are shown, and in those that wait.
    """

    state: str
    stage: str = ""
    done: int = 0
    total: int | None = None
    seconds: int = 0
    changed: tuple[int, int] = (0, 0)
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the reader wants to see pages. ``keys`` is False when single-letter keys are turned off (WCAG 2.1.4)."""

    language: str = "en"
    theme: str = "auto"
    keys: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """Everything that a page needs to answer."""

    desk: Desk
    user: User
    settings: Settings
    path: str
    query: QueryParams
    form: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    wants_json: bool = False
    accounts: bool = False
    template: jinja2.Environment | None = None

    @property
    def words(self) -> Words:
        """Values in the reader's language."""
        return Words(self.settings.language)

    @property
    def shown(self) -> Edition:
        """What the page shows: the tables and decisions of the revision in its address, or the newest."""
        return self.desk.at(self.revision if self.dated else None)

    @property
    def dated(self) -> bool:
        """True where the page is one of a revision."""
        return _DATED.fullmatch(self.path) is not None

    @property
    def revision(self) -> int | None:
        """The revision that the address asks for; None for the present one.

        Raises:
            UsageError: WM004 when it is none.
        """
        given = self.query.get("rev", "")
        if not given:
            return None
        if not re.fullmatch(r"\d{1,12}", given) or not 1 <= int(given) <= self.desk.revision:
            raise UsageError("WM004", f"revision {given[:20]!r}")
        return int(given)

    def page(self, name: str, status: int = 200, **values: Any) -> Response:
        """The template ``name`` as an answer."""
        assert self.template is not None  # set by the application
        _ = translations(self.settings.language)
        words = self.words
        past = self.revision if self.revision is not None and self.revision < self.desk.revision else None
        shown = self.shown
        user = dataclasses.replace(self.user, looks_back=self.dated and past is not None)
        shared = {
            "_": _.gettext, "gettext": _.gettext, "ngettext": _.ngettext, "words": words, "number": number, "user": user,
            "settings": self.settings, "languages": LANGUAGES, "path": self.path, "here": self.here(), "desk": self.desk, "shown": shown, "shown_now": self.desk,
            "waits": self.desk.waits(self.user.name),
            "case_name": self.desk.path.resolve().name, "revision": self.desk.revision, "seen": self.revision, "accounts": self.accounts, "stranger": self.accounts and not self.user.name, "saved": self._saved(),
            "permalink": self.here(rev=self.revision or self.desk.revision, saved=None), "newest": self.here(rev=None),
            "dated": self.dated, "tables_kept": past is None or shown.snapshot == self.desk.snapshot_at(past), "job": self.job(),
            "page_url": lambda page: self.here(page=page or None), "narrowed": lambda part, value: self.here(**{part: value, "page": None}),
        }  # fmt: skip
        page = self.template.get_template(name).render({**shared, **values})
        if user.looks_back:  # who follows a link from an earlier revision stays in it
            page = _LINK.sub(lambda link: _of_revision(link, past), page)
        return HTMLResponse(page, status_code=status)

    def job(self) -> Job:
        """How computing anew stands."""
        newer = self.desk.newer()
        running = self.desk.renewal
        if newer is not None:
            return Job("ready", changed=self._changed(newer))
        if running is None:
            return Job("none")
        if running.running:
            return Job("running", running.stage, running.done, running.total, running.seconds)
        if running.code:
            return Job("failed", fault=saying.said(running.code, running.detail, self.settings.language))
        if self.path != "/job":  # the script only looks; the page that is read next tells it, once
            self.desk.renewal = None
        return Job("nothing")

    def _changed(self, newer: Manifest) -> tuple[int, int]:
        """How many incidents there are and will be."""
        return self.desk.counts["incidents"], int(newer.tables["incidents"]["rows"])

    def _saved(self) -> Decision | None:
        """The decision that led here, to say that it was saved and to offer its undoing."""
        given = self.query.get("saved", "")
        found = self.desk.standings().get(int(given)) if re.fullmatch(r"\d{1,12}", given) else None
        return found if found is not None and found.reviewer == self.user.name else None

    def here(self, **changes: object) -> str:
        """The address of this page with ``changes`` to its query; None takes a part out."""
        held = [(k, v) for k, v in self.query.multi_items() if k not in changes]
        added = [(k, str(v)) for k, v in changes.items() if v is not None]
        query = str(QueryParams([*held, *added]))
        return f"{self.path}?{query}" if query else self.path

    def number(self, name: str, default: int = 0, *, most: int = 1_000_000) -> int:
        """A number of the query, ``default`` when it is none; at most ``most``."""
        given = self.query.get(name, "")
        return min(int(given), most) if re.fullmatch(r"\d{1,9}", given) else default

    def given(self, name: str) -> str:
        """The last value that the form has for ``name``; empty when it has none."""
        return (self.form.get(name) or [""])[-1].strip()

    def back(self, *, saved: int | None = None) -> Response:
        """On to the page that the form names; ``saved`` is the position of what was decided."""
        path, _, query = local_path(self.given("back") or "/").partition("#")[0].partition("?")
        held = [(k, v) for k, v in QueryParams(query).multi_items() if k not in ("saved", "rev")]
        told = [("saved", str(saved))] if saved is not None else []
        after = str(QueryParams([*held, *told]))
        return RedirectResponse(f"{path}?{after}" if after else path, status_code=303)

    def json(self, data: object, status: int = 200) -> Response:
        """``data`` as an answer to the script."""
        return JSONResponse(data, status_code=status)
