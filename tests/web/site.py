"""Addresses of every kind of page, for the case under test."""

from starlette.testclient import TestClient

from witnessmark.desk import Desk, Filter


def addresses(desk: Desk) -> dict[str, str]:
    """Name and address of one page of each kind; those of the hostile report where there is one."""
    hostile = next(r for r in desk.documents() if "<script>" in (r.publisher or ""))
    claim = desk.document(hostile.identifier).claims[0]
    field = next(f for f in claim.fields if f.mention.span)
    merged = max((desk.incident(r.identifier) for r in desk.listed(Filter())), key=lambda p: len(p.claims))
    clash = desk.contradictions()[0]
    return {
        "case": "/",
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
