"""Documents: a capture's bytes become canonical text with parts, language, dates and a map back to the bytes."""

from witnessmark.documents.strings import text_document

__all__ = ["text_document"]
