"""`vandong places …`: the official units, on the command line."""

from datetime import date
from typing import Annotated

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.administration.places import load_official_units
from vandong.console.output import AsJson, print_json
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.phrases import sentence
from vandong.places.official import official_plan
from vandong.places.queries import find_unit, search_units, span_text

places = typer.Typer(
    help="Danh mục đơn vị hành chính. / The official administrative units.", no_args_is_help=True
)

Text = Annotated[str, typer.Argument(help="Mã hoặc tên đơn vị. / Code or name of a unit.")]
Parent = Annotated[str, typer.Option(help="Đơn vị cấp trên. / The unit above.")]
OnDay = Annotated[
    str, typer.Option("--on", help="Tại ngày, mặc định hôm nay. / On this day, default today.")
]


def register(app: typer.Typer) -> None:
    """Adds `places` to the command line."""
    app.add_typer(places, name="places")


@places.command()
def load(as_json: AsJson = False) -> None:
    """Nạp danh mục 01/2025 và 07/2025; chạy lại không đổi gì. / Load the lists; again changes nothing."""
    loaded = load_official_units(actor=Actor.system("vandong places load"), at=timezone.now())
    counts = {
        "new": loaded.new_count,
        "changed": loaded.changed_count,
        "unchanged": loaded.unchanged_count,
        "faults": loaded.fault_count,
    }
    if as_json:
        print_json(counts)
    else:
        typer.echo(sentence("official_units_loaded", counts, language()))


@places.command()
def faults(as_json: AsJson = False) -> None:
    """Liệt kê các dòng sai của danh mục và cách đọc. / List the faulty rows and how they are read."""
    rows = [
        {
            "fault": fault.code.value,
            "row": fault.row,
            "printed": f"{fault.printed_code} {fault.printed_name}".strip(),
            "listed": fault.listed_name,
            "read": f"{fault.reading.value} {fault.taken}".strip(),
        }
        for fault in official_plan().faults
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        typer.echo("\t".join("—" if value in (None, "") else str(value) for value in row.values()))


@places.command()
def find(text: Text, parent: Parent = "", on: OnDay = "", as_json: AsJson = False) -> None:
    """Đơn vị mà một mã hoặc tên đầy đủ chỉ đến. / The one unit that a code or full name means."""
    unit = find_unit(text, _day(on), parent)
    if as_json:
        print_json({"id": unit.id, "kind": str(unit.kind), "code": unit.code, "name": unit.name})
    else:
        typer.echo(f"{unit.code}\t{unit.name}")


@places.command()
def search(text: Text, on: OnDay = "") -> None:
    """Tìm đơn vị, không cần dấu. / Search units, without diacritics."""
    for hit in search_units(text, _day(on)).hits:
        line = hit.line
        span = span_text(line.valid_from, line.valid_until)
        after = " → " + ", ".join(hit.successors) if hit.successors else ""
        typer.echo(f"{line.code}\t{', '.join((line.name, *line.parents))}\t{span}{after}")


def _day(text: str) -> date:
    return parse_day(text) if text else timezone.localdate()
