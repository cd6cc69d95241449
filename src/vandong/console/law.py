"""`vandong law …`: the law as parameters: checked, shown with its sources, and what needs eyes soon."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import wraps
from typing import Annotated, ParamSpec

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.administration.law_reading import readable_law
from vandong.console import law_changes
from vandong.console.law_document import (
    attention_document,
    attention_lines,
    check_document,
    check_lines,
    parameter_document,
    parameter_lines,
    standing_lines,
)
from vandong.console.output import AsJson, print_json
from vandong.console.problems import Problem
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.kernel.periods import shift_months
from vandong.law import law_book
from vandong.law.loading import FaultyLaw
from vandong.law.review import attention, standings
from vandong.phrases import sentence

law = typer.Typer(
    help="Tham số pháp luật: kiểm tra, xem, sắp hết hạn. / Parameters of the law: check, show, expiring.",
    no_args_is_help=True,
)

Name = Annotated[
    str, typer.Argument(help="Mã tham số; bỏ trống: tất cả. / Code of a parameter; empty: all.")
]
OnDay = Annotated[
    str, typer.Option("--on", help="Tại ngày, mặc định hôm nay. / On this day, default today.")
]
Within = Annotated[
    int, typer.Option("--within", help="Trong bao nhiêu tháng tới. / How many months ahead.")
]
_MOST_MONTHS = 1200

Given = ParamSpec("Given")


def register(app: typer.Typer) -> None:
    """Adds `law` to the command line."""
    law_changes.register(law)
    app.add_typer(law, name="law")


def _telling_faults(command: Callable[Given, None]) -> Callable[Given, None]:
    """A faulty file is a problem in the data: it is told, with exit code 1."""

    @wraps(command)
    def told(*given: Given.args, **named: Given.kwargs) -> None:
        try:
            command(*given, **named)
        except FaultyLaw as problem:
            raise Problem.of("law_file_faulty", said=str(problem)) from problem

    return told


@law.command()
@_telling_faults
def check(on: OnDay = "", as_json: AsJson = False) -> None:
    """Đọc mọi tham số, đếm theo mức tin cậy, nêu chỗ cần xem. / Load all, count by certainty, warn."""
    document = check_document(law_book(), _day(on))
    if as_json:
        print_json(document)
    else:
        _print(check_lines(document, language()))


@law.command()
@_telling_faults
def show(parameter: Name = "", on: OnDay = "", as_json: AsJson = False) -> None:
    """Giá trị, căn cứ, mức tin cậy của tham số. / Values of parameters with source and certainty."""
    book, day, lang = law_book(), _day(on), language()
    if parameter and parameter not in book.parameters:
        raise Problem.of("law_parameter_unknown", parameter=parameter)
    wanted = [book.parameters[parameter]] if parameter else list(book.parameters.values())
    if as_json:
        print_json(
            {
                "on": day,
                "fingerprint": book.fingerprint,
                "parameters": [parameter_document(one, day) for one in wanted],
            }
        )
    elif parameter:
        _print(parameter_lines(wanted[0], day, lang))
    else:
        _print(standing_lines(standings(book, day), lang))


@law.command()
@_telling_faults
def expiring(within: Within = 12, on: OnDay = "", as_json: AsJson = False) -> None:
    """Sắp hết hạn, chưa công bố, đến hạn kiểm tra, kể cả nghị quyết của tỉnh. / Ending, missing, check due."""
    if not 0 <= within <= _MOST_MONTHS:
        raise Problem.of("law_within_out_of_range", months=within)
    day, lang = _day(on), language()
    until = shift_months(day, within)
    found = attention(readable_law(Actor.system("vandong law")), day, until)
    if as_json:
        print_json(
            {
                "on": day,
                "until": until,
                "parameters": [attention_document(one, day) for one in found],
            }
        )
    elif found:
        _print(attention_lines(found, day, lang))
    else:
        typer.echo(sentence("law_nothing_expires", {"on": day, "until": until}, lang))


def _print(lines: Iterator[str]) -> None:
    for line in lines:
        typer.echo(line)


def _day(text: str) -> date:
    return parse_day(text) if text else timezone.localdate()
