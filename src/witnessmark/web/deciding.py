"""Actions: what a form of the desk asks for. Each saves one thing, then leads on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from starlette.datastructures import QueryParams
from starlette.responses import RedirectResponse, Response

import witnessmark
from witnessmark.errors import UsageError
from witnessmark.model import Span
from witnessmark.vocabulary.telling import tell
from witnessmark.web.context import Context


def decide(context: Context) -> Response:
    """Save one decision and lead on: to the next thing of the queue, or back to the page that it was taken on."""
    if not context.user.decides:
        raise UsageError("WM702", tell("the role {role} may not take it", role=context.user.role))
    kind, field = context.given("kind"), context.given("field") or None
    subjects = [s for s in context.form.get("subject", []) if s]
    if not subjects:
        raise UsageError("WM702", tell("it names nothing to decide on"))
    kind, subjects = _linked(context, kind, subjects)
    mention = _span(context.given("mention"))
    span = _span(context.given("span"))
    if kind == "reanchor" and span is None:
        span = _found(context, subjects[0], mention)
    text = _value_text(context, field) if kind in ("correct", "reanchor") else ""
    saved = context.desk.decide(
        kind,
        subjects,
        reviewer=context.user.name,
        role=context.user.role,
        field=field,
        value=witnessmark.decided_value(field, text) if field and text else None,
        mention=mention,
        span=span,
        why=context.given("why"),
        undoes=int(context.given("undoes")) if context.given("undoes").isdecimal() else None,
        blind=context.given("blind") == "1",
        final=context.given("final") == "1",
    )
    if context.wants_json:
        return context.json({"saved": saved.position, "kind": saved.kind})
    if context.given("item"):
        return RedirectResponse(
            "/queue?" + str(QueryParams({**_queue(context, saved.kind), "saved": str(saved.position)})), status_code=303
        )
    return context.back(saved=saved.position)


def _linked(context: Context, kind: str, subjects: list[str]) -> tuple[str, list[str]]:
    """The two forms of merging and splitting as the decisions that they are: on claims, which keep their ids when incidents change."""
    if kind == "split":
        others = context.desk.incident(context.desk.incident_id_of(subjects[0])).record.claims
        return "distinct", [subjects[0], *(c for c in others if c != subjects[0])]
    if kind == "merge":
        other = context.desk.find(context.given("other"))
        if other is None or other[0] not in ("incident", "claim"):
            raise UsageError("WM001", origin=context.given("other")[:64])
        claim = other[1] if other[0] == "claim" else context.desk.incident(other[1]).record.claims[0]
        return "same", [subjects[0], claim]
    return kind, subjects


def _queue(context: Context, kind: str) -> dict[str, str]:
    """On to the next; what was only flagged or commented on comes back later, in this sitting not."""
    skip = [n for n in context.given("skip").split(",") if n.isdecimal()]
    if kind in ("flag", "comment", "undo"):
        skip.append(context.given("item"))
    return {"mode": context.given("mode") or "first", **({"skip": ",".join(skip[-500:])} if skip else {})}


def _value_text(context: Context, field: str | None) -> str:
    """The value as its form gives it: in one text, or in a choice for each of its parts."""
    if field in ("munitions", "objects"):
        parts = [context.given("part1"), context.given("part2")]
        return "; ".join(parts) if any(parts) else ""
    return context.given("value") or context.given("part1")


def _span(text: str) -> Span | None:
    """``12-30`` as a span.

    Raises:
        UsageError: WM702 when it is none.
    """
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if not found or int(found[1]) >= int(found[2]):
        raise UsageError("WM702", tell("{text} marks no words", text=repr(text[:30])))
    return Span(int(found[1]), int(found[2]))


def _found(context: Context, claim: str, mention: Span | None) -> Span:
    """The words that the person typed or marked, where they stand in the document nearest to the words of before.

    Raises:
        UsageError: WM702 when the document does not have them.
    """
    words = context.given("words")
    text = context.desk.text(context.desk.claim(claim).record.document)
    near = mention.start if mention else 0
    starts = [m.start() for m in re.finditer(re.escape(words), text)] if words else []
    if not starts:
        raise UsageError("WM702", tell("these words are not in the document"))
    start = min(starts, key=lambda s: abs(s - near))
    return Span(start, start + len(words))


def recompute(context: Context) -> Response:
    """Start to merge and assess anew with the decisions; pages are answered meanwhile."""
    if not context.user.decides:
        raise UsageError("WM702", tell("the role {role} may not do it", role=context.user.role))
    context.desk.renew(actor=context.user.name)
    return context.back()


def turn(context: Context) -> Response:
    """Show the newer tables, to everybody who looks at this desk."""
    if not context.user.decides:
        raise UsageError("WM702", tell("the role {role} may not do it", role=context.user.role))
    context.desk.turn()
    return context.back()


def account(context: Context) -> Response:
    """Make or change an account; for leads."""
    if not context.accounts or context.user.role != "lead":
        raise UsageError("WM702", tell("only a lead may do it"))
    context.desk.accounts.add(context.given("name"), context.given("role"), context.given("password"))
    return context.back()


ACTIONS: Mapping[str, Callable[..., Response]] = {"/decide": decide, "/recompute": recompute, "/turn": turn, "/accounts": account}
"""Address of each action."""
