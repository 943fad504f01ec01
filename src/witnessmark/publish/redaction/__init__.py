"""Redaction: the one step between a case and whatever leaves the house.

Three kinds of view exist. A :class:`~witnessmark.publish.view.CaseView` is internal. :func:`redact` makes a :class:`PublicView` or a
:class:`RestrictedView` of it, and is the only thing that can; every exporter of a publication takes one of these two and nothing else.
"""

from witnessmark.publish.redaction.audiences import PublicView, RestrictedView, SharedView
from witnessmark.publish.redaction.policy import Policy, default_policy_text, load_policy, parse_policy
from witnessmark.publish.redaction.redact import redact

__all__ = ["Policy", "PublicView", "RestrictedView", "SharedView", "default_policy_text", "load_policy", "parse_policy", "redact"]
