"""Tolls of people: killed, injured, missing, detained, displaced ... as quantities with groups.

The way: a sentence with a word of harm becomes a :class:`~witnessmark.claims.harm.window.Window`; frames, running counts and absences find
tolls in it; parts are tied to their totals. Nothing here knows of places, dates or other fields.
"""

from witnessmark.claims.harm.find import find_harm

__all__ = ["find_harm"]
