"""`vandong figures …`: figures from files, and taking them back."""

from typing import Annotated

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.console.imports import (
    AcceptGood,
    BatchId,
    FilePath,
    Source,
    tell_import,
    tell_undo,
    with_bar,
)
from vandong.console.output import AsJson
from vandong.planning.figure_files.importing import import_figures
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.undoing import undo_batch

app = typer.Typer(
    help="Số liệu: nhập từ tệp, hoàn tác. / Figures: import from files, undo.", no_args_is_help=True
)


def register(root: typer.Typer) -> None:
    """Adds `vandong figures …`."""
    root.add_typer(app, name="figures")


@app.command("import")
def import_(
    file: FilePath,
    source: Source = "",
    create_units: Annotated[
        bool,
        typer.Option(
            "--create-units",
            help="Tạo đơn vị chưa có dưới đơn vị cấp trên ghi trong tệp."
            " / Make unknown units under the parent that the file names.",
        ),
    ] = False,
    accept_good: AcceptGood = False,
    as_json: AsJson = False,
) -> None:
    """Nhập số liệu từ tệp; có lỗi thì không ghi gì. / Import figures; any problem: nothing is stored."""
    options = ImportOptions(source, accept_good, create_units)
    result = with_bar(
        lambda advance: import_figures(
            actor=_actor(),
            path=file,
            name=file.name,
            at=timezone.now(),
            options=options,
            advance=advance,
        )
    )
    tell_import(result, as_json=as_json)


@app.command()
def undo(batch: BatchId, as_json: AsJson = False) -> None:
    """Hoàn tác một lần nhập; số cũ có lại hiệu lực. / Undo an import; what it replaced lives again."""
    done = undo_batch(actor=_actor(), batch_id=batch, at=timezone.now())
    tell_undo(done, as_json=as_json)


def _actor() -> Actor:
    return Actor.system("vandong figures")
