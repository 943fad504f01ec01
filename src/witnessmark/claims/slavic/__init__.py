"""Finders of mentions in Ukrainian and Russian reports.

The same records as the English finders give, read by other means: words stand in their cases and in any order, there are no articles, and one
lexicon form is the stem of many. Whatever ties mentions to incidents is shared with English.
"""

LANGUAGES = ("uk", "ru")
"""Languages that these finders read."""
