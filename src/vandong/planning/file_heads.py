"""Which columns of a long file are which, and what is wrong with its head. For figures and for plans."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vandong.kernel.findings import Finding, Severity, Spot
from vandong.planning.file_words import IGNORED_COLUMNS, Words, plain_word
from vandong.sheets import Column, Row, Table

Fault = tuple[str, str, Mapping[str, object]]
"""What is wrong with one cell of a line: field, code, values."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each field stands (index of the cell; missing when the file has no such column), how the file calls
    it, and the problems of its head."""

    indexes: dict[str, int]
    labels: dict[str, str]
    problems: tuple[Finding, ...]
    notes: tuple[Finding, ...]

    def label(self, field: str) -> str:
        """The file's own name of a field; the field's when it has no such column."""
        return self.labels.get(field, field)


def layout_of(table: Table, columns: Words, required: Sequence[str]) -> Layout:
    """Fits the head to the known columns, whatever their order, case and diacritics.

    Problems: missing_column; unknown_column (what it holds would be lost without a word);
    duplicate_column; field_twice (two names of one field).
    """
    indexes: dict[str, int] = {}
    labels: dict[str, str] = {}
    problems = [one for one in table.findings if one.severity is Severity.ERROR]
    notes = [one for one in table.findings if one.severity is not Severity.ERROR]
    for column in table.header:
        if not column.path or _word(column) in IGNORED_COLUMNS:
            continue
        field = columns.get(_word(column)) or columns.get(plain_word(column.name))
        if field is None:
            problems.append(_head_problem(table, "unknown_column", column.name))
        elif field in indexes:
            if plain_word(labels[field]) != plain_word(column.name):
                names = {"other": labels[field]}
                problems.append(_head_problem(table, "field_twice", column.name, **names))
        else:
            indexes[field], labels[field] = column.index, column.name
    missing = [name for name in required if name not in indexes]
    problems += [_head_problem(table, "missing_column", name) for name in missing]
    return Layout(indexes, labels, tuple(problems), tuple(notes))


def _word(column: Column) -> str:
    return plain_word(column.path[-1])


def _head_problem(table: Table, code: str, name: str, **values: object) -> Finding:
    spot = Spot(row=table.header_rows[1], column=name)
    return Finding(code, {"column": name, **values}, spot, Severity.ERROR)


def split_faults(row: Row) -> tuple[list[Finding], list[Finding]]:
    """The faults of a row's cells: problems that keep it out, and notes."""
    problems = [one for one in row.problems if one.severity is Severity.ERROR]
    notes = [one for one in row.problems if one.severity is not Severity.ERROR]
    return problems, notes
