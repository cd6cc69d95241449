"""A wide table as lines: one row a unit, several figures, a total row compared with the sum of its parts."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from vandong.kernel.findings import Finding, Severity, Spot
from vandong.kernel.names import fold
from vandong.kernel.numbers import NumberProblem, parse_count
from vandong.kernel.periods import month_end
from vandong.planning.figure_files.lines import Line, Remark
from vandong.planning.figure_files.mapping import MappedColumn, Role, WideChoice
from vandong.planning.figure_files.parsing import is_percent
from vandong.planning.file_heads import split_faults
from vandong.sheets import CellKind, Row, Table

_TOTAL = re.compile(r"(?:tong(?: cong| so| chung)?|cong|toan (?:tinh|thanh pho|huyen|xa|quoc))\b.*")
_NOTHING = frozenset({"-", "–", "—", "−", ".", "x", "…", "..."})


class WideFile:
    """A table read through a mapping on a day."""

    def __init__(self, table: Table, choice: WideChoice) -> None:
        self.table = table
        self.choice = choice
        self._columns = list(choice.mapping.fitted(table.header).columns)
        self._figures = [
            (index, column)
            for index, column in enumerate(self._columns)
            if column.role is Role.FIGURE
        ]
        self.problems = tuple(self._head_problems())
        self.notes = tuple(one for one in table.findings if one.severity is not Severity.ERROR)
        self.labels: Mapping[str, str] = self._labels()

    def lines(self) -> Iterator[Line | Remark]:
        """The figures of each row; those of the total row are the whole unit's, if one is named."""
        totals = _Totals()
        skipped: list[int] = []
        for row in self.table.rows():
            problems, notes = split_faults(row)
            if problems or notes:
                yield Remark(row.number, tuple(problems), tuple(notes))
            if problems:
                continue
            filled = [(index, column) for index, column in self._figures if _holds(row, index)]
            if not filled or self._is_signature(row, filled):
                skipped.append(row.number)
                continue
            is_total = self._is_total(row)
            for index, column in filled:
                totals.add(index, row, is_total=is_total)
                if not is_total or self.choice.whole:
                    yield self._line(row, index, column, is_total=is_total)
        yield Remark(0, (), (*totals.findings(self._columns), *_skipped(skipped)))

    def _line(self, row: Row, index: int, column: MappedColumn, *, is_total: bool) -> Line:
        start = column.span.day(self.choice.as_of)
        return Line(
            row=row.number,
            unit=self.choice.whole if is_total else self._unit(row),
            kind="",
            parent="" if is_total else self._cell(row, Role.PARENT) or self.choice.whole,
            as_of=self.choice.as_of.isoformat(),
            scheme=column.scheme,
            measure=column.measure,
            channel=column.channel,
            value=row.cells[index] or "",
            exactness="",
            period_from=start.isoformat() if start else "",
            organisation="",
            denominator=column.denominator,
            is_percent_cell=row.kind(index) is CellKind.PERCENT,
            value_label=self.table.header[index].name,
        )

    def _unit(self, row: Row) -> str:
        return self._cell(row, Role.CODE) or self._cell(row, Role.UNIT)

    def _cell(self, row: Row, role: Role) -> str:
        for index, column in enumerate(self._columns):
            if column.role is role:
                return row.cells[index] or ""
        return ""

    def _is_signature(self, row: Row, filled: list[tuple[int, MappedColumn]]) -> bool:
        """“Người lập biểu” below the table: no unit, and not one digit where figures would stand."""
        digits = any(sign.isdigit() for index, _ in filled for sign in row.cells[index] or "")
        return not digits and not self._unit(row)

    def _is_total(self, row: Row) -> bool:
        """“Tổng cộng” may stand in the unit's cell or, merged, in the first."""
        if self._cell(row, Role.CODE):
            return False
        first = next((cell for cell in row.cells if cell), "")
        return any(
            _TOTAL.fullmatch(fold(text)) for text in (self._cell(row, Role.UNIT), first) if text
        )

    def _labels(self) -> dict[str, str]:
        found = {}
        for index, column in enumerate(self._columns):
            name = self.table.header[index].name
            if column.role in {Role.UNIT, Role.CODE}:
                found["unit"] = name
            elif column.role is Role.PARENT:
                found["parent"] = name
        return found

    def _head_problems(self) -> Iterator[Finding]:
        spot = Spot(row=self.table.header_rows[1])
        if not any(column.role in {Role.UNIT, Role.CODE} for column in self._columns):
            yield Finding("mapping_without_unit", {}, spot, Severity.ERROR)
        if not self._figures:
            yield Finding("mapping_without_figures", {}, spot, Severity.ERROR)
        seen: dict[tuple[object, ...], str] = {}
        for _, column in self._figures:
            key = (column.scheme, column.measure, column.channel, column.denominator, column.span)
            if key in seen:
                values = {"column": column.head, "other": seen[key]}
                yield Finding("field_twice", values, spot, Severity.ERROR)
            seen[key] = column.head


def _holds(row: Row, index: int) -> bool:
    text = row.cells[index]
    return text is not None and text not in _NOTHING


def _skipped(rows: list[int]) -> Iterator[Finding]:
    """Headings, notes and signatures: rows without any figure."""
    if rows:
        values = {"count": len(rows), "first": rows[0]}
        yield Finding("rows_without_figures", values, severity=Severity.INFO)


class _Totals:
    """Sums of the parts, and what the total row prints, a column each."""

    def __init__(self) -> None:
        self._sums: dict[int, int] = {}
        self._printed: dict[int, tuple[int, int]] = {}
        self._unclear: set[int] = set()

    def add(self, index: int, row: Row, *, is_total: bool) -> None:
        """One cell. A cell that is no count makes its column unclear: nothing is said of it."""
        try:
            value = parse_count(row.cells[index] or "")
        except NumberProblem:
            self._unclear.add(index)
            return
        if not is_total:
            self._sums[index] = self._sums.get(index, 0) + value
        elif index in self._printed:
            self._unclear.add(index)
        else:
            self._printed[index] = (row.number, value)

    def findings(self, columns: list[MappedColumn]) -> Iterator[Finding]:
        """Where the printed total is not the sum. Neither is replaced."""
        for index, (row, printed) in self._printed.items():
            total = self._sums.get(index, 0)
            if index in self._unclear or is_percent(columns[index].measure) or printed == total:
                continue
            values = {"printed": printed, "total": total, "difference": printed - total}
            yield Finding("total_differs", values, Spot(row=row, column=columns[index].head))


def day_in_titles(titles: tuple[str, ...]) -> date | None:
    """The day that the lines above a table name: “đến ngày 31/5/2023”, “tháng 5 năm 2023” (its end)."""
    for title in titles:
        found = _title_day(title)
        if found:
            return found
    return None


def _title_day(title: str) -> date | None:
    text = fold(title).replace("/", " / ").replace(".", " / ")
    full = re.search(
        r"(\d{1,2}) (?:/|thang) ?(\d{1,2}) ?(?:/|nam|,)? ?(?:nam )?(20\d\d|19\d\d)",
        " ".join(text.split()),
    )
    try:
        if full:
            return date(int(full[3]), int(full[2]), int(full[1]))
        month = re.search(r"thang (\d{1,2}) ?(?:/|nam)? ?(20\d\d)", " ".join(text.split()))
        if month:
            return month_end(date(int(month[2]), int(month[1]), 1))
    except ValueError:
        return None
    return None
