"""Files that came in, one in each state that a page can show."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone
from tests.browser.world import AT, World

from vandong.accounts.queries.scope import Actor, actor_for
from vandong.documents.models import Batch
from vandong.planning.checking_uploads import check_upload
from vandong.planning.undoing import FIGURES, PLANS, undo_batch
from vandong.planning.uploads import Upload, receive_upload, refuse_upload, store_upload

HEAD = "unit,as_of,scheme,measure,value"
GOOD = f"{HEAD}\n24,2023-06-30,bhxh_tn,stock,44.300\n215,2023-06-30,bhxh_tn,stock,2.120\n"
FAULTY = f"{GOOD}24,hom qua,bhxh_tn,stock,5\n9999,2023-06-30,bhxh_tn,stock,abc\n"
WIDE = "Tên huyện,Số BHXH TN cuối kỳ,Dân số cuối kỳ\nTỉnh Bắc Giang,44300,1900000\nHuyện Yên Thế,2120,\n"
PLAN_FILE = (
    "owner,document,unit,scheme,kind,period_from,deadline,value,commitment\n"
    "UBND tỉnh,12/KH,215,bhxh_tn,gross_new,2023-01-01,2023-12-31,300,assigned\n"
)


def add_files(world: World, folder: Path) -> None:
    """Puts `batch_<state>` among the ids of the world; sent by its planner."""
    actor = actor_for(world.people["planner"], timezone.localdate())

    def sent(kind: str, name: str, text: str) -> Batch:
        path = folder / name
        path.write_text(text)
        upload = Upload(kind, path, name, "Báo cáo tháng 6/2023")
        return receive_upload(actor=actor, upload=upload, at=AT)

    for state, batch in _batches(sent, actor).items():
        world.ids[f"batch_{state}"] = batch.pk


def _batches(sent: Callable[[str, str, str], Batch], actor: Actor) -> dict[str, Batch]:
    found = {
        "checking": sent(FIGURES, "dang-kiem-tra.csv", GOOD),
        "faulty": sent(FIGURES, "co-loi.csv", FAULTY),
        "mapping": sent(FIGURES, "bang-ngang.csv", WIDE),
        "refused": sent(FIGURES, "da-bo.csv", GOOD),
        "ready": sent(PLANS, "ke-hoach.csv", PLAN_FILE),
        "stored": sent(FIGURES, "da-nhan.csv", GOOD),
        "undone": sent(FIGURES, "hoan-tac.csv", GOOD.replace("44.300", "44.301")),
    }
    for state, batch in found.items():
        if state != "checking":
            check_upload(actor=actor, batch_id=batch.pk, at=AT)
    refuse_upload(actor=actor, batch_id=found["refused"].pk, at=AT)
    for state in ("undone", "stored"):
        key = found[state].pk
        store_upload(actor=actor, batch_id=key, accept_good=False, at=AT)
        if state == "undone":
            undo_batch(actor=actor, batch_id=key, at=AT)
    return found
