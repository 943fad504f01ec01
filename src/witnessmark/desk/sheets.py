"""Filled sheets that wait to be looked through, and saving them. What a sheet is and what it would decide is in :mod:`witnessmark.desk.sheet`."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from witnessmark.errors import UsageError

if TYPE_CHECKING:
    from witnessmark.desk.overview import Filter
    from witnessmark.desk.session import Desk
    from witnessmark.desk.sheet import Plan
    from witnessmark.publish.formats.workbook import SheetDecisions

HELD = 8
"""Filled sheets that wait to be looked through."""


class Sheets:
    """A sheet out, decisions back in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._held: OrderedDict[str, SheetDecisions] = OrderedDict()

    def out(self, wanted: Filter, *, tell: Callable[[object, str], str] | None = None) -> bytes:
        """The values of the incidents that ``wanted`` lets pass as a workbook to fill in; ``tell`` says a value in words.

        Raises:
            DataError: WM611 when openpyxl is not installed.
        """
        from witnessmark.desk import sheet

        self._desk.refresh()
        return sheet.write(self._desk, wanted, tell=tell)

    def take(self, data: bytes) -> str:
        """Take in a filled workbook, ours or that of a publication, and give a key for :meth:`plan` and :meth:`save`. Nothing is saved.

        Raises:
            UsageError: WM603 when it is no workbook of ours, WM604 with every line that cannot be used.
            DataError: WM611 when openpyxl is not installed.
        """
        from witnessmark.desk import sheet

        key = hashlib.sha256(data).hexdigest()[:20]
        self._held[key] = sheet.take(data)
        while len(self._held) > HELD:
            self._held.popitem(last=False)
        return key

    def plan(self, key: str, *, reviewer: str) -> Plan:
        """What the workbook with this key would decide in the name of ``reviewer``.

        Raises:
            UsageError: WM001 when there is none; the desk keeps the last ones only, until it is closed.
        """
        from witnessmark.desk import sheet

        if key not in self._held:
            raise UsageError("WM001", origin=key)
        self._desk.refresh()
        return sheet.plan(self._desk, self._held[key], reviewer=reviewer)

    def save(self, key: str, *, reviewer: str, role: str = "lead") -> int:
        """Save what :meth:`plan` shows, and give the number of decisions."""
        from witnessmark.desk import sheet

        return sheet.save(self._desk, self.plan(key, reviewer=reviewer), reviewer=reviewer, role=role)
