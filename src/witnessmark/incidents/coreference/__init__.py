"""Which mentions of events, in one document or in several, are of one event."""

from witnessmark.incidents.coreference.grouping import corefer
from witnessmark.incidents.coreference.mentions import EventMention, Text

__all__ = ["EventMention", "Text", "corefer"]
