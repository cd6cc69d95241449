"""The command line `vandong`: every noun has its module, which adds its commands through `register(app)`.

Exit codes: 0 done, 1 a problem in the data (told on stderr, and in the document under `--json`),
2 wrong usage. Anything else that goes wrong is a fault and shows its traceback.
"""

from types import ModuleType
from typing import Any

import typer
from typer.core import TyperGroup

from vandong.console import (
    accounts,
    demo,
    figures,
    intake,
    jobs,
    law,
    link,
    places,
    plans,
    progress,
    segments,
    synth,
    worker,
)
from vandong.console.advice import lump_sum, pension, quote
from vandong.console.output import json_asked, print_json
from vandong.console.problems import Findings, findings_of, told
from vandong.console.wording import language, speak
from vandong.phrases import finding_sentence

NOUNS: tuple[ModuleType, ...] = (
    accounts,
    demo,
    figures,
    intake,
    jobs,
    law,
    link,
    lump_sum,
    pension,
    places,
    plans,
    progress,
    quote,
    segments,
    synth,
    worker,
)
"""Modules with `register(app: typer.Typer) -> None`. A new noun is added here, in the order of help."""


class Door(TyperGroup):
    """The outermost group: speaks the language asked for, and turns problems in the data into exit code 1."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        speak(self, language())

    def invoke(self, ctx: Any) -> Any:
        """Runs the command. Known problems are told; everything else goes its way."""
        try:
            return super().invoke(ctx)
        except Exception as problem:
            findings = findings_of(problem)
            if not findings:
                raise
            tell(findings, as_json=json_asked(ctx))
            raise typer.Exit(1) from problem


def tell(findings: Findings, *, as_json: bool) -> None:
    """Problems for the reader: sentences on stderr, and one document on stdout under `--json`."""
    lang = language()
    if as_json:
        print_json({"problems": told(findings, lang)})
    for finding in findings:
        typer.echo(finding_sentence(finding, lang), err=True)


def build() -> typer.Typer:
    """The command line with every noun."""
    made = typer.Typer(
        name="vandong",
        cls=Door,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="Vận Động: kế hoạch, tiến độ, báo cáo. / Vận Động: plans, progress, reports.",
    )
    for noun in NOUNS:
        noun.register(made)
    return made


app = build()
