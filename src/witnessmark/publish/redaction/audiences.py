"""The kinds of view that may leave, as types. Only :func:`witnessmark.publish.redaction.redact` can make one.

The rule is held twice: a type checker refuses an internal view where a shared one is asked for, and at run time a shared view cannot be
made without the key that only the redactor has.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from witnessmark.model.assessments import Assessment
from witnessmark.publish.redaction.policy import Policy
from witnessmark.publish.view import CaseView


class _Key:
    """What the redactor shows to prove that it is the redactor."""


KEY: Final = _Key()


@dataclass(frozen=True)
class SharedView:
    """A view that went through the redactor.

    ``records`` are the records that may leave; ``policy`` the policy that was applied; ``as_of`` the day that the embargo was counted
    from; ``withheld`` how many of what were taken out; ``assessments`` what the claims of each incident are worth together, by its id.

    Raises:
        TypeError: when it is made by anything but the redactor.
    """

    records: CaseView
    policy: Policy
    as_of: dt.date
    withheld: Mapping[str, int]
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    key: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.key is not KEY or type(self) is SharedView:
            raise TypeError("a view that may leave is made by redact(view, policy) and by nothing else")


class PublicView(SharedView):
    """For everybody."""


class RestrictedView(SharedView):
    """For named partners who agreed to keep it to themselves."""


def require_shared(view: object) -> None:
    """Refuse what did not go through the redactor.

    Raises:
        TypeError: when ``view`` is neither public nor restricted.
    """
    if not isinstance(view, PublicView | RestrictedView):
        raise TypeError(f"a publication is made of a redacted view, not of {type(view).__name__}")
