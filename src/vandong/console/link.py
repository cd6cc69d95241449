"""`vandong link`: what the matching makes of a list, without keeping anything."""

from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.console.output import AsJson, print_json, progress_bar
from vandong.console.wording import language
from vandong.intake.kinds import ListKind
from vandong.intake.link_trials import LinkTrial, try_batch, try_list
from vandong.intake.linkage import Thresholds
from vandong.intake.shapes import ListUpload
from vandong.kernel.days import parse_day
from vandong.kernel.numbers import decimal_text, format_percent
from vandong.law import law_book
from vandong.phrases import sentence
from vandong.places.queries.finding import find_unit

What = Annotated[
    str,
    typer.Argument(
        metavar="BATCH | LIST",
        help="Mã lần nhận, hoặc tệp csv, xlsx, xls. / The id of a list taken in, or a csv, xlsx or xls file.",
    ),
]
Threshold = Annotated[
    float,
    typer.Option(
        min=0.5,
        max=1.0,
        help="Từ xác suất này thì tự ghép. / From this probability on a row is given to its person.",
    ),
]
Kind = Annotated[
    ListKind | None,
    typer.Option(
        "--as",
        help="Loại danh sách; bỏ trống thì đoán theo cột. / What the list is about; guessed by its columns.",
    ),
]
UnitText = Annotated[
    str,
    typer.Option(
        "--unit",
        help="Đơn vị của cả danh sách: mã hoặc tên. / The unit that the whole list is of: code or name.",
    ),
]
AsOf = Annotated[
    str,
    typer.Option("--as-of", help="Ngày mà danh sách đúng. / The day on which the list was true."),
]
Truth = Annotated[
    str,
    typer.Option(
        metavar="COLUMN",
        help="Cột ghi người thật của từng dòng, để đo. / The column that says whom each row means, to measure.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds `link` to the command line."""
    app.command()(link)


def link(
    what: What,
    *,
    threshold: Threshold = Thresholds().same,
    kind: Kind = None,
    unit: UnitText = "",
    as_of: AsOf = "",
    truth: Truth = "",
    as_json: AsJson = False,
) -> None:
    """Đối chiếu thử một danh sách với danh bạ, không ghi gì. / Match a list with the register, keep nothing."""
    actor, limits = Actor.system("vandong link"), Thresholds(same=threshold)
    with progress_bar(sentence("list_matching", {}, language())):
        batch_id = _batch_id(what)
        if batch_id is not None:
            trial = try_batch(actor=actor, batch_id=batch_id, thresholds=limits, truth_head=truth)
        else:
            trial = try_list(
                actor=actor,
                upload=_upload(Path(what), kind, unit, as_of),
                kind=kind,
                book=law_book(),
                thresholds=limits,
                truth_head=truth,
            )
    _tell(trial, is_measured=bool(truth), as_json=as_json)


def _batch_id(text: str) -> UUID | None:
    with suppress(ValueError):
        return UUID(text)
    return None


def _upload(path: Path, kind: ListKind | None, unit: str, as_of: str) -> ListUpload:
    if not path.is_file():
        raise typer.BadParameter(str(path), param_hint="BATCH | LIST")
    on = parse_day(as_of) if as_of else timezone.localdate()
    unit_id = find_unit(unit, on).pk if unit else None
    return ListUpload(kind or ListKind.PROSPECTS, path, path.name, on, unit_id=unit_id)


def _tell(trial: LinkTrial, *, is_measured: bool, as_json: bool) -> None:
    counts = {
        "same": trial.same,
        "review": trial.review,
        "different": trial.different,
        "refused": trial.refused,
    }
    measured = {"precision": trial.precision, "recall": trial.recall} if is_measured else {}
    if as_json:
        print_json({**counts, **{name: _decimal(one) for name, one in measured.items()}})
        return
    typer.echo(sentence("link_told", counts, language()))
    if is_measured:
        shares = {name: _percent(one) for name, one in measured.items()}
        typer.echo(sentence("link_measured", shares, language()))


def _decimal(share: Fraction | None) -> str | None:
    return None if share is None else decimal_text(share)


def _percent(share: Fraction | None) -> str:
    return "–" if share is None else f"{format_percent(share)}%"
