"""The progress report of a unit on a day: what a person edits in Word, and a chairman signs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from vandong.accounts.models import OfficeSetting
from vandong.accounts.queries.scope import Actor, Right, require
from vandong.figures.models import Scheme, SourceKind
from vandong.outreach.results.conversion import (
    SCHEMES,
    By,
    conversion_findings,
    conversion_table,
)
from vandong.outreach.results.span import Span
from vandong.papers.content import Letterhead, Paragraph, Report, Table
from vandong.phrases import finding_sentence
from vandong.places.models import Unit, UnitKind
from vandong.places.queries.units import ancestors, own_tree
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.reading import progress_of_children, trend, unit_progress
from vandong.planning.progress.shapes import ChildrenProgress, UnitProgress
from vandong.reporting.charts import trend_chart
from vandong.reporting.paragraphs import Footnotes, finding_paragraphs, result_paragraphs
from vandong.reporting.unit_table import unit_table
from vandong.reporting.wording import LANGUAGE, say, scheme_name, whole

LETTERHEAD_SETTING = "letterhead"
TYPE_WORDS = ("Thành phố ", "Tỉnh ")


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A report and what its reader should know before signing: `is_made_up` when any figure is sample data."""

    report: Report
    progress: UnitProgress
    is_made_up: bool


def unit_report(*, actor: Actor, unit: Unit, scheme: str, on: date) -> UnitReport:
    """The report of `unit` on `on`: every scheme with a figure, the table and the trend of `scheme`.

    Figures come from observations only. Raises NotAllowed.
    """
    require(actor, Right.MAKE_REPORTS, unit)
    children = progress_of_children(actor, unit, scheme, on, own_tree(unit))
    others = _other_schemes(actor, unit, scheme, on)
    every = [*others, children.parent]
    notes = Footnotes()
    paragraphs = _paragraphs(every, children, notes, _approaches(actor, unit, on))
    is_made_up = any(_is_made_up(one) for one in (*every, *children.children))
    report = Report(
        letterhead=letterhead(unit, on),
        title=say("report_title"),
        subject=say("report_subject", scheme=scheme_name(scheme), on=on),
        paragraphs=tuple(paragraphs),
        footnotes=tuple(notes.texts),
        tables=_tables(children),
        trend=trend_chart(trend(actor, unit, scheme, date(on.year - 1, 12, 31), on)),
        sample_note=say("report_sample") if is_made_up else "",
    )
    return UnitReport(report, children.parent, is_made_up)


def _other_schemes(actor: Actor, unit: Unit, scheme: str, on: date) -> list[UnitProgress]:
    """The other schemes with a stock that is not stale, in the order of the statutory report."""
    order = (Scheme.BHXH_BB, Scheme.BHTN, Scheme.BHYT, Scheme.BHYT_HGD, Scheme.BHXH_TN)
    found = [unit_progress(actor, unit, other, on) for other in order if other != scheme]
    return [one for one in found if one.stock is not None and not one.is_stale]


def _approaches(actor: Actor, unit: Unit, on: date) -> list[Paragraph]:
    """What the contacts of the year brought, for who works with people: joiners and renewals, each on its own
    denominator (domain.md S0.12)."""
    if not actor.can(Right.IMPORT_PEOPLE):
        return []
    span = Span(date(on.year, 1, 1), on, unit)
    tables = [conversion_table(actor, span, By.WAY, scheme) for scheme in SCHEMES]
    told = [finding for table in tables for finding in conversion_findings(table)]
    return [Paragraph(finding_sentence(one, LANGUAGE)) for one in told]


def _paragraphs(
    every: Sequence[UnitProgress],
    children: ChildrenProgress,
    notes: Footnotes,
    approaches: list[Paragraph],
) -> list[Paragraph]:
    results = [one for progress in every for one in result_paragraphs(progress, notes)]
    found = [one for progress in every for one in finding_paragraphs(progress)]
    parts = [
        ("report_heading_result", results),
        ("report_heading_approaches", approaches),
        ("report_heading_notes", found),
    ]
    if children.children:
        parts.append(("report_heading_units", _gap_paragraphs(children)))
    shown = [part for part in parts if part[1] or part[0] == "report_heading_units"]
    paragraphs = []
    for number, (heading, below) in enumerate(shown, start=1):
        paragraphs += [Paragraph(say(heading, number=number), is_heading=True), *below]
    return paragraphs


def _gap_paragraphs(children: ChildrenProgress) -> list[Paragraph]:
    gap, added = children.parts_gap, children.parts_sum
    if gap is None or added is None or gap.value == 0:
        return []
    text = say(
        "report_note_parts_gap",
        sum=whole(added),
        gap=whole(gap),
        unit=children.parent.unit.name,
    )
    return [Paragraph(text)]


def _tables(children: ChildrenProgress) -> tuple[Table, ...]:
    return (unit_table(children),) if children.children else ()


def letterhead(unit: Unit, on: date) -> Letterhead:
    """The head and end of the report: the office's own setting, else what the unit's province gives."""
    province = _province(unit, on)
    place = province.name if province else unit.name
    for word in TYPE_WORDS:
        place = place.removeprefix(word)
    own = OfficeSetting.objects.filter(kind=LETTERHEAD_SETTING, organisation__isnull=True).first()
    given = own.value if own else {}
    office = province.name if province else unit.name
    return Letterhead(
        superior=given.get("superior", "BẢO HIỂM XÃ HỘI VIỆT NAM"),
        issuer=given.get("issuer", f"BẢO HIỂM XÃ HỘI {office.upper()}"),
        number=given.get("number", "          /BC-BHXH"),
        place_and_day=f"{place}, ngày {on.day:02d} tháng {on.month:02d} năm {on.year}",
        signer_title=given.get("signer_title", "GIÁM ĐỐC"),
        signer_name=given.get("signer_name", ""),
        recipients=tuple(
            given.get(
                "recipients",
                [
                    say("report_recipient_superior"),
                    say("report_recipient_committee", unit=office),
                    say("report_recipient_file"),
                ],
            )
        ),
    )


def _province(unit: Unit, on: date) -> Unit | None:
    chain = (*ancestors(unit, own_tree(unit), on), unit)
    return next((one for one in chain if one.kind == UnitKind.PROVINCE), None)


def _is_made_up(progress: UnitProgress) -> bool:
    """Whether any figure shown rests on sample data."""
    plan = progress.plan
    shown = [
        progress.stock,
        plan.value if plan else None,
        *(growth.change for growth in progress.growth),
        *(flow.total for flow in progress.flows),
        *(coverage.rate for coverage in progress.coverage),
    ]
    return any(_rests_on_samples(figure) for figure in shown if figure)


def _rests_on_samples(figure: Explained) -> bool:
    return any(kind == SourceKind.MADE_UP for kind in source_kinds([figure]))


def source_kinds(figures: Iterable[Explained]) -> set[str]:
    """The kinds of source behind some figures."""
    return {
        given.source.kind
        for figure in figures
        for given in figure.inputs
        if given.source is not None
    }
