"""The application: routes, sessions, and the one thread that the desk lives in."""

from __future__ import annotations

import functools
import hashlib
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

import witnessmark
from witnessmark.errors import CaseError, UsageError, WitnessmarkError
from witnessmark.vocabulary.texts import LANGUAGES, choose
from witnessmark.web import deciding, looking, sheets
from witnessmark.web.context import Context, Settings, User
from witnessmark.web.marking import FILTERS, words_url
from witnessmark.web.security import Access, Guard, local_path, same

FORM_BYTES = 200_000
"""Forms larger than this are refused: the longest text that a decision takes is 4,000 characters."""

IDLE = 8 * 3600.0
"""Seconds after which a session without requests ends."""

UPLOAD_BYTES = 12_500_000
"""The same for the form that gives a sheet back: no more is ever held of a request."""

PAGES: Mapping[str, Callable[..., Response]] = {**looking.PAGES, "/sheet": sheets.sheet, "/sheet/out": sheets.out}
"""Address of each page."""

ACTIONS: Mapping[str, Callable[..., Response]] = {**deciding.ACTIONS, "/sheet": sheets.give, "/sheet/save": sheets.save}
"""Address of each action; they take POST only."""

TRIES, WINDOW = 10, 300.0
"""Wrong passwords for one name within so many seconds before the desk asks to wait."""

_STATIC = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "map.js": "text/javascript; charset=utf-8",
    "world-110.json": "application/json",
    "world-50.json": "application/json",
    "icon.svg": "image/svg+xml",
}

Page = Callable[..., Response]


@dataclass(slots=True)
class State:
    """What lives as long as the server: the desk in its thread, sessions, wrong passwords."""

    path: Path
    access: Access
    name: str
    accounts: bool
    two_persons: bool = False
    desk: witnessmark.Desk | None = None
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "desk"))
    sessions: dict[str, tuple[User, float]] = field(default_factory=dict)
    wrong: dict[str, list[float]] = field(default_factory=dict)
    tell: Callable[[str], None] = lambda _: None

    def opened(self) -> witnessmark.Desk:
        """The desk; called in its thread only."""
        if self.desk is None:
            self.desk = witnessmark.Desk(self.path, two_persons=self.two_persons, tell=self.tell)
        return self.desk

    def close(self) -> None:
        """Close the desk and end its thread."""
        if self.desk is not None:
            self.thread.submit(self.desk.close).result()
            self.desk = None
        self.thread.shutdown()

    def user(self, cookie: str) -> User | None:
        """Who the session cookie belongs to."""
        if not self.accounts:
            return User(self.name, "lead") if same(cookie, self.access.token) else None
        held = self.sessions.get(cookie)
        if held is None or time.monotonic() - held[1] > IDLE:
            self.sessions.pop(cookie, None)
            return None
        self.sessions[cookie] = (held[0], time.monotonic())
        return held[0]


def make_app(path: Path, *, access: Access, name: str, accounts: bool = False, two_persons: bool = False) -> tuple[Starlette, State]:
    """The application over the case in ``path``. Without ``accounts`` whoever holds the start's token is ``name``, a lead.

    The desk is opened at the first request, or before by ``state.thread``; ``state.close`` closes it.
    """
    state = State(path, access, name, accounts, two_persons)
    environment = _templates()

    def page(handler: Page, methods: tuple[str, ...] = ("GET",)) -> Any:
        return functools.partial(_answer, state, environment, handler), methods

    table: list[tuple[str, Any]] = [(url, page(handler)) for url, handler in PAGES.items()]
    table += [(url, page(handler, ("POST",))) for url, handler in ACTIONS.items()]
    routes = [Route(url, _Endpoint(handler), methods=list(methods)) for url, (handler, methods) in table]
    routes += [
        Route("/static/{name}", _static),
        Route("/login", _Endpoint(functools.partial(_login, state, environment)), methods=["GET", "POST"]),
        Route("/logout", _Endpoint(functools.partial(_logout, state)), methods=["POST"]),
        Route("/settings", _Endpoint(functools.partial(_settings, state)), methods=["POST"]),
    ]
    middleware = [Middleware(Guard, access=access), Middleware(GZipMiddleware, minimum_size=800, compresslevel=5)]
    return Starlette(routes=routes, middleware=middleware), state


class _Endpoint:
    """Makes a coroutine that takes a request an ASGI endpoint of its own, so that partials can be routed."""

    def __init__(self, handler: Callable[[Request], Any]) -> None:
        self._handler = handler

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        response = await self._handler(Request(scope, receive))
        await response(scope, receive, send)


@functools.cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("witnessmark.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    environment.globals |= {"static": _address, "words_url": words_url}
    return environment


def cookie_name(request: Request) -> str:
    """Cookies do not know ports: two desks on one machine need two names."""
    return f"witnessmark-{request.url.port or 80}"


async def _answer(state: State, environment: jinja2.Environment, handler: Page, request: Request) -> Response:
    cookie = request.cookies.get(cookie_name(request), "")
    token = request.query_params.get("token")
    if token is not None and not state.accounts and same(token, state.access.token):
        return _with_cookie(request, RedirectResponse(local_path(request.url.path), status_code=303), state.access.token)
    user = state.user(cookie)
    if user is None:
        return _stranger(state, request)
    sent = await _sent(request, UPLOAD_BYTES if request.url.path == "/sheet" else FORM_BYTES) if request.method == "POST" else Sent()
    if sent is None:
        return PlainTextResponse("The form is too large.\n", status_code=413)
    context = functools.partial(
        Context, user=user, settings=_settings_of(request), path=request.url.path, query=request.query_params, form=sent.texts, files=sent.files,
        wants_json="application/json" in request.headers.get("accept", ""), accounts=state.accounts, template=environment,
    )  # fmt: skip
    import asyncio

    return await asyncio.get_running_loop().run_in_executor(state.thread, _in_thread, state, context, handler, request.path_params)


def _in_thread(state: State, context: Callable[[Any], Context], handler: Page, parameters: dict[str, str]) -> Response:
    """Answer in the desk's thread; a coded error becomes a page that says it."""
    made = context(state.opened())
    try:
        return handler(made, **parameters)
    except WitnessmarkError as error:
        status = 404 if error.code == "WM001" else 400 if isinstance(error, UsageError) else 409 if error.code == "WM305" else 500
        if made.wants_json:
            return made.json({"error": str(error), "code": error.code}, status)
        plain = Context(
            made.desk, made.user, made.settings, made.path, type(made.query)(""), template=made.template, accounts=made.accounts
        )
        return plain.page("error.html.j2", status, error=error, damaged=isinstance(error, CaseError))


def _stranger(state: State, request: Request) -> Response:
    if state.accounts:
        return RedirectResponse("/login", status_code=303)
    said = "This desk opens with the address that 'witnessmark desk' printed at its start; it holds a token that is new at each start.\n"
    return PlainTextResponse(said, status_code=403)


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it came: texts and files by field."""

    texts: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)


async def _form(request: Request) -> dict[str, list[str]] | None:
    """The texts of a form without files; None when it is too large."""
    sent = await _sent(request, FORM_BYTES)
    return None if sent is None else dict(sent.texts)


async def _sent(request: Request, limit: int) -> Sent | None:
    """The fields of a form; None when it is too large."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            return None
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await _parts(request, bytes(body))
    from urllib.parse import parse_qs

    return Sent(parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=500))


async def _parts(request: Request, body: bytes) -> Sent | None:
    """The fields of a form with files; None for one that cannot be read."""
    from starlette.formparsers import MultiPartException, MultiPartParser

    class InMemory(MultiPartParser):
        spool_max_size = UPLOAD_BYTES  # nothing of a case is written to a folder for temporary files

    async def stream() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await InMemory(request.headers, stream(), max_files=1, max_fields=20).parse()
    except (MultiPartException, KeyError):
        return None
    texts: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            texts.setdefault(name, []).append(value)
        else:
            files[name] = await value.read()
    await form.close()
    return Sent(texts, files)


def _settings_of(request: Request) -> Settings:
    theme = request.cookies.get("witnessmark-theme", "auto")
    language = choose(request.cookies.get("witnessmark-language", ""), request.headers.get("accept-language", ""))
    return Settings(language, theme if theme in ("light", "dark") else "auto", request.cookies.get("witnessmark-keys", "on") != "off")


async def _settings(state: State, request: Request) -> Response:
    form = await _form(request) or {}
    given = {name: values[-1] for name, values in form.items()}
    answer = RedirectResponse(local_path(given.get("back", "/")), status_code=303)
    allowed = {"language": tuple(LANGUAGES), "theme": ("auto", "light", "dark"), "keys": ("on", "off")}
    for name, choices in allowed.items():
        if given.get(name) in choices:
            answer.set_cookie(f"witnessmark-{name}", given[name], max_age=365 * 86400, samesite="strict", httponly=True)
    return answer


def _with_cookie(request: Request, answer: Response, value: str) -> Response:
    answer.set_cookie(cookie_name(request), value, samesite="strict", httponly=True, secure=request.url.scheme == "https")
    return answer


async def _login(state: State, environment: jinja2.Environment, request: Request) -> Response:
    if not state.accounts:
        return RedirectResponse("/", status_code=303)
    form = (await _form(request) or {}) if request.method == "POST" else {}
    name, password = ((form.get(k) or [""])[-1] for k in ("name", "password"))
    import asyncio

    def answer() -> Response:
        desk = state.opened()
        context = Context(
            desk, User("", "reader"), _settings_of(request), "/login", request.query_params, template=environment, accounts=True
        )
        if request.method == "GET":
            return context.page("login.html.j2", fault="")
        now = time.monotonic()
        recent = [t for t in state.wrong.get(name, ()) if now - t < WINDOW]
        state.wrong[name] = recent
        if len(recent) >= TRIES:
            return context.page("login.html.j2", 429, fault="wait")
        try:
            account = desk.accounts.check(name, password)
        except UsageError as error:
            if error.code != "WM705":
                raise
            recent.append(now)
            return context.page("login.html.j2", 403, fault="wrong")
        session = secrets.token_urlsafe(32)
        state.sessions[session] = (User(account.name, account.role), now)
        return _with_cookie(request, RedirectResponse("/", status_code=303), session)

    return await asyncio.get_running_loop().run_in_executor(state.thread, answer)


async def _logout(state: State, request: Request) -> Response:
    state.sessions.pop(request.cookies.get(cookie_name(request), ""), None)
    answer = RedirectResponse("/login", status_code=303)
    answer.delete_cookie(cookie_name(request), samesite="strict", httponly=True)
    return answer


@functools.cache
def _static_file(name: str) -> bytes:
    return resources.files("witnessmark.web").joinpath("static", name).read_bytes()


@functools.cache
def _address(name: str) -> str:
    """The address of a file that comes with the desk; it changes with the file, so that browsers may keep it."""
    return f"/static/{name}?v={hashlib.sha256(_static_file(name)).hexdigest()[:12]}"


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        return PlainTextResponse("There is no such file.\n", status_code=404)
    return Response(_static_file(name), media_type=_STATIC[name], headers={"Cache-Control": "max-age=31536000, immutable"})
