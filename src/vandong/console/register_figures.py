"""`vandong figures rebuild`: the register's own figures, counted again."""

from typing import Annotated

import typer
from django.utils import timezone

from vandong.accounts.queries.scope import Actor
from vandong.console.output import AsJson, print_json
from vandong.console.problems import Problem
from vandong.console.wording import language
from vandong.kernel.days import parse_day
from vandong.law import law_book
from vandong.phrases import sentence
from vandong.places.queries import find_unit
from vandong.planning.register_figures import Grain, RebuildCounts, rebuild_register_figures

FromDay = Annotated[
    str,
    typer.Option(
        "--from", help="Ngày đầu, mặc định hôm nay. / The first day; today when not given."
    ),
]
ToDay = Annotated[
    str,
    typer.Option("--to", help="Ngày cuối, mặc định hôm nay. / The last day; today when not given."),
]
UnitText = Annotated[
    str,
    typer.Option(
        help="Chỉ đơn vị này và bên dưới, mặc định tất cả."
        " / This unit and what is below only; all when not given."
    ),
]
GrainText = Annotated[
    Grain,
    typer.Option(
        help="day: từng ngày; month: từng tháng; recent: ba tháng gần đây từng ngày, trước đó từng tháng."
        " / day: each day; month: whole months; recent: the last three months by day, months before."
    ),
]


def rebuild(
    *,
    from_: FromDay = "",
    to: ToDay = "",
    unit: UnitText = "",
    by: GrainText = Grain.DAY,
    as_json: AsJson = False,
) -> None:
    """Tính lại số liệu từ dữ liệu quản lý; số báo cáo giữ nguyên. / Count the register again; reported figures
    stay."""
    today = timezone.localdate()
    first_on, last_on = (parse_day(text) if text else today for text in (from_, to))
    if first_on > last_on:
        raise Problem.of("days_reversed", first_on=first_on, last_on=last_on)
    counts = rebuild_register_figures(
        actor=Actor.system("vandong figures rebuild"),
        book=law_book(),
        first_on=first_on,
        last_on=last_on,
        at=timezone.now(),
        grain=by,
        unit=find_unit(unit, today) if unit else None,
    )
    if as_json:
        print_json(document(counts))
    else:
        typer.echo(told(counts, language()))


def document(counts: RebuildCounts) -> dict[str, object]:
    """The counts as `--json` prints them and a job keeps them."""
    return {
        "from": counts.first_on,
        "to": counts.last_on,
        "periods": counts.period_count,
        "new": counts.new_count,
        "changed": counts.changed_count,
        "gone": counts.gone_count,
        "unchanged": counts.unchanged_count,
    }


def told(counts: RebuildCounts, lang: str) -> str:
    """The counts in words."""
    return sentence(
        "register_figures_counted",
        {
            "first_on": counts.first_on,
            "last_on": counts.last_on,
            "new": counts.new_count,
            "changed": counts.changed_count,
            "gone": counts.gone_count,
            "unchanged": counts.unchanged_count,
        },
        lang,
    )
