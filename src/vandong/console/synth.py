"""`vandong synth`: a made-up province, written into files."""

from pathlib import Path
from typing import Annotated

import typer

from vandong.console.output import AsJson, print_json, progress_bar
from vandong.console.wording import language
from vandong.intake.made_up import DEFAULT_DAY, MadeUpRequest, Written, write_made_up_province
from vandong.kernel.days import parse_day
from vandong.law import law_book
from vandong.phrases import sentence

ProvinceCode = Annotated[
    str,
    typer.Option(
        "--province",
        help="Mã tỉnh từ 01/07/2025, ví dụ 01. / Code of the province since 01/07/2025, such as 01.",
    ),
]
PeopleCount = Annotated[
    int,
    typer.Option(
        "--people", help="Số người, đến 10 triệu. / How many people, 10 million at the most."
    ),
]
Seed = Annotated[
    int,
    typer.Option("--seed", help="Cùng hạt giống, cùng dữ liệu. / The same seed, the same data."),
]
Folder = Annotated[
    Path,
    typer.Option("--out", help="Thư mục để ghi, trống hoặc chưa có. / Folder, empty or not there."),
]
AsOf = Annotated[
    str,
    typer.Option("--as-of", help="Ngày mà dữ liệu đứng. / The day the data stand for."),
]
Force = Annotated[
    bool,
    typer.Option(
        "--force",
        help="Thay các tệp cùng tên trong thư mục. / Replace files of the same names in the folder.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds `synth` to the command line."""
    app.command()(synth)


def synth(
    *,
    province: ProvinceCode,
    people: PeopleCount,
    out: Folder,
    seed: Seed = 7,
    as_of: AsOf = DEFAULT_DAY.isoformat(),
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Tạo một tỉnh mẫu: người, hộ, biên lai, danh sách. / Make a province up: people, receipts, lists."""
    lang = language()
    request = MadeUpRequest(province, people, seed, parse_day(as_of))
    with progress_bar(sentence("made_up_making", {}, lang)) as advance:
        written = write_made_up_province(
            request, out, book=law_book(), overwrite=force, advance=advance
        )
    if as_json:
        print_json({"folder": str(written.folder), "rows": written.rows, "made_up": True})
    else:
        typer.echo(_told(written, lang))


def _told(written: Written, lang: str) -> str:
    values = {
        "people": written.rows["persons.csv"],
        "households": written.rows["households.csv"],
        "files": len(written.rows),
        "folder": str(written.folder),
    }
    return sentence("made_up_written", values, lang)
