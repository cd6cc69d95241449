"""What the commands of advice share: reading their arguments, and telling results to people."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from vandong.advice.documents.trace import fact_name, note_sentences, step_sentences
from vandong.console.problems import Problem
from vandong.kernel.money import parse_dong
from vandong.kernel.numbers import NumberProblem
from vandong.kernel.periods import Month
from vandong.phrases import sentence
from vandong.phrases.law_words import citation_words, value_words
from vandong.rules.trace import Trace

_MONTH = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})(?:-[0-9]{1,2})?")
_LOCAL_MONTH = re.compile(r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
_RATE = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,12})?")
_FIRST_YEAR, _LAST_YEAR = 1900, 2150

On = Annotated[
    str,
    typer.Option(
        "--on", help="Ngày tính, ví dụ 2026-11-22. / The day reckoned with, such as 2026-11-22."
    ),
]
"""The day of payment or of the question. There is no default: a quote belongs to a day."""


def read_amount(text: str) -> int:
    """Whole đồng, 0 or more, as people write them. Raises NumberProblem."""
    return parse_dong(text)


def read_month(text: str) -> Month:
    """2026-11, 2026-11-01 or 11/2026. Raises Problem not_a_month."""
    body = "".join(text.split())
    found = _MONTH.fullmatch(body) or _LOCAL_MONTH.fullmatch(body)
    if found:
        year, month = int(found["year"]), int(found["month"])
        if 1 <= month <= 12 and _FIRST_YEAR <= year <= _LAST_YEAR:
            return Month(year, month)
    raise Problem.of("not_a_month", text=text)


def read_rate(text: str) -> Fraction:
    """A fraction of 1 such as 0.20 (or 0,20), exact; 20% is understood too. Raises NumberProblem."""
    body = "".join(text.split())
    is_percent = body.endswith("%")
    body = body.removesuffix("%")
    if not _RATE.fullmatch(body):
        raise NumberProblem("not_a_number", text)
    value = Fraction(body.replace(",", "."))
    return value / 100 if is_percent else value


def read_count(text: str) -> int:
    """A whole number, 0 or more. Raises NumberProblem."""
    return parse_dong(text)


def print_result(title: str, rows: Sequence[tuple[str, str]], trace: Trace, lang: str) -> None:
    """A result for people: the figures, the steps, the law they rest on, and what must be said."""
    screen = Console(highlight=False, markup=False, soft_wrap=True)
    screen.print(title)
    screen.print(_figures(rows))
    _print_list(screen, sentence("quote_steps", {}, lang), step_sentences(trace, lang), "·")
    _print_list(screen, sentence("quote_law", {}, lang), law_lines(trace, lang), "·")
    _print_list(screen, sentence("quote_notes", {}, lang), note_sentences(trace, lang), "!")


def law_lines(trace: Trace, lang: str) -> list[str]:
    """Every value of the law that was used, with its source and the word of its certainty."""
    words = {True: "certainty_verified", False: "certainty_unverified"}
    return [
        f"{fact_name(fact, lang)}: {value_words(fact.value, fact.unit, lang)} · "
        f"{citation_words(fact.citation, lang)} · "
        f"{sentence(words[fact.confidence.is_verified], {}, lang)}"
        for fact in trace.facts
    ]


def _figures(rows: Sequence[tuple[str, str]]) -> Table:
    table = Table(show_header=False, show_edge=False, pad_edge=False, box=None)
    table.add_column()
    table.add_column(justify="right")
    for name, value in rows:
        table.add_row(name, value)
    return table


def _print_list(screen: Console, title: str, lines: Sequence[str], mark: str) -> None:
    if lines:
        screen.print(f"\n{title}")
        for line in lines:
            screen.print(f"  {mark} {line}")
