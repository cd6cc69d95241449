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
from vandong.console.register_figures import rebuild
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.phrases import sentence
from vandong.planning.figure_files.importing import Opener, import_figures
from vandong.planning.figure_files.mapping import WideChoice
from vandong.planning.figure_files.openers import WideOpener, open_long_file
from vandong.planning.figure_files.options import ImportOptions
from vandong.planning.mapping_settings import mapping_named
from vandong.planning.undoing import undo_batch

app = typer.Typer(
    help="Số liệu: nhập từ tệp, hoàn tác. / Figures: import from files, undo.", no_args_is_help=True
)


def register(root: typer.Typer) -> None:
    """Adds `vandong figures …`."""
    app.command()(rebuild)
    root.add_typer(app, name="figures")


@app.command("import")
def import_(
    file: FilePath,
    *,
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
    mapping: Annotated[
        str,
        typer.Option(
            help="Tên cách ghép cột đã lưu, cho bảng mỗi đơn vị một dòng."
            " / A saved column mapping, for a table with one row a unit."
        ),
    ] = "",
    as_of: Annotated[
        str,
        typer.Option(
            help="Ngày của bảng, cần khi dùng --mapping. / Day of the table; with --mapping."
        ),
    ] = "",
    whole: Annotated[
        str,
        typer.Option(
            help="Đơn vị của cả bảng: dòng tổng là số của đơn vị này. / Unit that the whole table is about."
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Nhập số liệu từ tệp; có lỗi thì không ghi gì. / Import figures; any problem: nothing is stored."""
    if bool(mapping) != bool(as_of) or (whole and not mapping):
        raise typer.BadParameter(sentence("mapping_needs_day", {}, language()))
    options = ImportOptions(source, accept_good, create_units)
    opened = _opener(mapping, as_of, whole)
    result = with_bar(
        lambda advance: import_figures(
            actor=_actor(),
            path=file,
            name=file.name,
            at=timezone.now(),
            options=options,
            opened=opened,
            advance=advance,
        )
    )
    tell_import(result, as_json=as_json)


@app.command()
def undo(batch: BatchId, as_json: AsJson = False) -> None:
    """Hoàn tác một lần nhập; số cũ có lại hiệu lực. / Undo an import; what it replaced lives again."""
    done = undo_batch(actor=_actor(), batch_id=batch, at=timezone.now())
    tell_undo(done, as_json=as_json)


def _opener(mapping: str, as_of: str, whole: str) -> Opener:
    if not mapping:
        return open_long_file
    known = mapping_named(_actor(), mapping)
    return WideOpener(WideChoice(known, parse_day(as_of), whole))


def _actor() -> Actor:
    return Actor.system("vandong figures")
