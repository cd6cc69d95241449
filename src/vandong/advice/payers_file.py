"""A list of payers as an office keeps it (csv, xlsx, xls): read whole, all problems with row and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import polars as pl

from vandong.kernel.findings import Finding, Severity, Spot
from vandong.kernel.money import parse_dong
from vandong.kernel.names import clean, fold
from vandong.kernel.numbers import NumberProblem, parse_count
from vandong.law import LawBook, ParameterMissing
from vandong.rules.bulk import contributions
from vandong.rules.contribution import (
    ContributionRequest,
    TopUp,
    income_limits,
    parse_group,
    parse_method,
    state_support,
    voluntary_contribution,
)
from vandong.rules.contribution.incomes import check_income
from vandong.rules.problems import RuleProblem
from vandong.sheets import Column, Row, Table

_COLUMNS = {
    "id": "id|mã số BHXH|mã BHXH|số CCCD|CCCD|số định danh|mã số|mã",
    "name": "name|họ và tên|họ tên|tên",
    "income": "income|mức thu nhập|thu nhập|mức thu nhập chọn|thu nhập chọn|mức thu nhập tháng",
    "method": "method|phương thức|phương thức đóng|cách đóng",
    "group": "group|đối tượng|nhóm|nhóm hỗ trợ|nhóm đối tượng|đối tượng hỗ trợ",
    "months_supported": "months_supported|số tháng đã hỗ trợ|số tháng đã được hỗ trợ",
    "local_rate": "local_rate|tỷ lệ địa phương hỗ trợ|địa phương hỗ trợ tỷ lệ",
    "local_amount": "local_amount|địa phương hỗ trợ|số tiền địa phương hỗ trợ",
}
_GROUPS = {
    "poor": "poor|hộ nghèo|nghèo|người nghèo",
    "near_poor": "near_poor|hộ cận nghèo|cận nghèo",
    "ethnic_minority": "ethnic_minority|dân tộc thiểu số|người dân tộc thiểu số|DTTS",
    "island": "island|xã đảo|đặc khu|sống ở đảo",
    "other": "other|khác|đối tượng khác",
}
_METHODS = {
    "1": "hằng tháng|hàng tháng|mỗi tháng|tháng",
    "3": "hằng quý|hàng quý|quý",
    "6": "nửa năm|sáu tháng",
    "12": "hằng năm|hàng năm|một năm",
}
_MONTHS = re.compile(r"0?(?P<count>[0-9]{1,2}) thang(?: mot lan)?")
_AHEAD = re.compile(r"(?:ve sau )?(?P<count>[0-9]) nam(?: ve sau)?")
_MISSING = re.compile(r"(?:con )?(?:thieu )?(?P<count>[0-9]{1,3}) thang con thieu")
_REQUIRED = ("income", "method")
_FIELDS_OF_PROBLEMS = {"local": "local_rate", "covers_from": "method", "groups": "group"}
_TOLD_EVERY = 1000
"""Rows between two words of progress."""
PAYERS_SCHEMA = {
    "line": pl.Int64,
    "id": pl.String,
    "name": pl.String,
    "income": pl.Int64,
    "method": pl.String,
    "group": pl.String,
    "months_supported": pl.Int64,
    "local_rate": pl.String,
    "local_amount": pl.Int64,
}


def _words(named: Mapping[str, str]) -> dict[str, str]:
    return {_word(alias): code for code, texts in named.items() for alias in texts.split("|")}


def _word(text: str) -> str:
    return fold(text).replace("_", " ")


COLUMN_WORDS, GROUP_WORDS, METHOD_WORDS = _words(_COLUMNS), _words(_GROUPS), _words(_METHODS)


@dataclass(frozen=True, slots=True)
class PayersFile:
    """`payers` are the good rows (PAYERS_SCHEMA; `line` as the spreadsheet shows it). `unused` are columns that
    were not needed."""

    payers: pl.DataFrame
    problems: tuple[Finding, ...]
    unused: tuple[str, ...]
    lines_read: int


def read_payers(
    book: LawBook, table: Table, on: date, advance: Callable[[int], None] = lambda _rows: None
) -> PayersFile:
    """The payers in a table that can be quoted on a day; every other row has its problems told.

    Columns in any order, in English or Vietnamese, case and diacritics do not matter: `income` and `method`
    are needed; `id`, `name`, `group`, `months_supported`, `local_rate`, `local_amount` where wanted. `advance`
    hears now and then how many rows are read. Raises SheetProblem when the file breaks off.
    """
    layout = _Layout.of(table)
    if layout.problems:
        return PayersFile(pl.DataFrame(schema=PAYERS_SCHEMA), layout.problems, layout.unused, 0)
    reader, good, problems, count = _Reader(book, layout, on), [], [], 0
    for row in table.rows():
        count += 1
        if count % _TOLD_EVERY == 0:
            advance(count)
        values, faults = reader.read(row)
        problems += faults
        if not faults:
            good.append(values)
    payers = pl.DataFrame(good, schema=PAYERS_SCHEMA, orient="row")
    refused = contributions(book, payers, on)["problem"].is_not_null()
    problems += [
        _refusal(book, row, on, layout) for row in payers.filter(refused).iter_rows(named=True)
    ]
    problems.sort(key=lambda one: (one.spot.row or 0) if one.spot else 0)
    return PayersFile(payers.filter(~refused), tuple(problems), layout.unused, count)


@dataclass(frozen=True, slots=True)
class _Layout:
    """Which cell holds which field, how the file calls it, and what is wrong with the head."""

    places: dict[str, Column]
    problems: tuple[Finding, ...]
    unused: tuple[str, ...]

    @classmethod
    def of(cls, table: Table) -> "_Layout":
        places: dict[str, Column] = {}
        problems = [one for one in table.findings if one.severity is Severity.ERROR]
        unused = []
        for column in (one for one in table.header if one.path):
            field = COLUMN_WORDS.get(_word(column.path[-1])) or COLUMN_WORDS.get(_word(column.name))
            if field is None:
                unused.append(column.name)
            elif field in places:
                values = {"column": column.name, "other": places[field].name}
                problems.append(_head_problem(table, "field_twice", values))
            else:
                places[field] = column
        problems += [
            _head_problem(table, "missing_column", {"column": name})
            for name in _REQUIRED
            if name not in places
        ]
        return cls(places, tuple(problems), tuple(unused))

    def label(self, field: str) -> str:
        """The file's own name of a field."""
        return self.places[field].name if field in self.places else field


def _head_problem(table: Table, code: str, values: Mapping[str, object]) -> Finding:
    spot = Spot(row=table.header_rows[1], column=str(values["column"]))
    return Finding(code, values, spot, Severity.ERROR)


class _Reader:
    """Rows to values, with every fault of a row: what cannot be read, and what the law of the day refuses."""

    def __init__(self, book: LawBook, layout: _Layout, on: date) -> None:
        self.book, self.layout, self.on = book, layout, on
        self.limits = income_limits(book, on)
        self._checks: Mapping[str, Callable[[Any], object]] = {
            "income": lambda income: check_income(self.limits, income, on),
            "method": cache(lambda text: parse_method(book, text, on)),
            "months_supported": cache(lambda months: state_support(book, (), months, on)),
            "local_rate": cache(lambda share: TopUp(Fraction(share)).check("local")),
        }

    def read(self, row: Row) -> tuple[list[object], list[Finding]]:
        """The values in the order of PAYERS_SCHEMA, and what is wrong with the row."""
        faults = [one for one in row.problems if one.severity is Severity.ERROR]
        values: list[object] = [row.number]
        for field in list(PAYERS_SCHEMA)[1:]:
            text = self._cell(row, field)
            try:
                values.append(_READERS[field](text))
                if field in self._checks:
                    self._checks[field](values[-1])
            except NumberProblem as problem:
                faults.append(self._fault(row, field, problem.code, {"text": problem.text}))
            except (RuleProblem, ParameterMissing) as problem:
                faults.append(self._fault(row, field, problem.code, problem.values))
        return values, faults

    def _fault(self, row: Row, field: str, code: str, values: Mapping[str, object]) -> Finding:
        spot = Spot(row=row.number, column=self.layout.label(field))
        return Finding(code, values, spot, Severity.ERROR)

    def _cell(self, row: Row, field: str) -> str:
        column = self.layout.places.get(field)
        return clean(row.cells[column.index] or "") if column else ""


def read_method(text: str) -> str:
    """A way of paying as `parse_method` takes it, from that or from what offices write. Raises RuleProblem."""
    if not text:
        raise RuleProblem("value_missing", "method")
    word = _word(text)
    if word in METHOD_WORDS:
        return METHOD_WORDS[word]
    for pattern, form in ((_MISSING, "missing:{}"), (_MONTHS, "{}"), (_AHEAD, "ahead:{}")):
        if found := pattern.fullmatch(word):
            return form.format(int(found["count"]))
    return text


def read_groups(text: str) -> str:
    """Support groups as codes with commas. Raises RuleProblem unknown_group."""
    codes = []
    for part in re.split(r"[,;+/]", text):
        if word := _word(part):
            codes.append(GROUP_WORDS.get(word) or parse_group(part).value)
    return ",".join(dict.fromkeys(codes)) or "other"


def _read_count(text: str) -> int:
    return parse_count(text) if text else 0


def _read_amount(text: str) -> int:
    return parse_dong(text) if text else 0


def _read_share(text: str) -> str:
    """A share as exact text: 0.2, 0,2 or 20%. Raises NumberProblem."""
    body = "".join(text.split()).replace(",", ".")
    if not re.fullmatch(r"(?:[0-9]{1,9}(?:\.[0-9]{1,12})?%?)?", body):
        raise NumberProblem("not_a_number", text)
    share = Fraction(body.removesuffix("%") or "0")
    return str(share / 100 if body.endswith("%") else share)


_READERS: Mapping[str, Callable[[str], object]] = {
    "id": str,
    "name": str,
    "income": parse_dong,
    "method": read_method,
    "group": read_groups,
    "months_supported": _read_count,
    "local_rate": _read_share,
    "local_amount": _read_amount,
}


def _refusal(book: LawBook, row: Mapping[str, object], on: date, layout: _Layout) -> Finding:
    """What the scalar rule says of a row that cannot be quoted, with the column it speaks of."""
    field = "method"
    try:
        voluntary_contribution(book, _asked(book, row, on))
    except RuleProblem as problem:
        code, values = problem.code, problem.values
        field = _FIELDS_OF_PROBLEMS.get(problem.field, problem.field)
    except ParameterMissing as problem:
        code, values = problem.code, problem.values
    else:
        code, values, field = "number_too_large", {"text": str(row["local_amount"])}, "local_amount"
    number = row["line"]
    spot = Spot(row=int(str(number)), column=layout.label(field))
    return Finding(code, values, spot, Severity.ERROR)


def _asked(book: LawBook, row: Mapping[str, object], on: date) -> ContributionRequest:
    return ContributionRequest(
        income=int(str(row["income"])),
        method=parse_method(book, str(row["method"]), on),
        on=on,
        groups=tuple(parse_group(one) for one in str(row["group"]).split(",")),
        months_supported=int(str(row["months_supported"])),
        local=TopUp(Fraction(str(row["local_rate"])), int(str(row["local_amount"]))),
    )
