"""Assembling: mentions are tied to incidents. The only part of the claims package that sees every kind of mention."""

from witnessmark.claims.assemble.claims import assemble
from witnessmark.claims.assemble.findings import Findings, find_all

__all__ = ["Findings", "assemble", "find_all"]
