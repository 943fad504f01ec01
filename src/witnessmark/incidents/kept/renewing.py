"""From documents that came, changed or went to the groups of claims that have to be formed again.

Why nothing else has to be: claims are joined only where one of their pairs is likely by itself (it weighs LINK_AT), where two reports tell one story, or where a
person said so. So the claims fall into parts between which nothing is ever joined, and a part in which no pair, story or decision changed comes out as it
was. Stories fall into parts in the same way: a mean that reaches STORY_AT has a pair that does.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from witnessmark.incidents.cluster import LINK_AT, Link
from witnessmark.incidents.comparing import LIKELY, PLAIN, STORY_AT, Compared, heaviest_first, of_story, settled, told_together
from witnessmark.incidents.evidence import Pair, chance, weight_of
from witnessmark.incidents.kept import fields, stories
from witnessmark.incidents.kept.store import ROW, KeptStore, pack_claim, pack_side, unpack_claim
from witnessmark.incidents.linkage import schema
from witnessmark.incidents.merging import grouped
from witnessmark.incidents.rows import row_of
from witnessmark.incidents.wording.bags import Wording
from witnessmark.incidents.wording.index import Index
from witnessmark.incidents.wording.meeting import packed
from witnessmark.incidents.wording.stories import Side, reports
from witnessmark.model import Incident, IncidentClaim
from witnessmark.model.serialise import compact

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark

_SURE = 1e-9
"""Less than this under the threshold counts as reaching it: a mean of several chances is rounded."""
_LINKED = chance(LINK_AT)


class Decided(Link, Protocol):
    """A decision of a person on whether claims tell of one incident, with its place among all."""

    @property
    def position(self) -> int | None:
        """Its number in the ledger."""


@dataclass(frozen=True, slots=True)
class Told:
    """One document as merging sees it; ``wording`` in its packed form."""

    document: str
    published: dt.date | None
    claims: tuple[IncidentClaim, ...]
    wording: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """Claims that were grouped anew: their incidents, and what those were made from. ``number`` names the part in the store."""

    number: int
    incidents: tuple[Incident, ...]
    claims: Mapping[str, IncidentClaim]
    published: Mapping[str, dt.date | None]


@dataclass(frozen=True, slots=True)
class Renewal:
    """``dropped`` are the parts that are no longer; ``parts`` makes those that took their place, one after the other."""

    dropped: frozenset[int]
    parts: Iterator[Part]


@dataclass(slots=True)
class _Changes:
    """What a run changes, by number: ``documents`` and ``claims`` that came, claims that are ``touched`` by it, parts that are ``dropped``, stories
    (``tales``) to tell anew. ``plain`` gives the language of each plain report by its main claim. ``rows`` are those of claims that are gone, ``gone`` the documents."""

    documents: set[int] = field(default_factory=set)
    claims: set[int] = field(default_factory=set)
    touched: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)
    tales: set[int] = field(default_factory=set)
    plain: dict[int, str] = field(default_factory=dict)
    gone: list[stories.Gone] = field(default_factory=list)
    rows: list[tuple[Any, ...]] = field(default_factory=list)


def renew(
    store: KeptStore, fresh: Iterable[Told], gone: Iterable[str], decisions: Sequence[Decided], *, spark: Spark | None = None
) -> Renewal:
    """Take ``gone`` documents (ids) out of ``store`` and put ``fresh`` ones in; a document that changed is in both. ``decisions`` are all that are in force. ``spark`` compares
    fields there.

    The caller holds :meth:`KeptStore.changing` until all parts were made.
    """
    changes = _Changes()
    for document in gone:
        _remove(store, document, changes)
    _insert(store, fresh, changes)
    if changes.documents or changes.rows:
        changes.plain.update(store.db.execute("SELECT main, plain FROM documents WHERE plain IS NOT NULL"))
        _renew_fields(store, changes, spark)
        _renew_stories(store, changes)
    _follow(store, decisions, changes)
    numbers = _regroup(store, decisions, changes)
    return Renewal(frozenset(changes.dropped), (_part(store, number, decisions) for number in numbers))


# -- documents -------------------------------------------------------------------------------------------------------------------------

_COLUMNS = ", ".join(ROW)


def _remove(store: KeptStore, document: str, changes: _Changes) -> None:
    found = store.db.execute("SELECT n, language, coalesce(day, 0), keywords, story FROM documents WHERE id = ?", (document,)).fetchone()
    if found is None:
        return
    number, language, day, keywords, story = found
    if language is not None:
        changes.gone.append(stories.Gone(document, language, day, keywords))
    if story is not None:
        changes.tales.add(story)
    for claim, name, home, *row in store.db.execute(
        f"SELECT n, id, grouped, {_COLUMNS} FROM claims WHERE document = ?", (number,)
    ).fetchall():
        changes.dropped.add(home)
        changes.rows.append((name, document, *row))
        store.db.execute("DELETE FROM pairs WHERE l = ?", (claim,))
        store.db.execute("DELETE FROM pairs WHERE r = ?", (claim,))
    store.db.execute("DELETE FROM claims WHERE document = ?", (number,))
    store.db.execute("DELETE FROM documents WHERE n = ?", (number,))


_AT_ONCE = 200


def _insert(store: KeptStore, fresh: Iterable[Told], changes: _Changes) -> None:
    waiting = iter(fresh)
    while some := [told for told in itertools.islice(waiting, _AT_ONCE) if told.claims]:
        keywords = _keywords(some)
        for told in some:
            _insert_one(store, told, keywords.get(told.document), changes)


def _keywords(some: Sequence[Told]) -> dict[str, bytes]:
    """The words under which others meet each document that has a wording."""
    worded = [(told.document, Wording.unpack(told.wording)) for told in some if told.wording]
    owner, bucket = Index.of([wording for _, wording in worded]).keywords()
    return {document: packed(bucket[owner == number]) for number, (document, _) in enumerate(worded)}


def _insert_one(store: KeptStore, told: Told, keywords: bytes | None, changes: _Changes) -> None:
    day = told.published.toordinal() if told.published else None
    published = told.published.isoformat() if told.published else None
    number = _last(store.db.execute("INSERT INTO documents (id, published) VALUES (?, ?)", (told.document, published)))
    changes.documents.add(number)
    marks = ", ".join("?" * (3 + len(ROW)))
    for claim in told.claims:
        row = row_of(claim)
        values = (claim.identifier, number, pack_claim(claim), *(getattr(row, name) for name in ROW))
        added = _last(store.db.execute(f"INSERT INTO claims (id, document, body, {_COLUMNS}) VALUES ({marks})", values))
        changes.claims.add(added)
    if told.wording is not None and keywords is not None:
        wording = Wording.unpack(told.wording)
        (report,) = reports(told.claims, {told.document: wording}, {told.document: day})
        (main,) = store.db.execute("SELECT n FROM claims WHERE id = ?", (report.claims[0].identifier,)).fetchone()
        plain = wording.language if len(report.claims) <= PLAIN else None
        worded = (wording.language, day, keywords, told.wording.encode("ascii"), pack_side(Side.of(report)), main, plain, number)
        query = "UPDATE documents SET language = ?, day = ?, keywords = ?, wording = ?, side = ?, main = ?, plain = ? WHERE n = ?"
        store.db.execute(query, worded)


def _last(cursor: Any) -> int:
    return int(cursor.lastrowid)


# -- pairs -----------------------------------------------------------------------------------------------------------------------------


def _renew_fields(store: KeptStore, changes: _Changes, spark: Spark | None) -> None:
    with fields.neighbours(_table(store, changes)) as known:
        numbers = store.numbers(known.moved())
        names = {number: name for name, number in numbers.items()}
        held = _fields_among(store, numbers, changes)
        for left, right in known.gone([(names[l], names[r]) for l, r in held]):
            _change(store, changes, numbers[left], numbers[right], field=None, parts=None)
        scored = known.come(at_least=LIKELY, spark=spark)
        come = ((numbers[left], numbers[right], weight, store.part(parts)) for left, right, weight, parts in scored)
        while some := list(itertools.islice(come, 10_000)):
            store.db.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?, ?)", list(_first_told(store, changes, some)))


def _table(store: KeptStore, changes: _Changes) -> Any:
    """All claims as :class:`fields.Neighbours` takes them."""
    import pyarrow as pa

    columns = pa.schema([*schema(), pa.field("was", pa.bool_()), pa.field("now", pa.bool_())])
    query = f"SELECT c.id, d.id, {', '.join(f'c.{name}' for name in ROW)}, d.n FROM claims c JOIN documents d ON d.n = c.document"
    rows: Iterator[tuple[Any, ...]] = itertools.chain(
        ((*row, document not in changes.documents, True) for *row, document in store.db.execute(query)),
        ((*row, True, False) for row in changes.rows),
    )
    batches = []
    while some := list(itertools.islice(rows, 10_000)):
        arrays = [
            pa.array(map(bool, c) if f.type == pa.bool_() else c, f.type) for c, f in zip(zip(*some, strict=True), columns, strict=True)
        ]
        batches.append(pa.RecordBatch.from_arrays(arrays, schema=columns))
    return pa.Table.from_batches(batches, schema=columns)


def _fields_among(store: KeptStore, moved: Mapping[str, int], changes: _Changes) -> list[tuple[int, int]]:
    """The pairs of claims that moved, whose fields were compared before."""
    old = set(moved.values()) - changes.claims
    found = store.chosen("SELECT l, r FROM pairs WHERE field IS NOT NULL AND l IN ({})", old)
    return [(l, r) for l, r in found if r in old]


def _renew_stories(store: KeptStore, changes: _Changes) -> None:
    fresh = frozenset(changes.documents)
    for left, right in list(stories.parted(store, fresh)):
        _change(store, changes, left, right, odds=None)
    for left, right, odds in stories.come(store, fresh, changes.gone):
        _change(store, changes, left, right, odds=odds)
    _retell(store, changes)


def _first_told(store: KeptStore, changes: _Changes, some: Iterable[tuple[int, int, float, int]]) -> Iterator[tuple[Any, ...]]:
    """Rows of pairs whose fields were compared; of claims that were there before, something may have been written."""
    for left, right, weight, parts in some:
        if left in changes.claims or right in changes.claims:
            settled_at = _settled(("", ""), weight, (), None, _strangers(changes.plain, left, right)).weight
            _note(store, changes, (left, right), [settled_at])
            yield left, right, weight, parts, None, settled_at
        else:
            _change(store, changes, left, right, field=weight, parts=parts)


def _change(store: KeptStore, changes: _Changes, left: int, right: int, **new: Any) -> None:
    """Write what was found of two claims, and note whether it can change what they are grouped with."""
    found = store.db.execute("SELECT field, parts, odds, weight FROM pairs WHERE l = ? AND r = ?", (left, right)).fetchone()
    before = dict(zip(("field", "parts", "odds"), found[:3], strict=True)) if found else {"field": None, "parts": None, "odds": None}
    after = before | new
    if after == before:
        return
    if after["odds"] != before["odds"]:
        _note_story(store, changes, (left, right), before["odds"], after["odds"])
    weight = None
    if after["field"] is None and after["odds"] is None:
        store.db.execute("DELETE FROM pairs WHERE l = ? AND r = ?", (left, right))
    else:
        weight = _settled(("", ""), after["field"], (), after["odds"], _strangers(changes.plain, left, right)).weight
        store.db.execute("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?, ?)", (left, right, *after.values(), weight))
    _note(store, changes, (left, right), [w for w in (found[3] if found else None, weight) if w is not None])


def _strangers(plain: Mapping[int, str], left: int, right: int) -> bool:
    """True for the main claims of two plain reports in one language."""
    return left in plain and plain[left] == plain.get(right)


def _settled(
    names: tuple[str, str], weight: float | None, parts: tuple[tuple[str, float], ...], odds: float | None, strangers: bool
) -> Pair:
    """What fields and wording come to for two claims."""
    return of_story(names, odds or 0.0) if weight is None else settled(Pair(*names, weight, parts), odds, strangers=strangers)


def _note(store: KeptStore, changes: _Changes, pair: tuple[int, int], weights: Sequence[float]) -> None:
    """A pair that may join by itself touches both claims; another one only where both stood in one part."""
    old = [claim for claim in pair if claim not in changes.claims]
    if not old:
        return
    if any(_reaches(weight, _LINKED) for weight in weights):
        changes.touched.update(old)
    elif len(old) == 2:
        homes = {home for (home,) in store.chosen("SELECT grouped FROM claims WHERE n IN ({})", old)}
        if len(homes) == 1:
            changes.touched.update(old)


def _note_story(store: KeptStore, changes: _Changes, mains: tuple[int, int], *odds: float | None) -> None:
    """As :func:`_note`, for the stories of two documents."""
    if all(main in changes.claims for main in mains):
        return
    found = list(store.chosen("SELECT n, story FROM documents WHERE main IN ({})", mains))
    old = {story for number, story in found if number not in changes.documents}
    sure = any(o is not None and _reaches(weight_of(o), STORY_AT) for o in odds)
    if sure or (len(old) == 1 and all(number not in changes.documents for number, _ in found)):
        changes.tales.update(story for story in old if story is not None)


def _reaches(weight: float, least: float) -> bool:
    return chance(weight) >= least - _SURE


# -- stories ---------------------------------------------------------------------------------------------------------------------------


def _retell(store: KeptStore, changes: _Changes) -> None:
    """Form the stories anew of which a document or a pair changed, and note the main claims in them."""
    listed = {n: (name, main) for n, name, main in store.chosen("SELECT n, id, main FROM documents WHERE story IN ({})", changes.tales)}
    listed |= {
        n: (name, main)
        for n, name, main in store.chosen("SELECT n, id, main FROM documents WHERE main IS NOT NULL AND n IN ({})", changes.documents)
    }
    document = {main: n for n, (_, main) in listed.items()}
    homes = _Homes(listed)
    for left, right, odds in store.chosen("SELECT l, r, odds FROM pairs WHERE odds IS NOT NULL AND l IN ({})", document):
        if right in document and _reaches(weight_of(odds), STORY_AT):
            homes.join(document[left], document[right])
    changes.touched.update(main for main in document if main not in changes.claims)
    for number, members in _numbered(store, "stories", homes):
        store.db.executemany("UPDATE documents SET story = ?, told = NULL WHERE n = ?", ((number, n) for n in members))
        if len(members) > 1:
            _tell(store, {n: listed[n] for n in members})


def _tell(store: KeptStore, members: Mapping[int, tuple[str, int]]) -> None:
    number = {name: n for n, (name, _) in members.items()}
    name = {main: name for name, main in members.values()}
    found = store.chosen("SELECT l, r, odds FROM pairs WHERE odds IS NOT NULL AND l IN ({})", name)
    links = [(name[l], name[r], odds) for l, r, odds in found if r in name]
    for group in told_together(sorted(number), links):
        store.db.executemany("UPDATE documents SET told = ? WHERE n = ?", ((number[group[0]], number[document]) for document in group))


def _numbered(store: KeptStore, kind: str, homes: _Homes) -> list[tuple[int, list[int]]]:
    """Each part with a number that none ever had."""
    begin = int(store.get(kind) or 1)
    numbered = list(enumerate(homes.parts(), begin))
    store.set(kind, str(begin + len(numbered)))
    return numbered


class _Homes:
    """Things that are joined, directly or through others (union-find)."""

    def __init__(self, things: Iterable[int]) -> None:
        self._parent = {thing: thing for thing in things}

    def __contains__(self, thing: int) -> bool:
        return thing in self._parent

    def home(self, thing: int) -> int:
        while self._parent[thing] != thing:
            self._parent[thing] = self._parent[self._parent[thing]]
            thing = self._parent[thing]
        return thing

    def join(self, one: int, other: int) -> None:
        a, b = sorted((self.home(one), self.home(other)))
        self._parent[b] = a

    def parts(self) -> Iterator[list[int]]:
        found: dict[int, list[int]] = {}
        for thing in self._parent:
            found.setdefault(self.home(thing), []).append(thing)
        return iter(found.values())


# -- groups ----------------------------------------------------------------------------------------------------------------------------


def _follow(store: KeptStore, decisions: Sequence[Decided], changes: _Changes) -> None:
    """Note the claims on which decisions came or are no longer in force."""
    before = {(p, k, s) for p, k, s in store.db.execute("SELECT position, kind, subjects FROM links")}
    after = {(d.position or 0, d.kind, compact(d.subjects)) for d in decisions}
    subjects = {name for _, _, told in before ^ after for name in json.loads(told)}
    changes.touched.update(n for n in store.numbers(subjects).values() if n not in changes.claims)
    store.db.execute("DELETE FROM links")
    store.db.executemany("INSERT INTO links VALUES (?, ?, ?)", sorted(after))


def _regroup(store: KeptStore, decisions: Sequence[Decided], changes: _Changes) -> Sequence[int]:
    """Find the parts of all claims that are touched, and give their numbers."""
    changes.dropped |= {home for (home,) in store.chosen("SELECT grouped FROM claims WHERE n IN ({})", changes.touched)}
    claims = changes.claims | {n for (n,) in store.chosen("SELECT n FROM claims WHERE grouped IN ({})", changes.dropped)}
    homes = _Homes(sorted(claims))
    for left, right, weight in store.chosen("SELECT l, r, weight FROM pairs WHERE l IN ({})", claims):
        if right in homes and _reaches(weight, _LINKED):
            homes.join(left, right)
    first: dict[int, int] = {}
    for main, told in store.chosen("SELECT main, told FROM documents WHERE told IS NOT NULL AND main IN ({})", claims):
        homes.join(main, first.setdefault(told, main))
    _join_decided(store, decisions, homes)
    numbered = _numbered(store, "parts", homes)
    for number, members in numbered:
        store.db.executemany("UPDATE claims SET grouped = ? WHERE n = ?", ((number, n) for n in members))
    return [number for number, _ in numbered]


def _join_decided(store: KeptStore, decisions: Sequence[Decided], homes: _Homes) -> None:
    for decision in decisions:
        if decision.kind == "same":
            known = [n for n in store.numbers(decision.subjects).values() if n in homes]
            for other in known[1:]:
                homes.join(known[0], other)


def _part(store: KeptStore, number: int, decisions: Sequence[Decided]) -> Part:
    query = """SELECT c.n, c.id, c.body, d.id, d.published, d.main, d.plain, d.told FROM claims c JOIN documents d ON d.n = c.document
               WHERE c.grouped = ? ORDER BY c.id"""
    listed = store.db.execute(query, (number,)).fetchall()
    claims = [unpack_claim(body) for _, _, body, *_ in listed]
    published = {document: dt.date.fromisoformat(day) if day else None for _, _, _, document, day, *_ in listed}
    mains = [(name, document, plain, told) for n, name, _, document, _, main, plain, told in listed if n == main]
    plain = frozenset(name for name, _, language, _ in mains if language is not None)
    names = {n: name for n, name, *_ in listed}
    languages = {n: plain for n, _, _, _, _, main, plain, _ in listed if n == main and plain is not None}
    told: dict[int, list[str]] = {}
    for _, document, _, story in mains:
        if story is not None:
            told.setdefault(story, []).append(document)
    pairs = heaviest_first(_pairs(store, number, names, languages), plain) if len(names) > 1 else ()
    compared = Compared(pairs, tuple(map(tuple, told.values())), {document: name for name, document, *_ in mains}, plain)
    incidents = grouped(claims, [row_of(c) for c in claims], compared, published, decisions)
    return Part(number, incidents, {c.identifier: c for c in claims}, published)


def _pairs(store: KeptStore, number: int, names: Mapping[int, str], plain: Mapping[int, str]) -> Iterator[Pair]:
    """The pairs inside a part."""
    query = """SELECT p.l, p.r, p.field, p.parts, p.odds FROM claims a JOIN pairs p ON p.l = a.n JOIN claims b ON b.n = p.r
               WHERE a.grouped = ? AND b.grouped = ? AND p.weight >= ?"""
    for left, right, weight, kinds, odds in store.db.execute(query, (number, number, LIKELY)).fetchall():
        parts = () if kinds is None else store.parts(kinds)
        yield _settled((names[left], names[right]), weight, parts, odds, _strangers(plain, left, right))
