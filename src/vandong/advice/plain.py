"""A result as plain values (numbers, texts, lists, dictionaries), to be kept and compared years later."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from vandong.law import Fact
from vandong.rules.trace import Trace

Plain = dict[str, "Plain"] | list["Plain"] | str | int | bool | None


def plain(found: object) -> Plain:
    """The same as JSON can hold it; numbers that are not whole as "3/4", days in ISO form.

    Of a trace the names of the values of the law are kept: with the edition of the law they say all.
    Raises TypeError for what is none of ours.
    """
    if found is None or isinstance(found, bool):
        return found
    for kind, written in _WRITTEN:
        if isinstance(found, kind):
            return written(found)
    return _compound(found)


def _compound(found: object) -> Plain:
    if isinstance(found, Mapping):
        return {str(plain(key)): plain(value) for key, value in found.items()}
    if isinstance(found, tuple | list):
        return [plain(one) for one in found]
    if is_dataclass(found) and not isinstance(found, type):
        return {one.name: plain(getattr(found, one.name)) for one in fields(found)}
    raise TypeError(f"{type(found).__name__} is no result")


def _fraction(found: Fraction) -> Plain:
    return found.numerator if found.denominator == 1 else str(found)


_WRITTEN: tuple[tuple[type, Callable[[Any], Plain]], ...] = (
    (Enum, lambda found: plain(found.value)),
    (int, int),
    (str, str),
    (date, date.isoformat),
    (Fraction, _fraction),
    (Trace, lambda found: [fact.name for fact in found.facts]),
    (Fact, lambda found: str(found.name)),
)
