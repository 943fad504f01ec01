"""Statements: sentence by sentence, how it is said and by whom."""

from witnessmark.statements.quoting import Quotation, quotations
from witnessmark.statements.read import read_statements
from witnessmark.statements.reading import Reading, Sentence

__all__ = ["Quotation", "Reading", "Sentence", "quotations", "read_statements"]
