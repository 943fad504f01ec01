"""A messenger's JSON export in the shape of Telegram's ``result.json``: one item for each message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from witnessmark.sources.items import Intake, Outcomes
from witnessmark.sources.jsonranges import Located, elements, located, members

MESSAGE_TYPE = "application/vnd.witnessmark.message+json"


def looks_like_export(head: str) -> bool:
    """True when the beginning of a JSON text shows a message list."""
    return '"messages"' in head and '"id"' in head or '"chats"' in head and '"list"' in head


def read_export(text: str, intake: Intake) -> Outcomes:
    """Items of all messages with text; their data are the message object in UTF-8, as written.

    Messages without text (pictures, service notices) are counted in one problem WM110 for the whole export.
    """
    without = 0
    try:
        for channel, message in _messages(text):
            if not isinstance(message.value, Mapping) or not plain_text(message.value.get("text")).strip():
                without += 1
                continue
            data = text[message.start : message.end].encode("utf-8", "surrogatepass")
            hints = _hints(message.value, channel)
            yield intake.item(data, MESSAGE_TYPE, item=f"message {hints.get('id', '?')}", hints=hints, method="messenger")
    except RecursionError:
        yield intake.problem("WM212")
    except ValueError as error:
        yield intake.problem("WM109", f"not JSON: {type(error).__name__}")
    if without:
        yield intake.problem("WM110", f"{without} messages without text")


def plain_text(value: Any) -> str:
    """The words of a message's ``text``: a string, or a list of strings and of objects with a ``text`` of their own."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(p if isinstance(p, str) else str(p.get("text", "")) if isinstance(p, Mapping) else "" for p in value)
    return ""


def _messages(text: str) -> Iterator[tuple[str, Located]]:
    """Messages with the name of their chat, of an export of one chat or of an account."""
    for key, at in members(text):
        if key == "messages":
            name = _chat_name(text, 0)
            yield from ((name, m) for m in elements(text, at))
        elif key in ("chats", "left_chats"):
            for inner, list_at in members(text, at):
                if inner == "list":
                    yield from _chat_list(text, list_at)


def _chat_list(text: str, at: int) -> Iterator[tuple[str, Located]]:
    for chat in elements(text, at):
        name = str(chat.value.get("name") or "") if isinstance(chat.value, Mapping) else ""
        for key, messages_at in members(text, chat.start):
            if key == "messages":
                yield from ((name, m) for m in elements(text, messages_at))


def _chat_name(text: str, at: int) -> str:
    """The chat's name, when it is told before the messages are, as Telegram does."""
    for key, start in members(text, at):
        if key == "name":
            return str(located(text, start).value or "")
        if key == "messages":
            break
    return ""


def _hints(message: Mapping[str, Any], channel: str) -> dict[str, str]:
    hints = {"text_field": "text", "publisher_type": "social_post_channel"}
    publisher = channel or message.get("from") or ""
    if isinstance(publisher, str) and publisher:
        hints["publisher"] = publisher
    for key, name in (("id", "id"), ("date", "published")):
        if isinstance(message.get(key), (str, int)):
            hints[name] = str(message[key])
    return hints
