"""`vandong intake`: lists of people into the register, and taking them back."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.administration.refusals import Refused, problem
from vandong.console.list_follow_ups import following
from vandong.console.output import AsJson, print_json, progress_bar
from vandong.console.wording import language
from vandong.documents.models import Batch, BatchState
from vandong.intake.kinds import ListKind
from vandong.intake.lists import (
    Advance,
    brings_anything,
    check_received,
    commit_list,
    drop_list,
    receive_list,
    refused_rows_file,
    undo_list,
)
from vandong.intake.mapping import needed_words, read_column_mapping
from vandong.intake.shapes import ListCounts, ListUpload
from vandong.kernel.days import parse_day
from vandong.law import law_book
from vandong.phrases import sentence
from vandong.places.queries.finding import find_unit
from vandong.sheets import SheetProblem

What = Annotated[
    str,
    typer.Argument(
        metavar="FILE | undo",
        help="Tệp csv, xlsx, xls; hoặc undo và mã lần nhận. / A csv, xlsx or xls file; or undo and an id.",
    ),
]
Which = Annotated[
    str, typer.Argument(metavar="[BATCH]", help="Mã lần nhận, sau undo. / The id, after undo.")
]
Kind = Annotated[
    ListKind | None,
    typer.Option("--as", help="Loại danh sách. / What the list is about."),
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
DryRun = Annotated[
    bool,
    typer.Option("--dry-run", help="Chỉ kiểm tra, không ghi. / Check only; store nothing."),
]


def register(app: typer.Typer) -> None:
    """Adds `intake` to the command line."""
    app.command()(intake)


def intake(
    what: What,
    which: Which = "",
    *,
    kind: Kind = None,
    unit: UnitText = "",
    as_of: AsOf = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Nhận danh sách người dân, hoặc hoàn tác. / Take a list of people over, or take one back."""
    if what == "undo":
        _undo(which, as_json=as_json)
        return
    path = Path(what)
    if which or not path.is_file():
        raise typer.BadParameter(str(path), param_hint="FILE")
    if kind is None:
        raise typer.BadParameter(", ".join(one.value for one in ListKind), param_hint="--as")
    on = parse_day(as_of) if as_of else timezone.localdate()
    upload = ListUpload(kind, path, path.name, on, unit_id=_unit_id(unit, on))
    _take(upload, dry_run=dry_run, as_json=as_json)


def _unit_id(text: str, on: date) -> int | None:
    return find_unit(text, on).pk if text else None


def _take(upload: ListUpload, *, dry_run: bool, as_json: bool) -> None:
    actor, at = _actor(), timezone.now()
    batch = receive_list(actor=actor, upload=upload, at=at, enqueues=False)
    with progress_bar(sentence("list_reading", {}, language())) as bar:

        def advance(done: int, total: int | None, step: str) -> None:
            bar(done, total)

        try:
            counts = check_received(
                actor=actor, batch_id=batch.pk, book=law_book(), at=at, advance=advance
            )
            batch.refresh_from_db()
            _refuse_unread(batch)
            file = _problems_file(actor, batch, upload.path, counts)
            brings = brings_anything(batch)
            if brings and not dry_run:
                counts = _commit(actor, batch, advance)
        except Refused:
            _give_up(actor, batch)
            raise
    if dry_run or not brings:
        _give_up(actor, batch)
    _tell(batch, counts, file, as_json=as_json, is_stored=not dry_run)


def _commit(actor: Actor, batch: Batch, advance: Advance) -> ListCounts:
    at = timezone.now()
    return commit_list(
        actor=actor, batch_id=batch.pk, at=at, advance=advance, follow_up=following(actor, at)
    )


def _refuse_unread(batch: Batch) -> None:
    """A file that cannot be read, or whose columns nobody has named yet, is a problem in the data."""
    if unread := batch.options.get("unreadable"):
        raise Refused(problem(unread["code"], **unread["values"]))
    if batch.state == BatchState.MAPPING:
        missing = read_column_mapping(batch.options["mapping"]).missing
        raise Refused(
            *(problem("list_columns_unknown", fields=needed_words(one)) for one in missing)
        )


def _give_up(actor: Actor, batch: Batch) -> None:
    with suppress(Refused):
        drop_list(actor=actor, batch_id=batch.pk, at=timezone.now())


def _problems_file(actor: Actor, batch: Batch, source: Path, counts: ListCounts) -> str | None:
    """Written beside the list, under its name."""
    if not counts.refused:
        return None
    target = source.with_name(f"{source.stem}-loi.xlsx")
    with suppress(SheetProblem, FileNotFoundError):
        target.write_bytes(refused_rows_file(actor=actor, batch_id=batch.pk, lang=language()))
        return str(target)
    return None


def _tell(
    batch: Batch, counts: ListCounts, file: str | None, *, as_json: bool, is_stored: bool
) -> None:
    lang = language()
    if as_json:
        print_json({"batch": batch.pk, **counts.stored(), "problems_file": file})
    else:
        code = "list_stored" if is_stored else "list_checked"
        typer.echo(sentence(code, counts.stored(), lang))
        if is_stored:
            typer.echo(sentence("list_batch", {"batch": str(batch.pk)}, lang))
    if known := batch.options.get("same_as"):
        typer.echo(sentence("list_known_before", {"batch": known}, lang), err=True)
    if file:
        # The path stands on its own line: a sentence would cut a long one.
        typer.echo(sentence("list_problems_file", {}, lang), err=True)
        typer.echo(file, err=True)
    if counts.refused:
        raise typer.Exit(1)


def _undo(which: str, *, as_json: bool) -> None:
    try:
        key = UUID(which)
    except ValueError as wrong:
        raise typer.BadParameter(which, param_hint="BATCH") from wrong
    actor, at = _actor(), timezone.now()
    done = undo_list(actor=actor, batch_id=key, at=at, follow_up=following(actor, at))
    values: dict[str, object] = {
        "removed": done.removed.get("person", 0),
        "restored": done.restored.get("person", 0),
        "left": sum(done.left.values()),
    }
    if as_json:
        whole = {"removed": dict(done.removed), "restored": dict(done.restored)}
        print_json({"batch": key, **whole, "left": dict(done.left)})
        return
    typer.echo(sentence("list_undone", values, language()))


def _actor() -> Actor:
    return Actor.system("vandong intake")
