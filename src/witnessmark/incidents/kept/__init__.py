"""Merging that goes on from where it stood: new documents are held against what shares a block with them, and only the groups that this touches are
formed again. What comes out is what :func:`witnessmark.incidents.merge` makes of all claims at once."""

from witnessmark.incidents.kept.renewing import Part, Renewal, Told, formed, renew
from witnessmark.incidents.kept.store import KeptStore

__all__ = ["KeptStore", "Part", "Renewal", "Told", "formed", "renew"]
