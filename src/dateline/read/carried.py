"""What a child that reads sends back: its items as JSON, checked as they come.

A parser that was taken over may answer whatever it likes. So nothing is unpickled; each
field must be of its kind; of a source the bytes are taken, never the name of a file.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from dateline.model import Problem, Report, Source

Item = Report | Problem | Source
KINDS = {kind.__name__: kind for kind in (Report, Problem, Source)}


class NotCarried(ValueError):
    """Bytes that are no item; the message says what is wrong."""


def carry_item(item: Item | None) -> bytes:
    """Return an item as JSON, None as the sign that there are no more.

    >>> deliver_item(carry_item(Report("r", "Kim left.", published=date(2019, 1, 8))))
    ... # doctest: +ELLIPSIS
    Report(id='r', text='Kim left.', ... published=datetime.date(2019, 1, 8), ...)
    """
    if item is None:
        return b"null"
    if type(item) not in KINDS.values():
        raise NotCarried(f"a reader in a child gives no {type(item).__name__}")
    if isinstance(item, Source) and not whole_source(item):
        raise NotCarried("a reader in a child gives the bytes of a source, not a file")
    told = {"is": type(item).__name__, **plain_fields(item)}
    return json.dumps(told, allow_nan=False).encode("ascii")


def whole_source(source: Source) -> bool:
    """Whether a source is its bytes: no file, no stream."""
    return source.raw is not None and not source.path and source.stream is None


def plain_fields(value: Any) -> dict[str, Any]:
    """Return the fields of a value as JSON has them."""
    return {each.name: plain_value(getattr(value, each.name)) for each in fields(value)}


def plain_value(value: Any) -> Any:
    """Return what a field holds as JSON has it."""
    if is_dataclass(value):
        return plain_fields(value)
    if isinstance(value, tuple):
        return [plain_value(each) for each in value]
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def deliver_item(raw: bytes) -> Item | None:
    """Return the item that JSON tells. Raises NotCarried for all that is none."""
    try:
        told = json.loads(raw)
        if told is None:
            return None
        kind = KINDS[told.pop("is")]
        found: Item = make_value(kind, told)
    except (
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        raise NotCarried(f"no item: {type(error).__name__}") from None
    if isinstance(found, Source) and not whole_source(found):
        raise NotCarried("a source that names a file")
    return found


@cache
def kinds_of(value: Any) -> dict[str, Any]:
    """Return the kind of each field of a value."""
    hints = get_type_hints(value)
    return {each.name: hints[each.name] for each in fields(value)}


def make_value(value: Any, told: Any) -> Any:
    """Return a value of JSON's fields, all of them and no others."""
    kinds = kinds_of(value)
    if not isinstance(told, dict) or told.keys() != kinds.keys():
        raise NotCarried("fields of another value")
    return value(
        **{name: checked_value(kind, told[name]) for name, kind in kinds.items()}
    )


def checked_value(kind: Any, told: Any) -> Any:
    """Return what a field of a kind holds. Raises ValueError where it is of another."""
    outer, inner = get_origin(kind), get_args(kind)
    found: Any = told
    if outer in (Union, UnionType):
        found = check_union(inner, told)
    elif outer is Literal:
        found = inner[inner.index(told)]
    elif outer is tuple:
        if not isinstance(told, list):
            raise NotCarried("no list")
        kinds = inner[:1] * len(told) if inner[-1] is Ellipsis else inner
        pairs = zip(kinds, told, strict=True)
        found = tuple(checked_value(each, what) for each, what in pairs)
    elif is_dataclass(kind):
        found = make_value(kind, told)
    elif kind is bytes:
        found = b64decode(check_text(told), validate=True)
    elif kind in (date, datetime):
        found = kind.fromisoformat(check_text(told))
    elif type(told) is not kind:
        raise NotCarried(f"no {kind.__name__}")
    return found


def check_union(kinds: tuple[Any, ...], told: Any) -> Any:
    """Return what a field holds that may be of several kinds."""
    if told is None and NoneType in kinds:
        return None
    if datetime in kinds and isinstance(told, str):
        return checked_value(datetime if "T" in told else date, told)
    (kind,) = (each for each in kinds if each is not NoneType)
    return checked_value(kind, told)


def check_text(told: Any) -> str:
    """Return a string that must be one."""
    if not isinstance(told, str):
        raise NotCarried("no string")
    return told
