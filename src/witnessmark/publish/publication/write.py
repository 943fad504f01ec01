"""Writes a publication. Nothing but a redacted view comes in here; no clock, host or path goes into any file."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict
from importlib import resources
from pathlib import Path

from witnessmark.errors import CaseError, UsageError
from witnessmark.publish import bundle, charts, jsonform, paper, site
from witnessmark.publish.facts import Facts, facts_of
from witnessmark.publish.formats import geopackage, kml, workbook
from witnessmark.publish.publication import about, beside, packaging
from witnessmark.publish.redaction import PublicView, RestrictedView
from witnessmark.publish.redaction.audiences import require_shared
from witnessmark.publish.redaction.redact import no_collection
from witnessmark.publish.schemes import SCHEMES, Written, pieces
from witnessmark.publish.tables import TABLES

FORMAT = "witnessmark-publication/1"
Files = bundle.Files


def _data(facts: Facts, account: about.Account) -> Files:
    yield from bundle.data_files(facts.records)
    reviews = {name: {"reviewed": r.reviewed, "decisions": list(r.decisions)} for name, r in sorted(facts.records.reviews.items())}
    yield "reviews.json", bundle.dumps(reviews) + b"\n"


def _maps(facts: Facts, account: about.Account) -> Files:
    yield "incidents.gpkg", geopackage.encode(facts)
    yield "incidents.kml", kml.pieces(facts)


def _workbook(facts: Facts, account: about.Account) -> Files:
    yield "incidents.xlsx", workbook.encode(facts)


def _schemes(facts: Facts, account: about.Account) -> Files:
    for scheme in SCHEMES:
        written = Written()
        yield scheme.path, pieces(scheme, facts, written)
        account.schemes.append((scheme, written.losses, written.rows))
        yield f"schemes/{scheme.name}.losses.json", bundle.dumps(written.losses.rows()) + b"\n"
    yield "schemes/LOSSES.md", about.losses(account, len(facts.incidents)).encode("utf-8", "replace")


def _report(facts: Facts, account: about.Account) -> Files:
    for language in paper.LANGUAGES:
        yield f"report/report.{language}.html", paper.html(facts, language=language).encode("utf-8", "replace")


def _pdf(facts: Facts, account: about.Account) -> Files:
    for language in paper.LANGUAGES:
        yield f"report/report.{language}.pdf", paper.pdf(facts, language=language)


def _site(facts: Facts, account: about.Account) -> Files:
    yield from site.files(facts)


def _figures(facts: Facts, account: about.Account) -> Files:
    for name in charts.FIGURES:
        for form in charts.FORMS:
            yield f"figures/{name}.{form}", charts.draw(facts, name, form=form)
            yield f"figures/{name}.uk.{form}", charts.draw(facts, name, form=form, language="uk")


PARTS: dict[str, Callable[[Facts, about.Account], Files]] = {
    "data": _data, "maps": _maps, "workbook": _workbook, "schemes": _schemes, "report": _report, "pdf": _pdf, "site": _site, "figures": _figures,
}  # fmt: skip
"""The parts of a publication by name. ``workbook``, ``pdf`` and ``figures`` need extras."""


def publish(view: PublicView | RestrictedView, folder: Path | str, *, without: Collection[str] = ()) -> tuple[Path, ...]:
    """Write a publication of ``view`` into ``folder`` and return the paths, sorted. An earlier publication there is replaced as a whole.

    ``without`` names parts (see :data:`PARTS`) that are left out; ``data`` cannot be.

    Raises:
        TypeError: when ``view`` did not go through the redactor.
        UsageError: WM605 when the folder holds anything but a publication, WM607 for an unknown part.
        DataError: WM611 or WM612 when a part needs a library that is not there. Nothing is replaced then.
        CaseError: WM307 when the folder cannot be written.
    """
    require_shared(view)
    unknown = [p for p in without if p not in PARTS or p == "data"]
    if unknown:
        raise UsageError("WM607", f"{', '.join(unknown)}; parts are {', '.join(p for p in PARTS if p != 'data')}")
    target = Path(folder)
    _require_ours(target)
    draft = target.with_name(target.name + ".partial")
    try:
        if draft.exists():
            shutil.rmtree(draft)
        with no_collection():
            facts = facts_of(view)
            written = bundle.write_folder(draft, _files(facts, [p for p in PARTS if p not in without], draft), _contents(facts, without))
        if target.exists():
            shutil.rmtree(target)
        draft.rename(target)
    except OSError as error:
        raise CaseError("WM307", error.strerror or str(error), origin=str(folder)) from error
    return tuple(sorted(target / p.relative_to(draft) for p in written))


def _require_ours(target: Path) -> None:
    """The folder is new, empty, or holds a publication and nothing else: only then may it be replaced."""
    if not target.exists() or not any(target.iterdir()):
        return
    try:
        manifest = json.loads((target / "manifest.json").read_bytes())
        listed = {*manifest["files"], "manifest.json", "SHA256SUMS"} if manifest.get("format") == FORMAT else set()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        listed = set()
    strange = [p for p in target.rglob("*") if p.is_file() and p.relative_to(target).as_posix() not in listed]
    if not listed or strange:
        raise UsageError("WM605", strange[0].relative_to(target).as_posix() if strange else "", origin=str(target))


TABLES_AND_MAPS = ("data", "maps", "workbook")
"""What a second process writes where there is one: about half of the work."""


def _files(facts: Facts, parts: Iterable[str], draft: Path) -> Files:
    account = about.Account()
    sizes: dict[str, bundle.Done] = {}
    tables = [p for p in parts if p in TABLES_AND_MAPS]
    others = [p for p in parts if p not in TABLES_AND_MAPS]
    if beside.worth_it(len(facts.incidents)):
        other = beside.begin(draft, _of_parts(facts, tables, account, {}))
        try:
            yield from _of_parts(facts, others, account, sizes)
            for name, done in other.wait():
                sizes[name] = done
                yield name, done
        finally:
            other.stop()
    else:
        yield from _of_parts(facts, [*tables, *others], account, sizes)
    yield from _about(facts, account, sizes)


def _of_parts(facts: Facts, parts: Iterable[str], account: about.Account, sizes: dict[str, bundle.Done]) -> Files:
    for part in parts:
        for name, content in PARTS[part](facts, account):
            yield name, _measured(name, content, sizes) if name.endswith(".csv") else content


def _about(facts: Facts, account: about.Account, sizes: dict[str, bundle.Done]) -> Files:
    yield "policy.json", (json.dumps({**asdict(facts.view.policy), "sha256": facts.view.policy.digest}, indent=1) + "\n").encode()
    yield "datapackage.json", packaging.datapackage(facts, account, sizes)
    yield "DATA-DICTIONARY.md", about.dictionary(account).encode("utf-8", "replace")
    yield "README.md", about.readme(facts, account).encode("utf-8", "replace")
    yield "verify.py", resources.files("witnessmark.ledger").joinpath("verify.py").read_bytes()


def _measured(name: str, content: bundle.Content, sizes: dict[str, bundle.Done]) -> Iterator[bytes]:
    """``content`` as it is; its size and hash are noted under ``name`` when all of it was written."""
    size, digest = 0, hashlib.sha256()
    assert not isinstance(content, bundle.Done)  # parts make their files here
    for piece in (content,) if isinstance(content, bytes) else content:
        size += len(piece)
        digest.update(piece)
        yield piece
    sizes[name] = bundle.Done(size, digest.hexdigest())


def _contents(facts: Facts, without: Collection[str]) -> dict[str, object]:
    view, records = facts.view, facts.records
    return {
        "format": FORMAT,
        "producer": records.producer,
        "audience": view.policy.audience,
        "review": records.review_summary,
        "policy": {"id": view.policy.identifier, "sha256": view.policy.digest},
        "as_of": view.as_of.isoformat(),
        "withheld": dict(view.withheld),
        "left_out": sorted(without),
        "totals": jsonform.plain(records.totals),
        "ledger": jsonform.plain(records.ledger),
        "records": bundle.records_of(records),
        "tables": {t.name: {"meaning": t.meaning, "columns": jsonform.plain(t.columns)} for t in TABLES},
        "schemes": {s.name: {"version": s.version, "file": s.path} for s in SCHEMES} if "schemes" not in without else {},
    }
