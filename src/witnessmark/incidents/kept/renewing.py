"""From documents that came, changed or went to the incidents that have to be formed again.

A pair of claims can be compared or not, weigh this or that; a story can be told by these or those reports; a person can decide. The incidents of the
claims that this touches are formed again, with what :mod:`witnessmark.incidents.kept.reforming` finds beside them; all others come out as they were.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from witnessmark.incidents.cluster import Link
from witnessmark.incidents.comparing import LIKELY, PLAIN, heaviest_first
from witnessmark.incidents.evidence import Pair
from witnessmark.incidents.kept import blocks, fields, stories
from witnessmark.incidents.kept.grounds import LINKED, TOLD, Incidents, Mains, Stories, by_pairs, decided_weight
from witnessmark.incidents.kept.reforming import Ground, reform
from witnessmark.incidents.kept.store import ROW, KeptStore, pack_claim, pack_side, unpack_claim
from witnessmark.incidents.linkage import RANKS
from witnessmark.incidents.merging import incident_of
from witnessmark.incidents.rows import row_of
from witnessmark.incidents.wording.bags import Wording
from witnessmark.incidents.wording.index import Index
from witnessmark.incidents.wording.meeting import packed
from witnessmark.incidents.wording.stories import Side, reports
from witnessmark.model import Incident, IncidentClaim
from witnessmark.model.serialise import compact

if TYPE_CHECKING:
    from witnessmark.engines.spark import Spark


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
    """An incident that was formed again, with the claims that it was made of and their days of publication. ``number`` names it in the store."""

    number: int
    incident: Incident
    claims: Mapping[str, IncidentClaim]
    published: Mapping[str, dt.date | None]


@dataclass(frozen=True, slots=True)
class Renewal:
    """``dropped`` are the incidents (by number in the store) that are no more; ``parts`` makes those that took their place, one after the other."""

    dropped: frozenset[int]
    parts: Iterator[Part]


@dataclass(slots=True)
class _Touched:
    """Of one kind of groups: those to be formed again, by number (``homes``), of which some lost a member (``shrunk``); and pairs of groups that can be
    joined only if something else links them (``weak``)."""

    homes: set[int] = field(default_factory=set)
    shrunk: set[int] = field(default_factory=set)
    weak: set[tuple[int, int]] = field(default_factory=set)

    def lost(self, home: int) -> None:
        """A member of ``home`` is gone."""
        self.homes.add(home)
        self.shrunk.add(home)

    def pair(self, homes: Sequence[int], *, strong: bool) -> None:
        """A pair of things in ``homes`` (one or two) changed, which is or was ``strong`` enough to join them."""
        if strong or len(set(homes)) == 1:
            self.homes.update(homes)
        else:
            self.weak.add((min(homes), max(homes)))

    def settle(self, ground: Ground) -> None:
        """Find those of the weak pairs that count."""
        open_ = [pair for pair in self.weak if self.homes.isdisjoint(pair)]
        things = dict(ground.members({one for one, _ in open_}))
        linked = {(things[thing], home) for thing, _, home in ground.linked(things)} if open_ else set()
        self.homes.update(one for one, other in open_ if (one, other) in linked)


@dataclass(slots=True)
class _Changes:
    """What a run changes, by number: ``documents`` and ``claims`` that came; incidents and stories (``tales``) that it touches. ``plain`` gives
    the language of each plain report by its main claim. ``rows`` are those of claims that are gone, ``gone`` the documents."""

    documents: set[int] = field(default_factory=set)
    claims: set[int] = field(default_factory=set)
    incidents: _Touched = field(default_factory=_Touched)
    tales: _Touched = field(default_factory=_Touched)
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
        changes.plain.update(store.db.execute("SELECT main, plain FROM documents WHERE main IS NOT NULL AND plain IS NOT NULL"))
        _renew_fields(store, changes, spark)
        _renew_stories(store, changes)
    _follow(store, decisions, changes)
    ground = Incidents(store, by_pairs(store, decisions))
    changes.incidents.settle(ground)
    dropped, numbers = reform(ground, changes.incidents.homes, changes.claims)
    return Renewal(frozenset(dropped), formed(store, numbers))


# -- documents -------------------------------------------------------------------------------------------------------------------------

_COLUMNS = ", ".join(ROW)
_NAMES = ("unique_id", "document", *ROW)


def _values(row: Sequence[Any]) -> blocks.Values:
    return dict(zip(_NAMES, row, strict=True))


def _remove(store: KeptStore, document: str, changes: _Changes) -> None:
    found = store.db.execute("SELECT n, language, story FROM documents WHERE id = ?", (document,)).fetchone()
    if found is None:
        return
    number, language, story = found
    if language is not None:
        changes.gone.append(stories.take_out(store, language, document))
    if story is not None:
        changes.tales.lost(story)
    for claim, name, home, *row in store.db.execute(
        f"SELECT n, id, grouped, {_COLUMNS} FROM claims WHERE document = ?", (number,)
    ).fetchall():
        changes.incidents.lost(home)
        changes.rows.append((name, document, *row))
        blocks.take_out(store, _values(changes.rows[-1]))
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
        blocks.put_in(store, added, {name: getattr(row, name) for name in _NAMES})
    if told.wording is not None and keywords is not None:
        wording = Wording.unpack(told.wording)
        (report,) = reports(told.claims, {told.document: wording}, {told.document: day})
        (main,) = store.db.execute("SELECT n FROM claims WHERE id = ?", (report.claims[0].identifier,)).fetchone()
        plain = wording.language if len(report.claims) <= PLAIN else None
        worded = (wording.language, told.wording.encode("ascii"), pack_side(Side.of(report)), main, plain, number)
        store.db.execute("UPDATE documents SET language = ?, wording = ?, side = ?, main = ?, plain = ? WHERE n = ?", worded)
        store.db.execute(
            "INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?)", (wording.language, told.document, number, day or 0, main, keywords)
        )


def _last(cursor: Any) -> int:
    return int(cursor.lastrowid)


# -- pairs -----------------------------------------------------------------------------------------------------------------------------


def _renew_fields(store: KeptStore, changes: _Changes, spark: Spark | None) -> None:
    numbers, table = _near(store, changes)
    with fields.database() as (connection, scratch):
        known = fields.Neighbours(connection, scratch, table)
        del table
        for left, right in _parted(store, connection, [(numbers[one], numbers[other]) for one, other in known.parted()]):
            _change(store, changes, left, right, field=None, parts=None)
        scored = known.come(at_least=LIKELY, spark=spark)
        come = ((numbers[left], numbers[right], weight, store.part(parts)) for left, right, weight, parts in scored)
        while some := list(itertools.islice(come, 10_000)):
            store.db.executemany("INSERT INTO pairs VALUES (?, ?, ?, ?, ?, ?)", list(_first_told(store, changes, some)))


def _near(store: KeptStore, changes: _Changes) -> tuple[dict[str, int], Any]:
    """The claims near a change as :class:`fields.Neighbours` takes them, and the numbers of those that are there now."""
    numbers: dict[str, int] = {}

    def there(found: Iterable[tuple[Any, ...]], runs: Callable[[int], Sequence[int | None]]) -> Iterator[tuple[Any, ...]]:
        for n, *row in found:
            numbers[row[0]] = n
            yield *row, *runs(n), n not in changes.claims, True

    (total,) = store.db.execute("SELECT count(*) FROM claims").fetchone()
    if total == len(changes.claims):  # nothing is there but what came
        return numbers, _table(there(store.db.execute(_claims()), lambda _: _ONE_RUN), fields.columns())
    came = {n: _values(row) for n, *row in store.chosen(_claims("n"), changes.claims)}
    near = blocks.near(store, came, [_values(row) for row in changes.rows])
    found = store.chosen(_claims("n"), sorted(near.of.keys() | came.keys()))
    left = ((*row, *_ranked(near.of_gone(_values(row))), True, False) for row in changes.rows)
    return numbers, _table(itertools.chain(there(found, lambda n: _ranked(near.of.get(n, {}))), left), fields.columns())


def _ranked(by_rank: Mapping[str, int]) -> list[int | None]:
    return [by_rank.get(rank) for rank in RANKS]


_ONE_RUN = [0] * len(RANKS)


def _claims(column: str = "") -> str:
    """The query for numbers and rows of claims: of all, or of those with some values of ``column``."""
    rows = f"SELECT c.n, c.id, d.id, {', '.join(f'c.{name}' for name in ROW)} FROM claims c JOIN documents d ON d.n = c.document"
    return f"{rows} WHERE c.{column} IN ({{}})" if column else rows


def _table(rows: Iterable[tuple[Any, ...]], columns: Any) -> Any:
    """``rows`` as an Arrow table with ``columns``."""
    import pyarrow as pa

    batches = []
    waiting = iter(rows)
    while some := list(itertools.islice(waiting, 10_000)):
        arrays = [
            pa.array(map(bool, c) if f.type == pa.bool_() else c, f.type) for c, f in zip(zip(*some, strict=True), columns, strict=True)
        ]
        batches.append(pa.RecordBatch.from_arrays(arrays, schema=columns))
    return pa.Table.from_batches(batches, schema=columns)


def _parted(store: KeptStore, connection: Any, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those of ``pairs``, which lost a block in which they met, whose fields were compared and no longer are: nor do they meet in another one."""
    query = "SELECT p.l, p.r FROM temp.asked CROSS JOIN pairs p ON p.l = a AND p.r = b WHERE p.field IS NOT NULL"
    held = store.asked(query, pairs)
    if not held:
        return []
    rows = {n: row for n, *row in store.chosen(_claims("n"), sorted({n for pair in held for n in pair}))}
    ranks = blocks.ranks(store, {n: _values(row) for n, row in rows.items()})
    table = _table(((*row, *_ranked(ranks[n])) for n, row in rows.items()), fields.columns(placed=True))
    names = [(rows[l][0], rows[r][0]) for l, r in held]
    still = fields.compared(connection, table, names)
    return [pair for pair, name in zip(held, names, strict=True) if name not in still]


def _renew_stories(store: KeptStore, changes: _Changes) -> None:
    fresh = frozenset(changes.documents)
    for language in stories.languages(store, fresh, changes.gone):
        listed = stories.Reports(store, language, fresh, changes.gone)
        for left, right in listed.parted():
            _change(store, changes, left, right, odds=None)
        for left, right, odds in listed.come():
            _change(store, changes, left, right, odds=odds)
    _retell(store, changes)


def _first_told(store: KeptStore, changes: _Changes, some: Iterable[tuple[int, int, float, int]]) -> Iterator[tuple[Any, ...]]:
    """Rows of pairs whose fields were compared; of claims that were there before, something may have been written."""
    for left, right, weight, parts in some:
        if left in changes.claims or right in changes.claims:
            settled_at = decided_weight(("", ""), weight, (), None, strangers=_strangers(changes.plain, left, right)).weight
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
        weight = decided_weight(("", ""), after["field"], (), after["odds"], strangers=_strangers(changes.plain, left, right)).weight
        store.db.execute("INSERT OR REPLACE INTO pairs VALUES (?, ?, ?, ?, ?, ?)", (left, right, *after.values(), weight))
    _note(store, changes, (left, right), [w for w in (found[3] if found else None, weight) if w is not None])


def _strangers(plain: Mapping[int, str], left: int, right: int) -> bool:
    """True for the main claims of two plain reports in one language."""
    return left in plain and plain[left] == plain.get(right)


def _note(store: KeptStore, changes: _Changes, pair: tuple[int, int], weights: Sequence[float]) -> None:
    """A pair of claims changed. One with a claim that came is met when that is put in its place."""
    if changes.claims.isdisjoint(pair):
        homes = [home for (home,) in store.chosen("SELECT grouped FROM claims WHERE n IN ({})", pair)]
        changes.incidents.pair(homes, strong=any(weight >= LINKED for weight in weights))


def _note_story(store: KeptStore, changes: _Changes, mains: tuple[int, int], *odds: float | None) -> None:
    """As :func:`_note`, for the stories of two documents."""
    if changes.claims.isdisjoint(mains):
        homes = [home for (home,) in store.chosen("SELECT story FROM documents WHERE main IN ({})", mains)]
        changes.tales.pair(homes, strong=any(o is not None and o >= TOLD for o in odds))


# -- stories ---------------------------------------------------------------------------------------------------------------------------


def _retell(store: KeptStore, changes: _Changes) -> None:
    """Form the stories anew of which a document or a pair changed; the main claims of those that came out otherwise are touched."""
    ground = Stories(store)
    changes.tales.settle(ground)
    fresh = [n for (n,) in store.chosen("SELECT n FROM documents WHERE main IS NOT NULL AND n IN ({})", changes.documents)]
    dropped, made = reform(ground, changes.tales.homes, fresh)
    before = {home: ground.was.get(home, frozenset()) for home in dropped}
    now: dict[int, set[int]] = {}
    for document, home in store.chosen("SELECT n, story FROM documents WHERE story IN ({})", made):
        now.setdefault(home, set()).add(document)
    as_before = {members for home, members in before.items() if home not in changes.tales.shrunk}
    as_now = {frozenset(members) for members in now.values()}
    moved = {document for members in (as_before | as_now | set(before.values())) - (as_before & as_now) for document in members}
    query = "SELECT c.grouped FROM documents d JOIN claims c ON c.n = d.main WHERE c.grouped IS NOT NULL AND d.n IN ({})"
    changes.incidents.homes.update(home for (home,) in store.chosen(query, moved))


# -- groups ----------------------------------------------------------------------------------------------------------------------------


def _follow(store: KeptStore, decisions: Sequence[Decided], changes: _Changes) -> None:
    """Note the claims on which decisions came or are no longer in force."""
    before = {(p, k, s) for p, k, s in store.db.execute("SELECT position, kind, subjects FROM links")}
    after = {(d.position or 0, d.kind, compact(d.subjects)) for d in decisions}
    subjects = {name for _, _, told in before ^ after for name in json.loads(told)}
    changes.incidents.homes.update(
        home for (home,) in store.chosen("SELECT grouped FROM claims WHERE grouped IS NOT NULL AND id IN ({})", subjects)
    )
    store.db.execute("DELETE FROM links")
    store.db.executemany("INSERT INTO links VALUES (?, ?, ?)", sorted(after))


def formed(store: KeptStore, numbers: Iterable[int]) -> Iterator[Part]:
    """The incidents with these numbers, one after the other."""
    return (_part(store, number) for number in numbers)


def _part(store: KeptStore, number: int) -> Part:
    query = (
        "SELECT c.n, c.id, c.body, d.id, d.published FROM claims c JOIN documents d ON d.n = c.document WHERE c.grouped = ? ORDER BY c.id"
    )
    listed = store.db.execute(query, (number,)).fetchall()
    claims = [unpack_claim(body) for _, _, body, _, _ in listed]
    published = {document: dt.date.fromisoformat(day) if day else None for *_, document, day in listed}
    pairs = _pairs(store, {n: name for n, name, *_ in listed})
    return Part(number, incident_of(claims, pairs, published), {c.identifier: c for c in claims}, published)


def _pairs(store: KeptStore, names: Mapping[int, str]) -> Sequence[Pair]:
    """The pairs inside an incident, heaviest first."""
    if len(names) == 1:
        return ()
    mains = Mains.of(store, names)
    found = (
        decided_weight((names[l], names[r]), field, () if kinds is None else store.parts(kinds), odds, strangers=mains.strangers(l, r))
        for l, r, field, kinds, odds, weight in store.among("l, r, field, parts, odds, weight", names)
        if weight >= LIKELY
    )
    return heaviest_first(found, mains.plain)
