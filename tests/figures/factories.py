"""Units, observations, plans and printed percentages for tests, each as short as a sentence."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from vandong.documents.models import Batch, BatchState, Document, SourceFile
from vandong.figures.models import Observation, Plan, PrintedFigure, Target
from vandong.kernel.names import fold, sort_key, tone_key
from vandong.places.models import Placement, Tree, Unit

MOMENT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def day(text: str) -> date:
    """An ISO day."""
    return date.fromisoformat(text)


def make_unit(
    name: str = "Tỉnh Bắc Giang",
    code: str = "24",
    kind: str = "province",
    *,
    parent: Unit | None = None,
    valid_from: str | None = None,
    valid_until: str | None = None,
) -> Unit:
    """A unit with its place in the administrative tree."""
    start = None if valid_from is None else day(valid_from)
    end = None if valid_until is None else day(valid_until)
    unit = Unit.objects.create(
        kind=kind,
        code=code,
        name=name,
        name_key=tone_key(name),
        name_fold=fold(name),
        sort_key=sort_key(name),
        valid_from=start,
        valid_until=end,
    )
    above = "/"
    if parent is not None:
        above = parent.placements.get(tree=Tree.ADMINISTRATIVE).path
    Placement.objects.create(
        tree=Tree.ADMINISTRATIVE,
        unit=unit,
        parent=parent,
        path=f"{above}{unit.pk}/",
        valid_from=start,
        valid_until=end,
    )
    return unit


def make_batch(file_name: str = "so-lieu.csv") -> Batch:
    """A committed batch of a file."""
    source_file = SourceFile.objects.create(
        fingerprint=f"{SourceFile.objects.count():064d}",
        name=file_name,
        size=1,
        stored_as=file_name,
        received_at=MOMENT,
    )
    return Batch.objects.create(
        kind="figures",
        source_file=source_file,
        created_at=MOMENT,
        state=BatchState.COMMITTED,
    )


def observe(
    unit: Unit, measure: str, value: int, as_of: str, scheme: str = "bhxh_tn", **given: object
) -> Observation:
    """One live observation; `period_from` may be an ISO day. Official unless told otherwise."""
    period_from = given.pop("period_from", None)
    return Observation.objects.create(
        unit=unit,
        scheme=scheme,
        measure=measure,
        value=value,
        as_of=day(as_of),
        period_from=None if period_from is None else day(str(period_from)),
        **{"source_kind": "official", **given},
    )


def observe_stock(unit: Unit, value: int, as_of: str, **given: object) -> Observation:
    """Participants on a day."""
    return observe(unit, "stock", value, as_of, **given)


def observe_size(unit: Unit, denominator: str, value: int, as_of: str) -> Observation:
    """A denominator on a day."""
    return observe(unit, denominator, value, as_of, scheme="")


def set_target(
    unit: Unit,
    value: int | str,
    *,
    owner: str = "UBND tỉnh",
    document: str = "",
    signed_on: str | None = None,
    exactness: str = "exact",
    supersedes: Target | None = None,
    live: bool = True,
    **given: object,
) -> Target:
    """An owner's plan and its target for the unit; a stock plan of the year 2023 unless told otherwise."""
    paper = None
    if document:
        paper, _ = Document.objects.get_or_create(
            number=document,
            issuer_name=owner,
            defaults={"signed_on": None if signed_on is None else day(signed_on)},
        )
    fields: dict[str, object] = {
        "scheme": "bhxh_tn",
        "kind": "stock",
        "commitment": "assigned",
        "period_from": "2023-01-01",
        "deadline": "2023-12-31",
        **given,
    }
    fields["period_from"] = day(str(fields["period_from"]))
    fields["deadline"] = day(str(fields["deadline"]))
    plan, _ = Plan.objects.get_or_create(owner_name=owner, document=paper, **fields)
    return Target.objects.create(
        plan=plan,
        unit=unit,
        value=Decimal(value),
        exactness=exactness,
        supersedes=supersedes,
        live=live,
    )


def print_rate(
    unit: Unit,
    kind: str,
    per_cent: str,
    as_of: str,
    *,
    scheme: str = "bhxh_tn",
    denominator: str = "",
) -> PrintedFigure:
    """A percentage as printed ("84.65" has two decimals)."""
    decimals = len(per_cent.partition(".")[2])
    return PrintedFigure.objects.create(
        unit=unit,
        scheme=scheme,
        kind=kind,
        denominator=denominator,
        as_of=day(as_of),
        value=Decimal(per_cent),
        decimals=decimals,
    )


def bac_giang() -> Unit:
    """Tỉnh Bắc Giang on 31/05/2023 as the article prints it (`domain.md` S2.2)."""
    unit = make_unit(valid_until="2025-07-01")
    set_target(unit, 52139, document="2966/UBND-KGVX", deadline="2023-10-31")
    observe_stock(unit, 44134, "2023-05-31", source_text="Báo Bắc Giang 06/2023")
    observe(unit, "change_previous_month", 4934, "2023-05-31", period_from="2023-05-01")
    observe(unit, "change_previous_december", 3036, "2023-05-31", period_from="2023-01-01")
    print_rate(unit, "pct_of_plan", "84.65", "2023-05-31")
    return unit


def whole(value: Fraction) -> int:
    """A fraction that must be whole."""
    assert value.denominator == 1, value
    return int(value)
