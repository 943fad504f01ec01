"""Assembling: mentions are tied to incidents. The only part of the claims package that sees every kind of mention."""

from witnessmark.claims.assemble.claims import assemble
from witnessmark.claims.assemble.findings import Findings, find_all, find_signs
from witnessmark.claims.assemble.gate import may_tell

__all__ = ["Findings", "assemble", "find_all", "find_signs", "may_tell"]
