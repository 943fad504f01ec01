"""Records to plain data and back: one codec per type, derived from the annotations.

Dataclasses become objects with every public field, tuples become lists, days become ``YYYY-MM-DD``, moments ISO 8601 with their offset.
A field that may hold one of several records gets the record's class name under ``"type_"``. Private fields (leading underscore) are
derived and therefore left out. ``from_data(T, to_data(x)) == x`` holds for every record ``x`` of type ``T``.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

TAG = "type_"
"""Key that names the class where a field may hold one of several records; no record has a field of that name."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How values of one type are written and read; ``encode`` is None where the value is plain data already."""

    encode: Callable[[Any], Any] | None
    decode: Callable[[Any], Any]


def to_data(record: object) -> dict[str, Any]:
    """``record`` (a dataclass instance) as plain data that :func:`json.dumps` takes.

    Raises:
        TypeError: when ``record`` or one of its fields is of a type that records do not have.
        ValueError: for a moment without an offset from UTC.
    """
    kind: Any = type(record)
    encode = codec(kind).encode
    if encode is None:
        raise TypeError(f"not a record: {kind.__name__}")
    data: dict[str, Any] = encode(record)
    return data


def from_data(kind: type[T], data: Mapping[str, Any]) -> T:
    """The record of type ``kind`` (generics with their parameter, as in ``Mention[PlaceValue]``) that ``data`` was made from.

    A missing key takes the field's default, so that data of older versions can be read.

    Raises:
        ValueError: when ``data`` does not have the shape of ``kind``.
    """
    annotation: Any = kind
    record: T = codec(annotation).decode(data)
    return record


def canonical(data: object) -> bytes:
    """Canonical JSON: keys sorted, no spaces, ASCII only, no NaN. Equal data gives equal bytes."""
    return _CANONICAL(data).encode("ascii")


def compact(data: object) -> str:
    """One line of ASCII JSON in the order of the fields, the form that table rows keep."""
    return _COMPACT(data)


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False).encode
_COMPACT = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


def storable(text: str) -> str:
    """``text`` with lone surrogates as backslash escapes, for stores that hold only valid Unicode (SQLite, Parquet)."""
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


@functools.cache
def codec(annotation: Any) -> Codec:
    """The codec of a type annotation.

    Raises:
        TypeError: for annotations that records do not use.
    """
    if annotation in _PLAIN:
        return Codec(None, _plain(annotation))
    if annotation is float:
        return Codec(None, _float)
    if annotation is dt.datetime:
        return Codec(_moment, _read_moment)
    if annotation is dt.date:
        return Codec(dt.date.isoformat, _day)
    if isinstance(annotation, TypeVar):
        return Codec(_encode_any, _refuse)
    origin = typing.get_origin(annotation)
    if origin is tuple:
        return _tuple_codec(typing.get_args(annotation))
    if origin is types.UnionType or origin is typing.Union:
        return _union_codec(typing.get_args(annotation))
    if dataclasses.is_dataclass(origin or annotation):
        return _record_codec(annotation)
    raise TypeError(f"no codec for {annotation!r}")


_PLAIN = (str, int, bool, type(None))


def _unlike(expected: str, value: object) -> ValueError:
    return ValueError(f"expected {expected}, found {type(value).__name__}")


def _plain(kind: type) -> Callable[[Any], Any]:
    def decode(value: Any) -> Any:
        if type(value) is not kind:
            raise _unlike(kind.__name__, value)
        return value

    return decode


def _float(value: Any) -> float:
    if type(value) not in (int, float):
        raise _unlike("a number", value)
    return float(value)


def _moment(value: dt.datetime) -> str:
    if value.utcoffset() is None:
        raise ValueError("a moment needs its offset from UTC")
    return value.isoformat()


def _read_moment(value: Any) -> dt.datetime:
    return dt.datetime.fromisoformat(_text(value))


def _day(value: Any) -> dt.date:
    return dt.date.fromisoformat(_text(value))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _unlike("text", value)
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _unlike("a list", value)
    return value


def _encode_any(value: Any) -> Any:
    kind: Any = type(value)
    encode = codec(kind).encode
    return value if encode is None else encode(value)


def _refuse(value: Any) -> Any:
    raise ValueError("name the parameter of the generic record, as in Mention[PlaceValue]")


def _tuple_codec(arguments: tuple[Any, ...]) -> Codec:
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        item = codec(arguments[0])
        encode, decode = item.encode, item.decode
        if encode is None:
            return Codec(list, lambda value: tuple([decode(v) for v in _list(value)]))
        return Codec(lambda value: [encode(v) for v in value], lambda value: tuple([decode(v) for v in _list(value)]))
    parts = [codec(a) for a in arguments]

    def decode_fixed(value: Any) -> tuple[Any, ...]:
        return tuple(p.decode(v) for p, v in zip(parts, _list(value), strict=True))

    return Codec(lambda value: [v if p.encode is None else p.encode(v) for p, v in zip(parts, value, strict=True)], decode_fixed)


def _union_codec(arguments: tuple[Any, ...]) -> Codec:
    kinds = tuple(a for a in arguments if a is not type(None))
    inner = codec(kinds[0]) if len(kinds) == 1 else _tagged_codec(kinds)
    if len(kinds) == len(arguments):
        return inner
    encode, decode = inner.encode, inner.decode
    optional = None if encode is None else (lambda value: None if value is None else encode(value))
    return Codec(optional, lambda value: None if value is None else decode(value))


def _tagged_codec(kinds: tuple[Any, ...]) -> Codec:
    by_name = {k.__name__: k for k in kinds}

    def encode(value: Any) -> dict[str, Any]:
        name = type(value).__name__
        if name not in by_name:
            raise TypeError(f"{name} is none of {', '.join(by_name)}")
        return {TAG: name, **to_data(value)}

    def decode(value: Any) -> Any:
        name = value.get(TAG) if isinstance(value, dict) else None
        if name not in by_name:
            raise ValueError(f"{name} is none of {', '.join(by_name)}")
        return from_data(by_name[name], {k: v for k, v in value.items() if k != TAG})

    return Codec(encode, decode)


def _record_codec(annotation: Any) -> Codec:
    kind = typing.get_origin(annotation) or annotation
    bound = dict(zip(getattr(kind, "__parameters__", ()), typing.get_args(annotation), strict=False))
    hints = typing.get_type_hints(kind)
    names = [f.name for f in dataclasses.fields(kind) if not f.name.startswith("_")]
    codecs = {name: codec(_bind(hints[name], bound)) for name in names}
    writers = [(name, codecs[name].encode) for name in names]

    def encode(record: Any) -> dict[str, Any]:
        return {name: getattr(record, name) if write is None else write(getattr(record, name)) for name, write in writers}

    def decode(data: Any) -> Any:
        if not isinstance(data, Mapping):
            raise _unlike(kind.__name__, data)
        try:
            return kind(**{name: codecs[name].decode(value) for name, value in data.items()})
        except KeyError as error:
            raise ValueError(f"{kind.__name__} has no field {error}") from error
        except TypeError as error:
            raise ValueError(f"not a {kind.__name__}: {error}") from error

    return Codec(encode, decode)


def _bind(annotation: Any, bound: Mapping[Any, Any]) -> Any:
    return bound.get(annotation, annotation) if isinstance(annotation, TypeVar) else annotation
