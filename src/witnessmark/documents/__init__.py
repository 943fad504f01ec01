"""Documents: a capture's bytes become canonical text with parts, language, dates and a map back to the bytes."""

from witnessmark.documents.outcomes import DocumentOutcome
from witnessmark.documents.reader import read_item, record_id
from witnessmark.documents.strings import text_document

__all__ = ["DocumentOutcome", "read_item", "record_id", "text_document"]
