"""Tolls of people in Ukrainian and Russian, sentence by sentence."""

from witnessmark.claims.slavic.harm.find import find_harm

__all__ = ["find_harm"]
