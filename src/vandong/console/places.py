"""`vandong places …`: the official units, on the command line."""

import json
from datetime import date
from typing import Annotated

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.administration.places import load_official_units
from vandong.kernel.days import DayProblem, parse_day
from vandong.phrases import finding_sentence, sentence
from vandong.places.official import official_plan
from vandong.places.queries import UnitProblem, find_unit, search_units, span_text

app = typer.Typer(help="Danh mục đơn vị hành chính. / The official units.", no_args_is_help=True)

AsJson = Annotated[
    bool, typer.Option("--json", help="In một tài liệu JSON. / Print one JSON document.")
]
Lang = Annotated[str, typer.Option("--lang", envvar="VANDONG_LANG", help="vi | en")]
OnDay = Annotated[
    str, typer.Option("--on", help="Tại ngày, mặc định hôm nay. / On this day, default today.")
]


@app.command()
def load(as_json: AsJson = False, lang: Lang = "vi") -> None:
    """Nạp danh mục 01/2025 và 07/2025; chạy lại không đổi gì. / Load the lists; again changes nothing."""
    loaded = load_official_units(actor=Actor.system("vandong places load"), at=timezone.now())
    counts = {
        "new": loaded.new_count,
        "changed": loaded.changed_count,
        "unchanged": loaded.unchanged_count,
        "faults": loaded.fault_count,
    }
    typer.echo(json.dumps(counts) if as_json else sentence("official_units_loaded", counts, lang))


@app.command()
def faults(as_json: AsJson = False, lang: Lang = "vi") -> None:
    """Liệt kê các dòng sai của danh mục và cách đọc chúng. / List the faulty rows and how they are read."""
    rows = [
        {
            "fault": fault.code.value,
            "row": fault.row,
            "printed": f"{fault.printed_code} {fault.printed_name}".strip(),
            "listed": fault.listed_name or "—",
            "read": f"{fault.reading.value} {fault.taken}".strip(),
        }
        for fault in official_plan().faults
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        typer.echo("\t".join(str(value if value is not None else "—") for value in row.values()))


@app.command()
def find(
    text: str, parent: str = "", on: OnDay = "", as_json: AsJson = False, lang: Lang = "vi"
) -> None:
    """Đơn vị mà một mã hoặc tên đầy đủ chỉ đến. / The one unit that a code or full name means."""
    try:
        unit = find_unit(text, _day(on, lang), parent)
    except UnitProblem as problem:
        typer.echo(finding_sentence(problem.finding, lang), err=True)
        raise typer.Exit(1) from problem
    shown = {"id": unit.id, "kind": unit.kind, "code": unit.code, "name": unit.name}
    typer.echo(json.dumps(shown, ensure_ascii=False) if as_json else f"{unit.code}\t{unit.name}")


@app.command()
def search(text: str, on: OnDay = "", lang: Lang = "vi") -> None:
    """Tìm đơn vị, không cần dấu. / Search units, without diacritics."""
    for hit in search_units(text, _day(on, lang)).hits:
        line = hit.line
        span = span_text(line.valid_from, line.valid_until)
        after = " → " + ", ".join(hit.successors) if hit.successors else ""
        typer.echo(f"{line.code}\t{', '.join((line.name, *line.parents))}\t{span}{after}")


def _day(text: str, lang: str) -> date:
    if not text:
        return timezone.localdate()
    try:
        return parse_day(text)
    except DayProblem as problem:
        raise typer.BadParameter(sentence(problem.code, {"text": text}, lang)) from problem
