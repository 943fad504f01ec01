"""Addresses of every kind of page, for the case under test."""

import io

import openpyxl
from starlette.testclient import TestClient

from witnessmark.desk import Desk, Filter

NO_PAGES = {"/i/{n}", "/document/{identifier}/original", "/pattern/{n}/chart", "/places", "/sheet/out"}
"""Addresses that lead on, or answer with something else than a page."""


HOSTILE = '"><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>{{7*7}}\u202e'


def filled_sheet(desk: Desk, text: str) -> bytes:
    """The sheet of the case with a comment, a wrong value and an unknown claim, ``text`` in all of them."""
    book = openpyxl.load_workbook(io.BytesIO(desk.sheets.out(Filter())))
    sheet = book["decisions"]
    column = {str(cell.value): n for n, cell in enumerate(sheet[1], 1)}
    for row, values in (
        (2, {"decision": "accept", "comment": text}),
        (3, {"decision": "correct", "value": text, "comment": text}),
        (4, {"decision": "reject", "claim": text}),
        (5, {"decision": "flag", "claim": "", "incident": text, "field": ""}),
    ):
        for name, value in values.items():
            sheet.cell(row, column[name]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def merge_queue(desk: Desk) -> str:
    """The queue at a question whether two claims belong together."""
    before = [i.n for i in desk.queue(reviewer="anna", size=2000) if i.kind != "merge"]
    return "/queue?skip=" + ",".join(map(str, before[:500]))


def addresses(desk: Desk) -> dict[str, str]:
    """Name and address of one page of each kind; those of the hostile report where there is one."""
    hostile = next(r for r in desk.documents() if "<script>" in (r.publisher or ""))
    claim = desk.document(hostile.identifier).claims[0]
    field = next(f for f in claim.fields if f.mention.span)
    merged = max((desk.incident(r.identifier) for r in desk.listed(Filter())), key=lambda p: len(p.claims))
    clash = desk.contradictions()[0]
    return {
        "case": "/",
        "case of before": "/?rev=1",
        "incident of before": f"/incident/{claim.incident}?rev={desk.since}",
        "job": "/job",
        "sheet": "/sheet",
        "sheet filled": "/sheet?plan=" + desk.sheets.take(filled_sheet(desk, HOSTILE)),
        "merge": merge_queue(desk),
        "queue disputed": "/queue?mode=disputed",
        "nothing found": "/search?q=zzzzqq",
        "nothing passes": "/?from=1800-01-01&to=1800-01-02",
        "case filtered": "/?act=strike.air&from=2020-01-01&order=killed&view=40,20,60,50&within=1",
        "incident": f"/incident/{claim.incident}",
        "incident merged": f"/incident/{merged.record.identifier}",
        "document": f"/document/{hostile.identifier}",
        "documents": "/documents",
        "contradictions": "/contradictions",
        "contradiction": f"/contradiction/{clash.record.identifier}",
        "value": f"/value/{field.claim}/{field.field}/{field.mention.span.start if field.mention.span else '-'}",
        "queue": "/queue",
        "queue second": "/queue?mode=second",
        "history": "/history",
        "difference": "/difference",
        "search": "/search?q=killed",
        "search hostile": '/search?q="><script>window.pwned=1</script>',
        "search empty": "/search",
        "patterns": "/patterns",
        "review": "/review",
        "keys": "/keys",
        "error": '/incident/i-"><img src=x onerror=window.pwned=1>',
    }


def post(client: TestClient, path: str, **form: str | list[str]) -> int:
    """Send a form as our own page would; gives the status."""
    headers = {"Origin": str(client.base_url), "Sec-Fetch-Site": "same-origin"}
    return client.post(path, data=form, headers=headers).status_code
