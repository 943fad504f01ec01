"""Addresses of sources: an outlet's page may be named, a person's post may not."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from witnessmark.model import Document
from witnessmark.publish.redaction import lexicon
from witnessmark.publish.redaction.contacts import find_contacts
from witnessmark.publish.redaction.policy import Policy

OUTLETS = frozenset({
    "wire_agency", "national_media", "local_media", "international_media", "state_media", "UN_or_IGO", "NGO_monitor", "human_rights_org", "court",
    "military_official", "civil_official", "aggregator_or_map",
})  # fmt: skip
"""Source types that publish under their own name."""

_POSTS = re.compile(
    r"(?:^|\.)(?:t\.me|telegram\.\w+|x\.com|twitter\.com|facebook\.com|fb\.\w+|vk\.com|vk\.ru|ok\.ru|instagram\.com|tiktok\.com|youtube\.com|youtu\.be|"
    r"threads\.net|mastodon\.\w+|bsky\.app|reddit\.com|tumblr\.com|blogspot\.\w+|wordpress\.com|medium\.com|livejournal\.com|drive\.google\.com|"
    r"dropbox\.com|whatsapp\.com|discord\.\w+|rutube\.ru|dzen\.ru|substack\.com|imgur\.com|flickr\.com|signal\.\w+|viber\.com)$"
)
_HOST = re.compile(r"(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_PATH = 200


def published_link(document: Document, policy: Policy, names: frozenset[str]) -> str:
    """The address of ``document`` as ``policy`` lets it be named; empty when it may not."""
    if policy.links == "none":
        return ""
    try:
        parts = urlsplit(document.origin)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or parts.username is not None:
        return ""
    if policy.links == "full":
        return document.origin
    if _POSTS.search(host) or document.publisher_type not in OUTLETS or _tells(host.replace(".", " ").replace("-", " "), names):
        return ""
    if policy.links == "host" or _doubtful_path(parts.path, names):
        return f"{parts.scheme}://{host}/"
    return f"{parts.scheme}://{host}{parts.path}"


def _doubtful_path(path: str, names: frozenset[str]) -> bool:
    """True unless every word of the path is a common word or a place, and no number of it is long."""
    if len(path) > _LONGEST_PATH or "%" in path or any(find_contacts(path.replace("-", " "))) or re.search(r"\d{9}", path):
        return True
    return _tells(path, names)


def _tells(text: str, names: frozenset[str]) -> bool:
    for found in _WORD.finditer(text):
        word = lexicon.folded(found[0])
        if word in names or (len(word) > 3 and lexicon.is_given(word)):
            return True
        if text.startswith("/") and len(word) > 3 and not (lexicon.is_known(word) or lexicon.opens_sentences(word)):
            return True
    return False


def published_publisher(document: Document, names: frozenset[str]) -> str | None:
    """The name of an outlet; None for a person, a channel, or a name that may be a person's."""
    name = document.publisher
    if name is None or document.publisher_type not in OUTLETS or any(find_contacts(name)):
        return None
    words = [lexicon.folded(w) for w in _WORD.findall(name)]
    strange = [w for w in words if w not in lexicon.MEDIA_WORDS and not lexicon.is_known(w) and not lexicon.opens_sentences(w)]
    if any(w in names for w in words) or len(strange) > 1 or len(strange) == len(words):
        return None
    return name
