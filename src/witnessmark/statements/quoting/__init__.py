"""Quotations: who says what, with the words of all three parts. A model where the language has one, else the rules of the shallow grammar."""

from __future__ import annotations

from collections.abc import Iterator

from witnessmark.statements.encoding import load_encoding
from witnessmark.statements.quoting.find import model_quotations
from witnessmark.statements.quoting.rules import Quotation, rule_quotations
from witnessmark.statements.reading import Reading

__all__ = ["Quotation", "quotations"]


def quotations(reading: Reading) -> Iterator[Quotation]:
    """Every quotation of ``reading``, direct or indirect, in text order; what is said may run over several sentences.

    Raises:
        DataError: WM401 when the lexicon or the model of the language cannot be read.
    """
    model = load_encoding(reading.document.language)
    return rule_quotations(reading) if model is None else model_quotations(reading, model)
