"""What people ask, as texts with names (a form, a query, a document), read into values.

Every door reads through `Reader`: nothing is raised for one bad field, all problems are collected with the
name of their field, and the caller stops once with `AskedWrongly`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TypeVar

from vandong.kernel.days import DayProblem, parse_day
from vandong.kernel.findings import Finding, Severity
from vandong.kernel.money import parse_dong
from vandong.kernel.numbers import NumberProblem
from vandong.kernel.periods import Month
from vandong.law import ParameterMissing
from vandong.rules.problems import RuleProblem

Given = Mapping[str, Sequence[str]]
"""Texts by name; a name may stand several times."""

_T = TypeVar("_T")
_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(?:-[0-9]{1,2})?")
_LOCAL_MONTH = re.compile(r"(?:[0-9]{1,2}[/.-])?(?P<month>[0-9]{1,2})[/.-](?P<year>[0-9]{4})")
_RATE = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,12})?")
_THOUSAND = 1_000
_MILLION = 1_000_000
_UNITS = {
    **dict.fromkeys(("k", "n", "ng", "nghìn", "ngàn", "nghin", "ngan"), _THOUSAND),
    **dict.fromkeys(("tr", "triệu", "trieu"), _MILLION),
}
_SAID = re.compile(
    rf"(?P<count>[0-9]{{1,9}}(?:[.,][0-9]{{1,6}})?)(?P<unit>{'|'.join(_UNITS)})(?P<rest>[0-9]{{1,3}})?"
    r"(?:đồng|đ|₫|vnđ|vnd)?"
)
"""500k, 15 nghìn, 1,5 triệu đồng, 1tr5: amounts in the words of the market."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2150


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field; `field` is empty when it is the whole."""

    field: str
    finding: Finding


class AskedWrongly(ValueError):
    """The question cannot be answered: every problem at once."""

    def __init__(self, *problems: FieldProblem) -> None:
        super().__init__(", ".join(f"{one.field}: {one.finding.code}" for one in problems))
        self.problems = problems


class Reader:
    """Reads named texts. After a problem the value is the default, and `problems` holds what was wrong."""

    def __init__(self, given: Given) -> None:
        self._given = given
        self.problems: list[FieldProblem] = []

    def text(self, name: str, default: str = "") -> str:
        """The last text of that name, without spaces around it."""
        found = self._given.get(name) or ()
        return (found[-1] if found else "").strip() or default

    def texts(self, name: str) -> tuple[str, ...]:
        """Every text of that name that is not empty; "a,b" counts as two."""
        parts = (part.strip() for one in self._given.get(name, ()) for part in one.split(","))
        return tuple(part for part in parts if part)

    def read(self, name: str, parse: Callable[[str], _T], default: _T) -> _T:
        """`parse` of the text; an empty one is the default. A problem is kept under the name."""
        text = self.text(name)
        if not text:
            return default
        with self.field(name):
            return parse(text)
        return default

    def needed(self, name: str, parse: Callable[[str], _T], default: _T) -> _T:
        """As `read`, but an empty text is the problem `answer_missing`."""
        if not self.text(name):
            self.add(name, "answer_missing")
        return self.read(name, parse, default)

    def choice(self, name: str, allowed: Sequence[str], default: str) -> str:
        """One of the allowed words. Else the problem `unknown_choice`."""
        text = self.text(name, default).lower()
        if text in allowed:
            return text
        self.add(name, "unknown_choice", text=text, known=", ".join(allowed))
        return default

    def add(self, name: str, code: str, **values: object) -> None:
        """Keeps a problem of that field."""
        finding = Finding(code, values, severity=Severity.ERROR)
        self.problems.append(FieldProblem(name, finding))

    @contextmanager
    def field(self, name: str) -> Iterator[None]:
        """What is refused inside belongs to this field, unless the rule names another one."""
        try:
            yield
        except (DayProblem, NumberProblem) as problem:
            self.add(name, problem.code, text=problem.text)
        except RuleProblem as problem:
            self.problems.append(FieldProblem(name or problem.field, problem.finding))
        except ParameterMissing as problem:
            self.add(name, problem.code, **problem.values)

    def stop(self) -> None:
        """Raises AskedWrongly when there is any problem."""
        if self.problems:
            raise AskedWrongly(*self.problems)


def read_month(text: str) -> Month:
    """2026-11, 2026-11-01, 11/2026 or 01/11/2026. Raises RuleProblem not_a_month."""
    body = "".join(text.split())
    found = _MONTH.fullmatch(body) or _LOCAL_MONTH.fullmatch(body)
    if found:
        year, month = int(found["year"]), int(found["month"])
        if 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR:
            return Month(year, month)
    raise RuleProblem("not_a_month", text=text)


def read_rate(text: str) -> Fraction:
    """A fraction of 1 such as 0.20 (or 0,20), exact; 20% is understood too. Raises NumberProblem."""
    body = "".join(text.split())
    is_percent = body.endswith("%")
    body = body.removesuffix("%")
    if not _RATE.fullmatch(body):
        raise NumberProblem("not_a_number", text)
    value = Fraction(body.replace(",", "."))
    return value / 100 if is_percent else value


def read_amount(text: str) -> int:
    """Whole đồng, 0 or more, as people write them. Raises NumberProblem."""
    return parse_dong(text)


def read_said_amount(text: str) -> int:
    """Whole đồng as people say them too: 500k, 500 nghìn, 1,5 triệu, 1tr5. Raises NumberProblem."""
    found = _SAID.fullmatch("".join(text.lower().split()))
    if found is None:
        return read_amount(text)
    unit = _UNITS[found["unit"]]
    count = Fraction(found["count"].replace(",", "."))
    rest = Fraction(f"0.{found['rest']}") if found["rest"] else Fraction(0)
    amount = (count + rest) * unit
    groups = re.search(r"[.,][0-9]{3}$", found["count"])
    if groups or (found["rest"] and count.denominator > 1) or amount.denominator > 1:
        raise NumberProblem("ambiguous_number", text)
    return int(amount)


def read_count(text: str) -> int:
    """A whole number, 0 or more. Raises NumberProblem."""
    return parse_dong(text)


def read_day(text: str) -> date:
    """A day in the forms people write. Raises DayProblem."""
    return parse_day(text)
