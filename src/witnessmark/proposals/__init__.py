"""Proposals: a language model that somebody runs may propose words; what they say is read by the rules' own resolvers.

Never used unless asked for. The model sees one document at a time and answers with quotes only; a quote that is not in the document, or that
bears no value of its field, is dropped and counted. See ``docs/decisions/0020-a-language-model-proposes-words.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from witnessmark.proposals.settings import LanguageModel

if TYPE_CHECKING:
    from witnessmark.claims import Claims
    from witnessmark.proposals.records import Proposed
    from witnessmark.statements import Reading


def propose(reading: Reading, claims: Claims, model: LanguageModel) -> Proposed:
    """``claims`` of the rules with what ``model`` proposes about the document put beside them; see :func:`witnessmark.proposals.asking.propose`."""
    from witnessmark.proposals.asking import propose as ask

    return ask(reading, claims, model)


def load() -> None:
    """Import and read all that asking needs.

    Raises:
        DataError: WM403 when the list of patterns is missing or wrong.
    """
    from witnessmark.proposals import asking, instructions

    _ = asking.propose
    instructions.addresses_a_model("")


__all__ = ["LanguageModel", "load", "propose"]
