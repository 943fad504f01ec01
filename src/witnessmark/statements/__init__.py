"""Statements: sentence by sentence, how it is said and by whom."""

from witnessmark.statements.quoting import Quotation, quotations
from witnessmark.statements.read import read_statements
from witnessmark.statements.reading import Reading, Sentence
from witnessmark.statements.telling import Telling, Tellings

__all__ = ["Quotation", "Reading", "Sentence", "Telling", "Tellings", "quotations", "read_statements"]
