"""`vandong plans …`: plans and targets from files, and taking them back."""

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
from vandong.planning.plan_files.importing import PlanOptions, import_plans
from vandong.planning.undoing import undo_batch

app = typer.Typer(
    help="Kế hoạch, chỉ tiêu: nhập từ tệp, hoàn tác. / Plans and targets: import from files, undo.",
    no_args_is_help=True,
)


def register(root: typer.Typer) -> None:
    """Adds `vandong plans …`."""
    root.add_typer(app, name="plans")


@app.command("import")
def import_(
    file: FilePath, source: Source = "", accept_good: AcceptGood = False, as_json: AsJson = False
) -> None:
    """Nhập kế hoạch từ tệp; có lỗi thì không ghi gì. / Import plans; any problem: nothing is stored."""
    result = with_bar(
        lambda advance: import_plans(
            actor=_actor(),
            path=file,
            name=file.name,
            at=timezone.now(),
            options=PlanOptions(source, accept_good),
            advance=advance,
        )
    )
    tell_import(result, as_json=as_json)


@app.command()
def undo(batch: BatchId, as_json: AsJson = False) -> None:
    """Hoàn tác một lần nhập kế hoạch. / Undo an import of plans."""
    done = undo_batch(actor=_actor(), batch_id=batch, at=timezone.now())
    tell_undo(done, as_json=as_json)


def _actor() -> Actor:
    return Actor.system("vandong plans")
