"""A sheet out, decisions back in: download, upload, what it would decide, and saving that."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from witnessmark.errors import UsageError
from witnessmark.vocabulary.telling import tell
from witnessmark.web.context import Context
from witnessmark.web.looking import filter_of

SHOWN = 500
"""Lines of a plan that are listed; faults come first."""

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def sheet(context: Context) -> Response:
    """Where a sheet is taken and given back, and what the one that was given would decide."""
    key = context.query.get("plan", "")
    plan = context.desk.sheets.plan(key, reviewer=context.user.name) if key else None
    lines = sorted(plan.lines, key=lambda line: not line.fault)[:SHOWN] if plan else []
    return context.page("sheet.html.j2", plan=plan, lines=lines, key=key, saved_number=context.number("number"))


def out(context: Context) -> Response:
    """The workbook: the incidents that the filter of the address lets pass."""
    data = context.desk.sheets.out(filter_of(context.query), tell=context.words.value)
    headers = {"Content-Disposition": 'attachment; filename="decisions.xlsx"'}
    return Response(data, media_type=_WORKBOOK, headers=headers)


def give(context: Context) -> Response:
    """Take a filled workbook in and show what it would decide."""
    _may(context)
    data = context.files.get("sheet")
    if not data:
        raise UsageError("WM603", "no file was sent")
    return RedirectResponse(f"/sheet?plan={context.desk.sheets.take(data)}", status_code=303)


def save(context: Context) -> Response:
    """Save what the plan shows."""
    _may(context)
    number = context.desk.sheets.save(context.given("plan"), reviewer=context.user.name, role=context.user.role)
    return RedirectResponse(f"/sheet?number={number}", status_code=303)


def _may(context: Context) -> None:
    if not context.user.decides:
        raise UsageError("WM702", tell("the role {role} may not do it", role=context.user.role))
