"""`vandong progress`: how far a unit is, with every baseline, plan and finding."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vandong.accounts.queries.scope import Actor
from vandong.console.output import AsJson, print_json
from vandong.console.problems import Problem
from vandong.console.progress_document import progress_document
from vandong.console.wording import language
from vandong.figures.models import Scheme
from vandong.kernel.days import format_day, parse_day
from vandong.kernel.numbers import (
    format_count,
    format_decimal,
    format_percent,
    format_signed,
    rounded,
)
from vandong.phrases import finding_sentence, sentence
from vandong.phrases.forms import in_language
from vandong.places.queries import find_unit
from vandong.planning.progress import Explained, PlanProgress, UnitProgress, unit_progress

UnitText = Annotated[
    str,
    typer.Option(
        "--unit",
        help="Mã của ngày đó (24, 01:277), hoặc tên đầy đủ. / A code of that day (24, 01:277), or a full name.",
    ),
]
SchemeCode = Annotated[
    str,
    typer.Option(
        "--scheme", help="bhxh_tn, bhyt_hgd, bhxh_bb, bhyt, bhtn. / The insurance scheme."
    ),
]
AsOf = Annotated[
    str,
    typer.Option(
        "--as-of", help="Ngày xem, ví dụ 2023-05-31. / The day asked, such as 2023-05-31."
    ),
]


def register(app: typer.Typer) -> None:
    """Adds `progress`."""
    app.command("progress")(progress)


def progress(unit: UnitText, scheme: SchemeCode, as_of: AsOf, as_json: AsJson = False) -> None:
    """Tiến độ của một đơn vị tại một ngày. / The progress of a unit on a day."""
    lang = language()
    if scheme not in Scheme.values:
        raise Problem.of("unknown_scheme", text=scheme, known=", ".join(Scheme.values))
    on = parse_day(as_of)
    read = unit_progress(Actor.system("vandong progress"), find_unit(unit, on), scheme, on)
    if as_json:
        print_json(progress_document(read, lang))
    else:
        print_tables(read, lang)


def print_tables(read: UnitProgress, lang: str) -> None:
    """The same figures for a reader."""
    screen = Console(highlight=False)
    scheme = Scheme(read.scheme).label
    screen.print(f"[bold]{read.unit.name}[/] ({read.unit.code}) · {scheme} · {format_day(read.on)}")
    if read.stock is None:
        screen.print(sentence("missing_no_stock", {}, lang))
    else:
        own_day = "" if read.stock_on in {None, read.on} else f" ({_stock_day(read)})"
        screen.print(
            f"{sentence('input_stock', {}, lang)}: [bold]{_count(read.stock, lang)}[/]{own_day}"
        )
    for plan in read.plans:
        for line in _plan_lines(plan, lang):
            screen.print(line)
    for table in (_growth(read, lang), _coverage(read, lang)):
        if table.row_count:
            screen.print(table)
    for finding in read.findings:
        screen.print(f"• {finding_sentence(finding, lang)}")


def _stock_day(read: UnitProgress) -> str:
    return format_day(read.stock_on) if read.stock_on else ""


def _table(lang: str, heads: Sequence[str]) -> Table:
    table = Table(show_edge=False, pad_edge=False)
    for number, head in enumerate(heads):
        table.add_column(sentence(head, {}, lang), justify="left" if number == 0 else "right")
    return table


def _plan_lines(plan: PlanProgress, lang: str) -> list[str]:
    """Three lines a plan: they stay readable on a narrow terminal, where nine columns do not."""

    def told(head: str, value: str) -> str:
        return f"{sentence(f'progress_head_{head}', {}, lang)}: {value}"

    kind = sentence(f"kind_{plan.kind}", {}, lang)
    state = [sentence(f"missing_{code}", {}, lang) for code in plan.missing]
    if plan.light:
        state.insert(0, sentence(f"light_{plan.light.value}", {}, lang))
    lines = (
        [f"{plan.owner} {plan.document}".strip(), f"{kind} {_amount(plan.value, lang)}"],
        [
            told("share", _rate(plan.share, lang)),
            told("remaining", _amount(plan.remaining, lang)),
            told("deadline", format_day(plan.deadline)),
        ],
        [
            told("needed", _pace(plan.pace_needed, lang)),
            told("achieved", _pace(plan.pace_achieved, lang)),
            told("elapsed", _rate(plan.time_elapsed, lang)),
        ],
    )
    first, *rest = [" · ".join(parts) for parts in (lines[0] + state, *lines[1:])]
    return [f"[bold]{first}[/]", *(f"  {line}" for line in rest)]


def _growth(read: UnitProgress, lang: str) -> Table:
    heads = ("baseline", "day", "value", "change", "rate")
    table = _table(lang, [f"progress_head_{head}" for head in heads])
    for row in read.growth:
        derived = f" ({sentence('source_derived', {}, lang)})" if row.derived else ""
        table.add_row(
            sentence(f"baseline_{row.baseline.value}", {}, lang),
            format_day(row.on),
            f"{_count(row.prior, lang)}{derived}",
            in_language(format_signed(rounded(row.change.value)), lang),
            _rate(row.rate, lang),
        )
    return table


def _coverage(read: UnitProgress, lang: str) -> Table:
    heads = ("denominator", "day", "value", "rate")
    table = _table(lang, [f"progress_head_{head}" for head in heads])
    for row in read.coverage:
        table.add_row(
            sentence(f"input_{row.denominator}", {}, lang),
            format_day(row.on),
            _count(row.size, lang),
            _rate(row.rate, lang),
        )
    return table


def _count(figure: Explained, lang: str) -> str:
    word = sentence("progress_word", {"word": figure.inputs[0].exactness}, lang)
    shown = in_language(format_count(rounded(figure.value)), lang)
    return f"{word}{shown}" if figure.formula == "reading" else shown


def _amount(figure: Explained | None, lang: str) -> str:
    if figure is None:
        return "–"
    if figure.measured_in == "per_cent":
        return in_language(format_decimal(figure.value), lang) + "%"
    return in_language(format_count(rounded(figure.value)), lang)


def _pace(figure: Explained | None, lang: str) -> str:
    return "–" if figure is None else in_language(format_decimal(figure.value, 1), lang)


def _rate(figure: Explained | None, lang: str) -> str:
    return "–" if figure is None else in_language(format_percent(figure.value), lang) + "%"
