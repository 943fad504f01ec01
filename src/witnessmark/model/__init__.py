"""The records: frozen, typed, no input or output."""

from witnessmark.model.assessments import AsOf, Assessment, Origin, Position, Reason, Telling
from witnessmark.model.captures import Capture
from witnessmark.model.claims import INCIDENT_FIELDS, Contradiction, FieldValue, IncidentClaim, SeriesClaim
from witnessmark.model.decisions import DecidedValue, Decision, TermValue
from witnessmark.model.documents import READABLE_PARTS, Document, OffsetMap, OffsetSegment, Part, Problem
from witnessmark.model.incidents import Bound, Incident, MergeReason, TollRange
from witnessmark.model.mentions import Candidate, Mention, mention
from witnessmark.model.producers import Producer
from witnessmark.model.spans import Span, cover
from witnessmark.model.statements import Speaker, Statement
from witnessmark.model.values import (
    ActorValue,
    ActValue,
    BreakdownValue,
    DateValue,
    HarmValue,
    MunitionValue,
    ObjectValue,
    PlaceCandidate,
    PlaceValue,
    Quantity,
)

__all__ = [
    "INCIDENT_FIELDS",
    "READABLE_PARTS",
    "ActValue",
    "ActorValue",
    "AsOf",
    "Assessment",
    "Bound",
    "BreakdownValue",
    "Candidate",
    "Capture",
    "Contradiction",
    "DateValue",
    "DecidedValue",
    "Decision",
    "Document",
    "FieldValue",
    "HarmValue",
    "Incident",
    "IncidentClaim",
    "Mention",
    "MergeReason",
    "MunitionValue",
    "ObjectValue",
    "OffsetMap",
    "OffsetSegment",
    "Origin",
    "Part",
    "PlaceCandidate",
    "PlaceValue",
    "Position",
    "Problem",
    "Producer",
    "Quantity",
    "Reason",
    "SeriesClaim",
    "Span",
    "Speaker",
    "Statement",
    "Telling",
    "TermValue",
    "TollRange",
    "cover",
    "mention",
]
