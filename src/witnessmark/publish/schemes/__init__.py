"""Other schemes of conflict data: one small module each, which names the scheme's version and fields and says what it cannot carry over.

An adapter is a :class:`~witnessmark.publish.schemes.base.Scheme`: its fields in order, and a function that gives one row (or none) for an
incident and tells the :class:`~witnessmark.publish.schemes.base.Losses` what was dropped, assumed or left out.
"""

from __future__ import annotations

from witnessmark.publish.schemes import (
    acled,
    airwars,
    aoav,
    atlos,
    claimreview,
    followthemoney,
    hxl,
    plover,
    timemap,
    ucdp,
    viina,
)  # fmt: skip
from witnessmark.publish.schemes.base import Field, Losses, Scheme, Written, encode, pieces

__all__ = ["SCHEMES", "Field", "Losses", "Scheme", "Written", "encode", "pieces"]

SCHEMES: tuple[Scheme, ...] = (
    acled.SCHEME, ucdp.SCHEME, *viina.SCHEMES, airwars.SCHEME, aoav.SCHEME, plover.SCHEME, timemap.SCHEME, atlos.SCHEME, hxl.SCHEME,
    followthemoney.SCHEME, claimreview.SCHEME,
)  # fmt: skip
"""Every adapter."""
