"""What a command prints: one JSON document or lines on stdout, problems on stderr, a bar on a terminal."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Protocol
from uuid import UUID

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from vandong.console.problems import told
from vandong.console.wording import language
from vandong.kernel.findings import Finding
from vandong.kernel.numbers import decimal_text

_JSON_ASKED = "vandong.json_asked"


def _remember(context: typer.Context, as_json: bool) -> bool:
    context.meta[_JSON_ASKED] = as_json
    return as_json


AsJson = Annotated[
    bool,
    typer.Option(
        "--json",
        callback=_remember,
        help="In một tài liệu JSON, không in gì khác. / Print one JSON document and nothing else.",
    ),
]
"""The `--json` of every command. A problem in the data is then told in the document too."""


def json_asked(context: typer.Context) -> bool:
    """Whether the command that ran was given `--json`."""
    return bool(context.meta.get(_JSON_ASKED, False))


def print_json(document: object) -> None:
    """The one document on stdout. Raises TypeError for a float: figures are whole numbers or exact text."""
    sys.stdout.write(json.dumps(plain(document), ensure_ascii=False, indent=2) + "\n")


def plain(value: object) -> object:
    """A value as the JSON of commands writes it.

    Money and counts are integers, rates and percentages strings with a decimal point (10 decimals half up
    when they do not end), days ISO, dataclasses objects, findings their code and message.
    """
    if value is None or isinstance(value, bool | int | str):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, Finding):
        return told([value], language())[0]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return decimal_text(Fraction(value))
    if isinstance(value, UUID):
        return str(value)
    return _plain_whole(value)


def _plain_whole(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes):
        return [plain(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"JSON of a command cannot hold a {type(value).__name__}")


class Advance(Protocol):
    """Tells how far the work is: `done` of `total`; a total not known yet is empty."""

    def __call__(self, done: int, total: int | None = None) -> None: ...


@contextmanager
def progress_bar(title: str) -> Iterator[Advance]:
    """A bar on stderr when that is a terminal, nothing when piped."""
    screen = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=screen, disable=not screen.is_terminal, transient=True) as bar:
        row = bar.add_task(title, total=None)

        def advance(done: int, total: int | None = None) -> None:
            bar.update(row, completed=done, total=total)

        yield advance
