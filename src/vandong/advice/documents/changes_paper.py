"""The list of changed payments as tables: the people, and the sums by group and way of paying."""

from collections.abc import Iterator, Mapping
from datetime import date

from vandong.advice.documents.changes import SUMS, ChangeReport, certainty_code
from vandong.papers.content import Cell, Column, Look, Table
from vandong.phrases import sentence
from vandong.phrases.law_words import row_words


def people_table(report: ChangeReport, lang: str) -> Table:
    """Everyone whose payment changes, in the order of the file."""
    before, after = report.before, report.after
    columns = (
        Column(_head("line", lang), Look.COUNT),
        Column(_head("id", lang)),
        Column(_head("name", lang)),
        Column(_head("group", lang)),
        Column(_head("method", lang)),
        Column(_head("income", lang), Look.COUNT),
        Column(_head("before", lang, before), Look.COUNT),
        Column(_head("after_income", lang, after), Look.COUNT),
        Column(_head("after", lang, after), Look.COUNT),
        Column(_head("difference", lang), Look.CHANGE),
        Column(_head("choose", lang)),
        Column(_head("certainty", lang)),
    )
    rows = tuple(_person(row, lang) for row in report.changes.iter_rows(named=True))
    return Table(_title(report, lang), columns, rows)


def summary_table(report: ChangeReport, lang: str) -> Table:
    """Sums by group and way of paying, with a total."""
    columns = (
        Column(_head("group", lang)),
        Column(_head("method", lang)),
        Column(_head("people", lang), Look.COUNT),
        Column(_head("choose", lang), Look.COUNT),
        Column(_head("unclear", lang), Look.COUNT),
        Column(_head("before", lang, report.before), Look.COUNT),
        Column(_head("after", lang, report.after), Look.COUNT),
        Column(_head("difference", lang), Look.CHANGE),
    )
    numbers = ("people", "must_choose", "not_computable", *SUMS)
    rows = tuple(
        (
            _groups(row["group"], lang),
            method_words(row["method"], lang),
            *(row[name] for name in numbers),
        )
        for row in report.summary.iter_rows(named=True)
    )
    sums = [int(report.summary[name].sum()) for name in numbers]
    total = (sentence("changes_head_total", {}, lang), None, *sums)
    title = sentence("changes_summary_title", {}, lang)
    return Table(title, columns, rows, total if rows else None)


def person_lines(report: ChangeReport, lang: str, most: int) -> Iterator[str]:
    """The first of them as sentences: both amounts, whether a higher income must be chosen, how sure it is."""
    for row in report.changes.head(most).iter_rows(named=True):
        names = [one for one in (row["id"], row["name"]) if one]
        values = {
            "line": row["line"],
            "who": " ".join(names) or "–",
            "group": _groups(row["group"], lang),
            "method": method_words(row["method"], lang),
            "before": row["before_amount"],
            "certainty": sentence(certainty_code(row), {}, lang),
        }
        if row["after_problem"]:
            yield sentence("changes_person_unclear", values, lang)
            continue
        values |= {"after": row["after_amount"], "difference": row["difference_amount"]}
        if row["must_choose"]:
            values |= {"income": row["income"], "floor": row["after_income"]}
            yield sentence("changes_person_chooses", values, lang)
        else:
            yield sentence("changes_person", values, lang)


def method_words(method: str, lang: str) -> str:
    """A way of paying in words: “12 tháng”, “3 năm về sau”."""
    kind, _, count = method.rpartition(":")
    code = f"changes_method_{kind.strip() or 'months'}"
    return sentence(code, {"count": int(count)}, lang)


def _title(report: ChangeReport, lang: str) -> str:
    values = {"before": report.before, "after": report.after}
    return sentence("changes_title", values, lang)


def _head(name: str, lang: str, on: date | None = None) -> str:
    return sentence(f"changes_head_{name}", {"on": on} if on else {}, lang)


def _person(row: Mapping[str, object], lang: str) -> tuple[Cell, ...]:
    chooses = sentence("changes_yes", {}, lang) if row["must_choose"] else None
    return (
        _cell(row["line"]),
        _cell(row["id"]),
        _cell(row["name"]),
        _groups(str(row["group"]), lang),
        method_words(str(row["method"]), lang),
        _cell(row["income"]),
        _cell(row["before_amount"]),
        _cell(row["after_income"]),
        _cell(row["after_amount"]),
        _cell(row["difference_amount"]),
        chooses,
        sentence(certainty_code(row), {}, lang),
    )


def _cell(value: object) -> Cell:
    return value if isinstance(value, int) else str(value) if value else None


def _groups(codes: str, lang: str) -> str:
    return ", ".join(row_words(code, lang) for code in codes.split(","))
