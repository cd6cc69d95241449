"""`vandong due` and `vandong worklist`: who is to be approached, and why."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.console.output import AsJson, print_json
from vandong.console.problems import Problem
from vandong.console.wording import language
from vandong.kernel.days import format_day, parse_day
from vandong.law import law_book
from vandong.outreach.segments.due import DueItem, due_items, segment_items
from vandong.outreach.segments.ready_made import ready_made
from vandong.outreach.segments.saved import chosen_segment
from vandong.phrases import finding_sentence, sentence
from vandong.places.models import Unit
from vandong.places.queries import find_unit

OnDay = Annotated[
    str, typer.Option("--on", help="Ngày xem, mặc định hôm nay. / The day; today when not given.")
]
UnitText = Annotated[
    str,
    typer.Option(
        "--unit",
        help="Chỉ đơn vị này và bên dưới, mặc định tất cả."
        " / This unit and what is below only; all when not given.",
    ),
]
Within = Annotated[
    int,
    typer.Option("--within", min=0, max=3660, help="Trong bao nhiêu ngày. / Within so many days."),
]
SegmentCode = Annotated[
    str,
    typer.Argument(
        metavar="SEGMENT",
        help="Mã nhóm có sẵn, hoặc số của nhóm đã lưu. / Code of a ready-made segment, or id of a saved one.",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds `due` and `worklist`."""
    app.command()(due)
    app.command()(worklist)


def due(
    *, within: Within = 30, on: OnDay = "", unit: UnitText = "", as_json: AsJson = False
) -> None:
    """Ai đến kỳ đóng BHXH tự nguyện, gia hạn thẻ BHYT. / Whose payment or card is due."""
    day = _day(on)
    items = due_items(Actor.system("vandong due"), law_book(), day, within, _unit(unit, day))
    _tell(items, as_json=as_json)


def worklist(
    segment: SegmentCode, *, unit: UnitText = "", on: OnDay = "", as_json: AsJson = False
) -> None:
    """Người trong một nhóm, mỗi người kèm lý do. / The people of a segment, each with the reasons."""
    day, actor = _day(on), Actor.system("vandong worklist")
    try:
        chosen = chosen_segment(actor, segment)
    except NotVisible as unknown:
        known = ", ".join(ready_made())
        raise Problem.of("segment_unknown", text=segment, known=known) from unknown
    known_one = ready_made().get(segment)
    items = segment_items(
        actor,
        chosen.rule,
        law_book(),
        day,
        scheme=known_one.aim if known_one else "",
        unit=_unit(unit, day),
    )
    _tell(items, as_json=as_json)


def _day(text: str) -> date:
    return parse_day(text) if text else timezone.localdate()


def _unit(text: str, on: date) -> Unit | None:
    return find_unit(text, on) if text else None


def _tell(items: Sequence[DueItem], *, as_json: bool) -> None:
    if as_json:
        print_json({"count": len(items), "items": [document(one) for one in items]})
        return
    lang = language()
    typer.echo(sentence("segment_people", {"people": len(items)}, lang))
    for one in items:
        reasons = "; ".join(finding_sentence(reason, lang) for reason in one.reasons)
        until = format_day(one.paid_until) if one.paid_until else "–"
        typer.echo("\t".join((one.line.full_name, one.line.unit, until, one.agent or "–", reasons)))


def document(one: DueItem) -> dict[str, object]:
    """An item as `--json` prints it; numbers of the person stay out."""
    return {
        "person": one.line.full_name,
        "person_id": one.person_id,
        "birth_year": one.line.birth_year,
        "scheme": one.scheme,
        "paid_until": one.paid_until,
        "unit": one.line.unit,
        "agent": one.agent,
        "reasons": list(one.reasons),
    }
