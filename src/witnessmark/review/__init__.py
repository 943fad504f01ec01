"""Review: what people decided, kept as ledger events, and what follows from it. Nothing that a person entered is changed or removed."""

from witnessmark.review.agreement import Agreement, agreements
from witnessmark.review.apply import apply
from witnessmark.review.log import ACTION, read_decisions, write_decision
from witnessmark.review.reviewed import Reviewed, reviewed_records
from witnessmark.review.standing import Key, Standing, Standings

__all__ = [
    "ACTION",
    "Agreement",
    "Key",
    "Reviewed",
    "Standing",
    "Standings",
    "agreements",
    "apply",
    "read_decisions",
    "reviewed_records",
    "write_decision",
]
