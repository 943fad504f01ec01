"""Assessing: what does not agree, inside a document and between documents."""

from witnessmark.assess.between import between_documents
from witnessmark.assess.within import within_document

__all__ = ["between_documents", "within_document"]
