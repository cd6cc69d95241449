"""The six ways of paying (Law 41/2024/QH15, art 36.2; Law 58/2014/QH13, art 87.2): the months of each."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vandong.law import Fact, LawBook
from vandong.rules.problems import RuleProblem

_COUNTED = re.compile(r"(?P<kind>ahead|missing):(?P<count>[0-9]{1,4})")
_PLAIN = re.compile(r"[0-9]{1,4}")


class MethodKind(StrEnum):
    """The ways of paying; the values are the rows of `method_months`."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    AHEAD = "ahead"
    MISSING = "missing"


LIMITS = {MethodKind.AHEAD: "years_ahead", MethodKind.MISSING: "missing_months"}
"""Ways whose length the payer chooses, and the parameter that bounds it."""


@dataclass(frozen=True, slots=True)
class Method:
    """A way of paying. `count` is the years paid ahead or the missing months; 1 for the other ways."""

    kind: MethodKind
    count: int = 1

    @property
    def is_at_once(self) -> bool:
        """Whether it is paid at registration, with interest reckoned (years ahead, missing time)."""
        return self.kind in LIMITS


def parse_method(book: LawBook, text: str, on: date) -> Method:
    """The way written `1`, `3`, `6`, `12` (months), `ahead:N` (years) or `missing:T` (months).

    Raises RuleProblem months_not_allowed when the law of that day knows no such way, ParameterMissing.
    """
    body = "".join(text.split()).lower()
    if found := _COUNTED.fullmatch(body):
        method = Method(MethodKind(found["kind"]), int(found["count"]))
        method_months(book, method, on)
        return method
    if _PLAIN.fullmatch(body):
        for key in book.keys("method_months", on):
            if book.fact("method_months", on, key).whole == int(body):
                return Method(MethodKind(key))
    raise _not_allowed(book, text, on)


def method_text(book: LawBook, method: Method, on: date) -> str:
    """The way as `parse_method` reads it. Raises as `method_months`."""
    if method.is_at_once:
        return f"{method.kind.value}:{method.count}"
    return str(method_months(book, method, on)[0])


def method_months(book: LawBook, method: Method, on: date) -> tuple[int, tuple[Fact, ...]]:
    """How many months one payment covers, and the law it rests on.

    Raises RuleProblem months_not_allowed, ParameterMissing.
    """
    if method.kind in LIMITS:
        parameter = LIMITS[method.kind]
        bounds = tuple(book.fact(parameter, on, key) for key in ("fewest", "most"))
        if not bounds[0].whole <= method.count <= bounds[1].whole:
            raise _not_allowed(book, f"{method.kind.value}:{method.count}", on)
        months = method.count * 12 if method.kind is MethodKind.AHEAD else method.count
        return months, bounds[1:]
    if method.kind.value not in book.keys("method_months", on) or method.count != 1:
        raise _not_allowed(book, method.kind.value, on)
    fact = book.fact("method_months", on, method.kind.value)
    return fact.whole, (fact,)


def allowed_methods(book: LawBook, on: date) -> tuple[str, ...]:
    """All ways of a day as they are written: `1`, `3`, `6`, `12`, `ahead:2..5`, `missing:1..60`."""
    plain = [
        str(book.fact("method_months", on, key).whole) for key in book.keys("method_months", on)
    ]
    for kind, parameter in LIMITS.items():
        if book.has(parameter, on, "most"):
            fewest, most = (book.fact(parameter, on, key).whole for key in ("fewest", "most"))
            plain.append(f"{kind.value}:{fewest}..{most}")
    return tuple(plain)


def _not_allowed(book: LawBook, text: str, on: date) -> RuleProblem:
    allowed = ", ".join(allowed_methods(book, on))
    return RuleProblem("months_not_allowed", field="method", text=text, allowed=allowed, on=on)
