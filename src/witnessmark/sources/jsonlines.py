"""JSON texts as containers: one record a line, an array of records, or one record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, BinaryIO

from witnessmark.sources.fields import locator, record_hints
from witnessmark.sources.items import Intake, Outcome, Outcomes
from witnessmark.sources.jsonranges import elements
from witnessmark.sources.lines import capped_lines

RECORD_TYPE = "application/json"
_BOM = b"\xef\xbb\xbf"


def read_json_lines(stream: BinaryIO, intake: Intake) -> Outcomes:
    """One item for each line; its data are the line's bytes without the line end."""
    for number, line in capped_lines(stream, intake.limits.item):
        if line is None:
            yield intake.problem("WM105", item=f"line {number}")
            continue
        data = line.removeprefix(_BOM) if number == 1 else line
        data = data.strip(b" \t\r\n")
        if data:
            yield _line_item(data, number, intake)


def _line_item(data: bytes, number: int, intake: Intake) -> Outcome:
    where = f"line {number}"
    try:
        record = json.loads(data)
    except RecursionError:
        return intake.problem("WM212", item=where)
    except ValueError as error:
        return intake.problem("WM109", f"not JSON: {type(error).__name__}", item=where)
    return record_item(record, data, "line", number, intake)


def record_item(record: Any, data: bytes, kind: str, number: int, intake: Intake) -> Outcome:
    """The item of one record, or WM110 when it has no text."""
    hints = record_hints(record) if isinstance(record, Mapping) else None
    if hints is None:
        return intake.problem("WM110", item=f"{kind} {number}")
    return intake.item(data, RECORD_TYPE, item=locator(kind, number, hints), hints=hints, method="jsonl")


def read_json_array(text: str, intake: Intake) -> Outcomes:
    """One item for each element of the array that ``text`` is; its data are the element in UTF-8, as written."""
    number = 0
    try:
        for element in elements(text):
            number += 1
            data = text[element.start : element.end].encode("utf-8", "surrogatepass")
            if len(data) > intake.limits.item:
                yield intake.problem("WM105", item=f"record {number}")
            else:
                yield record_item(element.value, data, "record", number, intake)
    except RecursionError:
        yield intake.problem("WM212", item=f"record {number + 1}")
    except ValueError as error:
        yield intake.problem("WM109", f"not JSON: {type(error).__name__}", item=f"record {number + 1}")
