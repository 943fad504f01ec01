"""Witnessmark: reads narrative reports of attacks and makes the record that can be checked.

    import witnessmark

    case = witnessmark.read(["reports/"])
    for incident in case.incidents:
        ...

Nothing heavy is imported until it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from witnessmark.case import Case, InputRecord, Why, open_case
    from witnessmark.desk import Desk, Filter
    from witnessmark.desk.reading import reading
    from witnessmark.errors import WitnessmarkError
    from witnessmark.evaluation import Evaluation, evaluate
    from witnessmark.facade import Gathered, default_policy, diff, gather, merge_table, read
    from witnessmark.gazetteer import GazetteerInfo, PlaceRecord, build_gazetteer, find_place, gazetteer_info
    from witnessmark.pipeline import Progress
    from witnessmark.proposals import LanguageModel
    from witnessmark.publish.listing import Listing, assessment, explain, explain_merge, overview, show, weigh
    from witnessmark.publish.patterns import Patterns
    from witnessmark.review.values import decided_value, places_named

__version__ = "0.1.0"

__all__ = [
    "Case", "Desk", "Evaluation", "Filter", "Gathered", "GazetteerInfo", "InputRecord", "LanguageModel", "Listing", "Patterns", "PlaceRecord",
    "Progress", "Why",
    "WitnessmarkError", "__version__", "assessment", "build_gazetteer", "decided_value", "default_policy", "diff", "evaluate", "explain",
    "explain_merge", "find_place", "gather", "gazetteer_info", "merge_table", "open_case", "overview", "places_named", "read", "reading", "show",
    "weigh",
]  # fmt: skip

_HOMES = {
    "Case": "witnessmark.case",
    "Desk": "witnessmark.desk",
    "Evaluation": "witnessmark.evaluation",
    "Filter": "witnessmark.desk",
    "Gathered": "witnessmark.facade",
    "GazetteerInfo": "witnessmark.gazetteer",
    "InputRecord": "witnessmark.case",
    "LanguageModel": "witnessmark.proposals",
    "Listing": "witnessmark.publish.listing",
    "Patterns": "witnessmark.publish.patterns",
    "PlaceRecord": "witnessmark.gazetteer",
    "Progress": "witnessmark.pipeline",
    "Why": "witnessmark.case",
    "WitnessmarkError": "witnessmark.errors",
    "assessment": "witnessmark.publish.listing",
    "decided_value": "witnessmark.review.values",
    "build_gazetteer": "witnessmark.gazetteer",
    "default_policy": "witnessmark.facade",
    "diff": "witnessmark.facade",
    "evaluate": "witnessmark.evaluation",
    "explain": "witnessmark.publish.listing",
    "explain_merge": "witnessmark.publish.listing",
    "find_place": "witnessmark.gazetteer",
    "gather": "witnessmark.facade",
    "gazetteer_info": "witnessmark.gazetteer",
    "merge_table": "witnessmark.facade",
    "open_case": "witnessmark.case",
    "overview": "witnessmark.publish.listing",
    "places_named": "witnessmark.review.values",
    "read": "witnessmark.facade",
    "reading": "witnessmark.desk.reading",
    "show": "witnessmark.publish.listing",
    "weigh": "witnessmark.publish.listing",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'witnessmark' has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
