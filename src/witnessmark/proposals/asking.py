"""One document: what is sent, what comes back, and what of it holds."""

from __future__ import annotations

from collections.abc import Sequence

from witnessmark.claims import Claims
from witnessmark.errors import describe
from witnessmark.model import Document, Problem, Span
from witnessmark.proposals.answers import Malformed, parse
from witnessmark.proposals.client import AskError, Endpoint, endpoint_of
from witnessmark.proposals.deriving import Borne, Resolver
from witnessmark.proposals.folding import Folded, fold
from witnessmark.proposals.instructions import find_instructions, hidden_instructions
from witnessmark.proposals.joining import Entry, join
from witnessmark.proposals.locating import locate
from witnessmark.proposals.passages import cut
from witnessmark.proposals.records import Passage, Proposal, Proposed, Tally
from witnessmark.proposals.settings import LanguageModel
from witnessmark.statements import Reading


def propose(reading: Reading, claims: Claims, model: LanguageModel) -> Proposed:
    """``claims`` of the rules with what ``model`` proposes about the same document put beside them.

    Whatever the server does, the claims of the rules stay; what went wrong is in ``problems``, coded, once for each code.
    """
    document, endpoint, tally = reading.document, endpoint_of(model), Tally()
    withheld = find_instructions(reading)
    pieces = cut(reading, window=model.window, windows=model.windows, withheld=withheld)
    answered, faults = _answers(pieces.passages, endpoint)
    entries: list[Entry] = []
    if any(proposals for _, proposals in answered):
        resolver = Resolver(reading, claims)
        held = fold(reading.text, withheld)
        for passage, proposals in answered:
            sent = fold(reading.text, passage.spans)
            entries += [_entry(p, sent, held, resolver, tally) for p in proposals]
        claims = join(claims, [e for e in entries if e.values], resolver, tally)
    problems = [_problem(document, f.code, f.detail) for f in {f.code: f for f in faults}.values()]
    problems += _notes(document, tally, withheld, left=pieces.left, loose=bool(answered) and endpoint.loose)
    return Proposed(claims, tuple(problems), tally, again=any(f.again for f in faults))


def _answers(passages: Sequence[Passage], endpoint: Endpoint) -> tuple[list[tuple[Passage, tuple[Proposal, ...]]], list[AskError]]:
    answered: list[tuple[Passage, tuple[Proposal, ...]]] = []
    faults: list[AskError] = []
    for passage in passages:
        try:
            answered.append((passage, parse(endpoint.ask(passage.text))))
        except AskError as fault:
            faults.append(fault)
            if fault.again:
                break  # The server is away or busy: the rest of the document would wait as long each time.
        except Malformed as fault:
            faults.append(AskError("WM223", str(fault)))
    return answered, faults


def _entry(proposal: Proposal, sent: Folded, withheld: Folded, resolver: Resolver, tally: Tally) -> Entry:
    values: list[Borne] = []
    for located in locate(proposal, sent, withheld):
        derived = located.reason if located.span is None else resolver.derive(located.field, located.span)
        if isinstance(derived, Borne):
            values.append(derived)
        else:
            tally.dropped[derived] += 1
    return Entry(tuple(values))


def _notes(document: Document, tally: Tally, withheld: Sequence[Span], *, left: int, loose: bool) -> list[Problem]:
    notes: list[Problem] = []
    if tally.dropped:
        notes.append(_problem(document, "WM225", f"{tally.dropped.total()} of {tally.proposed}: {tally.said()}"))
    hidden = hidden_instructions(document)
    if withheld or hidden:
        where = [f"{len(withheld)} paragraphs were withheld"] if withheld else []
        notes.append(_problem(document, "WM226", ", ".join([*where, *(["in text that readers do not see"] if hidden else [])])))
    if left:
        notes.append(_problem(document, "WM228", f"{left} characters"))
    if loose:
        notes.append(_problem(document, "WM227"))
    return notes


def _problem(document: Document, code: str, detail: str = "") -> Problem:
    return Problem(code, describe(code, detail, origin=document.origin), document.origin)
