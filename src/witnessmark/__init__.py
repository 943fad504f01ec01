"""Witnessmark: reads narrative reports of attacks and makes the record that can be checked."""

__version__ = "0.1.0"
