"""The made-up people of the demo's province, taken in as any list is: persons, participation, receipts."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from vandong.accounts.queries.scope import Actor
from vandong.documents.models import Batch, BatchState
from vandong.intake.kinds import ListKind
from vandong.intake.lists import FollowUp, check_received, commit_list, drop_list, receive_list
from vandong.intake.made_up.request import DEFAULT_DAY, MadeUpRequest
from vandong.intake.made_up.writing import write_made_up_province
from vandong.intake.shapes import ListUpload
from vandong.law import law_book
from vandong.places.models import UnitKind
from vandong.places.queries.units import unit_at
from vandong.planning.demo.province import PROVINCE_CODE

SEED = 2026
SOURCE = "Người mẫu, bộ sinh số có hạt giống 2026; không ai là người thật"
KINDS = (ListKind.PERSONS, ListKind.PARTICIPATION, ListKind.RECEIPTS)
"""In this order: who refers to people comes after them."""


def load_made_up_people(
    *, actor: Actor, at: datetime, people: int, follow_up: FollowUp
) -> dict[ListKind, int]:
    """Takes in so many made-up people with their past; lists that stand already are left as they are, so that
    a load that was broken off is finished by the next. Answers the new rows of each list.

    Raises NotAllowed, Refused.
    """
    missing = [kind for kind in KINDS if not _stands(kind)]
    if not missing or not people:
        return {}
    with TemporaryDirectory() as folder:
        request = MadeUpRequest(PROVINCE_CODE, people, SEED, DEFAULT_DAY)
        write_made_up_province(request, Path(folder) / "made_up", book=law_book())
        files = {kind: Path(folder) / "made_up" / f"{kind}.csv" for kind in missing}
        return {kind: _take(actor, kind, files[kind], at, follow_up) for kind in missing}


def _stands(kind: ListKind) -> bool:
    return Batch.objects.filter(
        kind=kind, source_text=SOURCE, state__in=(BatchState.COMMITTED, BatchState.UNDONE)
    ).exists()


def _take(actor: Actor, kind: ListKind, path: Path, at: datetime, follow_up: FollowUp) -> int:
    """A list that brings nothing (a province of very few people) is not kept."""
    province = unit_at(UnitKind.PROVINCE, PROVINCE_CODE, DEFAULT_DAY)
    upload = ListUpload(
        kind,
        path,
        path.name,
        DEFAULT_DAY,
        source_text=SOURCE,
        unit_id=province.pk if province else None,
    )
    batch = receive_list(actor=actor, upload=upload, at=at, enqueues=False)
    counts = check_received(actor=actor, batch_id=batch.pk, book=law_book(), at=at)
    if not counts.new + counts.changed:
        drop_list(actor=actor, batch_id=batch.pk, at=at)
        return 0
    return commit_list(actor=actor, batch_id=batch.pk, at=at, follow_up=follow_up).new
