"""The main jobs in one call each."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.archive import CaseFolder
from witnessmark.case import Case, temporary_folder
from witnessmark.errors import UsageError
from witnessmark.pipeline import Options, run
from witnessmark.pipeline import gather as collect
from witnessmark.sources import Share

if TYPE_CHECKING:
    from witnessmark.incidents.tables import MergedTable
    from witnessmark.pipeline import ProgressCallback
    from witnessmark.proposals import LanguageModel
    from witnessmark.publish.publication import Difference


def read(
    inputs: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    *,
    case: str | os.PathLike[str] | None = None,
    published: dt.date | str | None = None,
    publisher: str | None = None,
    allow_network: bool = False,
    max_bytes: int = 32_000_000,
    workers: int = 1,
    engine: str = "local",
    shard: str = "1/1",
    model: LanguageModel | None = None,
    rules_only: bool = False,
    progress: ProgressCallback | None = None,
) -> Case:
    """Capture, read, resolve and merge ``inputs`` (files, folders, URLs, ``-``), and give the case.

    Args:
        inputs: one input or several; none goes on with what an earlier run of ``case`` left.
        case: the case folder, made when it is not there; without it the case is temporary and goes with the object.
        published: day of publication of all inputs (a date or YYYY-MM-DD), over what they say themselves.
        publisher: publisher of all inputs, over what they say themselves.
        allow_network: fetch URLs; nothing is fetched otherwise.
        max_bytes: no input larger than this is read.
        workers: processes that read documents.
        engine: "local", or "spark" to read and to compare claims there (the extra ``spark``, and Java); the case comes out the same.
        shard: "3/16" takes in the third of sixteen shares of the inputs; :func:`gather` puts the cases of all shares together.
        model: a language model that proposes values beside the rules; its words are checked and marked, see docs/guide.md. One on another
            machine needs ``allow_network``: the readable text of every document is sent to it.
        rules_only: read as if no language model had ever been asked; without it, what one proposed in an earlier run of ``case`` stays.
        progress: called after each step that is safe on disk.

    Raises:
        UsageError: WM002 without inputs and without a case, WM003 for a date that is none, WM007 or WM034 when Spark is not there, WM036 for a
            shard that is none or not that of the case, WM037 or WM038 for the language model.
        CaseError: WM305, WM306, WM307: the case is in use, of a newer version, or cannot be written.
        IntegrityError: WM301, WM302 when what is stored is damaged.
    """
    names = [os.fspath(inputs)] if isinstance(inputs, str | os.PathLike) else [os.fspath(i) for i in inputs]
    if not names and case is None:
        raise UsageError("WM002")
    options = Options(
        _day(published), publisher, allow_network, max_bytes, workers,
        engine=engine, share=Share.parse(shard), model=model, rules_only=rules_only,
    )  # fmt: skip
    folder = temporary_folder() if case is None else CaseFolder(Path(case))
    if not names:
        folder.require()
    run(folder, names, options, progress)
    return Case(folder, temporary=case is None)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The ``case`` of all shards that were gathered, and those of the same division that are still ``missing`` ("7/16")."""

    case: Case
    missing: tuple[str, ...]


def gather(
    case: str | os.PathLike[str],
    shards: Sequence[str | os.PathLike[str]],
    *,
    workers: int = 1,
    engine: str = "local",
    progress: ProgressCallback | None = None,
) -> Gathered:
    """Put cases that were read apart (:func:`read` with ``shard``) together in ``case``, which is made when it is not there.

    Its snapshot is that of one run over all inputs; the shards are not changed.

    Raises:
        UsageError: WM002 without shards, WM007 or WM034 when Spark is not there.
        CaseError: WM005, WM305, WM309, WM313: a shard is no case, is being written to, is not finished, or holds decisions; as :func:`read`.
        IntegrityError: WM301, WM302, WM310, WM312 when a case is damaged.
    """
    if not shards:
        raise UsageError("WM002")
    folder = CaseFolder(Path(case))
    options = Options(workers=workers, engine=engine)
    _, absent = collect(folder, [CaseFolder(Path(s)) for s in shards], options, progress)
    return Gathered(Case(folder), absent)


def merge_table(path: str | os.PathLike[str], *, threads: int = 1, engine: str = "local") -> MergedTable:
    """Merge a table of claims that others coded (one report a row) to incidents; see :func:`witnessmark.incidents.tables.merge_table`.

    Raises:
        UsageError: WM031 when the file cannot be read or lacks a column that merging needs, WM007 or WM034 when Spark is not there.
    """
    from witnessmark.incidents.tables import merge_table as merge

    return merge(Path(path), threads=threads, engine=engine)


def _day(published: dt.date | str | None) -> dt.date | None:
    if published is None or isinstance(published, dt.date):
        return published
    try:
        return dt.date.fromisoformat(published)
    except ValueError as error:
        raise UsageError("WM003", published) from error


def default_policy() -> str:
    """The documented default policy of a publication as TOML, to be copied and changed."""
    from witnessmark.publish.redaction import default_policy_text

    return default_policy_text()


def diff(first: str | os.PathLike[str], second: str | os.PathLike[str]) -> Difference:
    """What changed from the publication in the folder ``first`` to that in ``second``, each change with what caused it.

    Raises:
        UsageError: WM606 when one of the folders holds no publication.
    """
    from witnessmark.publish.publication import compare

    return compare(Path(first), Path(second))
