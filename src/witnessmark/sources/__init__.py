"""Sources: paths, URLs, archives and exports become raw items or coded problems. Nothing is parsed for its text here."""

from witnessmark.sources.collect import collect
from witnessmark.sources.items import Limits, RawItem
from witnessmark.sources.shares import WHOLE, Share

__all__ = ["WHOLE", "Limits", "RawItem", "Share", "collect"]
