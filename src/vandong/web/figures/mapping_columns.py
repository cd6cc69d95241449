"""The columns of a wide table on the mapping page: what is shown, what may be chosen, what came back."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from vandong.accounts.models import Channel
from vandong.figures.models import Measure, Scheme
from vandong.kernel.numbers import format_decimal
from vandong.planning.figure_files.mapping import FigureMapping, MappedColumn, Role, SpanStart
from vandong.planning.file_words import DENOMINATOR_MEASURES, FLOWS
from vandong.sheets import Column, SheetProblem, Table
from vandong.web.figures.wording import word

SAMPLES = 3
_LONG_PERCENT = re.compile(r"(-?[0-9]+\.[0-9]{3,})%")
PERCENTS = (
    "pct_of_plan",
    "pct_coverage",
    "pct_over_goal",
    "pct_share",
    "pct_growth_previous_month",
    "pct_growth_previous_december",
    "pct_growth_same_period",
)
Options = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """One column with a few of its cells. `figure` is the choice of what it holds, as the form sends it."""

    index: int
    letter: str
    head: str
    samples: tuple[str, ...]
    meaning: str
    scheme: str
    channel: str
    denominator: str
    span: str


def shown_columns(table: Table, mapping: FigureMapping) -> list[ShownColumn]:
    """Every column that has a head."""
    samples = _samples(table)
    return [
        ShownColumn(
            index=column.index,
            letter=column.letter,
            head=column.name,
            samples=samples[column.index],
            meaning=mapped.measure if mapped.role is Role.FIGURE else mapped.role.value,
            scheme=mapped.scheme,
            channel=mapped.channel,
            denominator=mapped.denominator,
            span=mapped.span.value,
        )
        for column, mapped in zip(table.header, mapping.columns, strict=True)
        if column.path
    ]


def column_choices() -> dict[str, Options]:
    """What each part of a column may be, in the reader's language."""
    roles = [
        (Role.SKIP.value, _("Không đọc")),
        (Role.UNIT.value, _("Tên đơn vị")),
        (Role.CODE.value, _("Mã đơn vị")),
        (Role.PARENT.value, _("Đơn vị cấp trên")),
    ]
    return {
        "meaning": [*roles, *((code, word(code)) for code in (*Measure.values, *PERCENTS))],
        "scheme": [("", "–"), *((code, word(code)) for code in Scheme.values)],
        "channel": [("", _("Mọi kênh")), *((code, word(code)) for code in Channel.values)],
        "denominator": [("", "–"), *((code, word(code)) for code in sorted(DENOMINATOR_MEASURES))],
        "span": [
            (SpanStart.NONE.value, _("Tại ngày đó")),
            (SpanStart.MONTH.value, _("Từ đầu tháng")),
            (SpanStart.QUARTER.value, _("Từ đầu quý")),
            (SpanStart.YEAR.value, _("Từ đầu năm")),
        ],
    }


def read_column(sent: Mapping[str, Any], column: Column) -> MappedColumn:
    """What the form says of a column. Parts that do not belong to its meaning are left out."""
    if not column.path:
        return MappedColumn(column.name)
    meaning = str(sent.get(f"meaning-{column.index}", ""))
    if meaning in set(Role) - {Role.FIGURE}:
        return MappedColumn(column.name, Role(meaning))
    if meaning not in (*Measure.values, *PERCENTS):
        return MappedColumn(column.name)
    span = str(sent.get(f"span-{column.index}", ""))
    about = str(sent.get(f"denominator-{column.index}", ""))
    return MappedColumn(
        head=column.name,
        role=Role.FIGURE,
        scheme="" if meaning in DENOMINATOR_MEASURES else _one(sent, "scheme", column, Scheme),
        measure=meaning,
        channel="" if meaning in PERCENTS else _one(sent, "channel", column, Channel),
        denominator=about if meaning == "pct_coverage" and about in DENOMINATOR_MEASURES else "",
        span=SpanStart(span) if meaning in FLOWS and span in set(SpanStart) else SpanStart.NONE,
    )


def _one(sent: Mapping[str, Any], part: str, column: Column, known: Any) -> str:
    given = str(sent.get(f"{part}-{column.index}", ""))
    return given if given in known.values else ""


def _short_percent(found: re.Match[str]) -> str:
    """54.99316005472% → 54,99%: what the spreadsheet shows."""
    return f"{format_decimal(Fraction(found[1]))}%"


def _samples(table: Table) -> list[tuple[str, ...]]:
    """The first few filled cells of each column."""
    found: list[list[str]] = [[] for _column in table.header]
    try:
        for row in islice(table.rows(), 40):
            for at, cell in enumerate(row.cells):
                if cell and len(found[at]) < SAMPLES:
                    found[at].append(_LONG_PERCENT.sub(_short_percent, cell)[:40])
    except SheetProblem:
        pass  # what was read is enough to show; the check says where the file breaks off
    return [tuple(cells) for cells in found]
