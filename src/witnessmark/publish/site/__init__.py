"""The static site of a publication: map, timeline, list and a page for each incident. It opens from a folder and asks no other host for anything."""

from witnessmark.publish.site.pages import files

__all__ = ["files"]
