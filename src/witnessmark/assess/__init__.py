"""Assessing: how sure each field is, and what does not agree, inside a document and between documents."""

from witnessmark.assess.between import between_documents
from witnessmark.assess.confidence import with_confidence
from witnessmark.assess.voices import with_voices
from witnessmark.assess.within import within_document

__all__ = ["between_documents", "with_confidence", "with_voices", "within_document"]
