"""A publication: the folder that leaves the house, with every format of a redacted view, its losses, its dictionary and the means to check it."""

from witnessmark.publish.publication.differences import Change, Difference, compare
from witnessmark.publish.publication.write import PARTS, publish

__all__ = ["PARTS", "Change", "Difference", "compare", "publish"]
