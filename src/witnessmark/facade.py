"""The main jobs in one call each."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from witnessmark.archive import CaseFolder
from witnessmark.case import Case, temporary_folder
from witnessmark.errors import UsageError
from witnessmark.pipeline import Options, run

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
        model: a language model that proposes values beside the rules; its words are checked and marked, see docs/guide.md. One on another
            machine needs ``allow_network``: the readable text of every document is sent to it.
        rules_only: read as if no language model had ever been asked; without it, what one proposed in an earlier run of ``case`` stays.
        progress: called after each step that is safe on disk.

    Raises:
        UsageError: WM002 without inputs and without a case, WM003 for a date that is none, WM034 or WM035 for the language model.
        CaseError: WM305, WM306, WM307: the case is in use, of a newer version, or cannot be written.
        IntegrityError: WM301, WM302 when what is stored is damaged.
    """
    names = [os.fspath(inputs)] if isinstance(inputs, str | os.PathLike) else [os.fspath(i) for i in inputs]
    if not names and case is None:
        raise UsageError("WM002")
    options = Options(_day(published), publisher, allow_network, max_bytes, workers, model=model, rules_only=rules_only)
    folder = temporary_folder() if case is None else CaseFolder(Path(case))
    if not names:
        folder.require()
    run(folder, names, options, progress)
    return Case(folder, temporary=case is None)


def merge_table(path: str | os.PathLike[str], *, threads: int = 1) -> MergedTable:
    """Merge a table of claims that others coded (one report a row) to incidents; see :func:`witnessmark.incidents.tables.merge_table`.

    Raises:
        UsageError: WM031 when the file cannot be read or lacks a column that merging needs.
    """
    from witnessmark.incidents.tables import merge_table as merge

    return merge(Path(path), threads=threads)


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
