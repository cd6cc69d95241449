"""The canonical paragraphs of a progress report (domain.md S0.6, S1.2, S2.2, S2.3, S4.5)."""

from dataclasses import dataclass, field
from fractions import Fraction

from vandong.accounts.models import Channel
from vandong.figures.models import Measure, PlanKind, Scheme
from vandong.kernel.exactness import Exactness, Interval
from vandong.kernel.numbers import format_decimal
from vandong.papers.content import Paragraph
from vandong.phrases import finding_sentence
from vandong.planning.progress.explained import Explained
from vandong.planning.progress.shapes import Flow, Growth, PlanProgress, PrintedCheck, UnitProgress
from vandong.reporting.wording import LANGUAGE, baseline_name, say, scheme_name, whole, word_of

_PEOPLE = frozenset({Measure.POPULATION})
_WORKERS = frozenset({Measure.LABOUR_FORCE, Measure.WORKING_AGE})
FITTING_DENOMINATORS = {
    Scheme.BHYT: _PEOPLE,
    Scheme.BHYT_HGD: _PEOPLE,
    Scheme.BHXH_TN: _WORKERS,
    Scheme.BHXH_BB: _WORKERS,
    Scheme.BHTN: _WORKERS,
}


@dataclass
class Footnotes:
    """The footnotes of one report; the same note is numbered once."""

    texts: list[str] = field(default_factory=list)

    def add(self, code: str, **values: object) -> int:
        """The number of this note, counted from 1."""
        text = say(code, **values)
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1


def result_paragraphs(progress: UnitProgress, notes: Footnotes) -> list[Paragraph]:
    """Stock with plans, growth and coverage; then what remains, flows and channels."""
    if progress.stock is None:
        text = say(
            "report_small_stock" if progress.is_hidden else "report_no_stock",
            on=progress.on,
            unit=progress.unit.name,
            scheme=scheme_name(progress.scheme),
        )
        return [Paragraph(text), *flow_paragraphs(progress)]
    numbers: list[int] = []
    clauses = [
        _stock_clause(progress, progress.stock, numbers, notes),
        *_plan_clauses(progress, numbers, notes),
        *[_growth_clause(growth, numbers, notes) for growth in progress.telling_growth],
        *_coverage_clauses(progress),
    ]
    first = Paragraph(", ".join(clauses) + ".", tuple(dict.fromkeys(numbers)))
    return [first, *_remaining_paragraphs(progress, notes), *flow_paragraphs(progress)]


def finding_paragraphs(progress: UnitProgress) -> list[Paragraph]:
    """What the figures hide, one paragraph a finding."""
    return [Paragraph(finding_sentence(finding, LANGUAGE)) for finding in progress.findings]


def _stock_clause(
    progress: UnitProgress, stock: Explained, numbers: list[int], notes: Footnotes
) -> str:
    word = word_of(stock)
    if word is not Exactness.EXACT:
        numbers.append(_approximate_note(notes, scheme_name(progress.scheme), stock, word))
    if progress.stock_on and progress.stock_on != progress.on:
        code = "report_note_stale" if progress.is_stale else "report_note_own_day"
        numbers.append(notes.add(code, stock_on=progress.stock_on))
    if any(given.restated for given in stock.inputs):
        numbers.append(notes.add("report_note_restated"))
    return say(
        "report_stock",
        on=progress.on,
        unit=progress.unit.name,
        scheme=scheme_name(progress.scheme),
        stock=whole(stock),
        word=word,
    )


def _approximate_note(notes: Footnotes, what: str, figure: Explained, word: Exactness) -> int:
    names = {Exactness.OVER: "hơn", Exactness.NEARLY: "gần", Exactness.ABOUT: "khoảng"}
    span = Interval(figure.quantity.low, figure.quantity.high)
    return notes.add("report_note_approximate", what=what, word=names[word], range=span)


def _plan_clauses(progress: UnitProgress, numbers: list[int], notes: Footnotes) -> list[str]:
    stated = [plan for plan in progress.plans if plan.kind == PlanKind.STOCK and plan.share]
    if stated:
        return [_share_clause(plan) for plan in stated]
    clauses = []
    for check in progress.printed:
        if check.kind == "pct_of_plan":
            clauses.append(_printed_clause(check))
            if check.implied:
                span = Interval(check.implied.quantity.low, check.implied.quantity.high)
                numbers.append(notes.add("report_note_implied_plan", range=_whole_ends(span)))
    return clauses


def _share_clause(plan: PlanProgress) -> str:
    code = "report_plan_share" if plan.commitment == "assigned" else "report_striving_share"
    share = plan.share.value if plan.share else Fraction(0)
    return say(code, share=share, owner=plan.owner, plan=whole(plan.value))


def _printed_clause(check: PrintedCheck) -> str:
    return say("report_printed_share", share=format_decimal(check.printed * 100, check.decimals))


def _whole_ends(span: Interval) -> Interval:
    """The whole people inside an interval."""
    low, high = -(-span.low.numerator // span.low.denominator), int(span.high)
    return Interval(Fraction(low), Fraction(high)) if low <= high else span


def _growth_clause(growth: Growth, numbers: list[int], notes: Footnotes) -> str:
    change = growth.change.value
    if growth.derived:
        prior = whole(growth.prior)
        numbers.append(notes.add("report_note_derived", on=growth.on, value=prior))
    code = "report_rise" if change > 0 else "report_fall" if change < 0 else "report_unchanged"
    text = say(
        code,
        word=word_of(growth.change),
        change=abs(whole(growth.change)),
        baseline=baseline_name(growth),
    )
    if growth.rate is None:
        return text
    return f"{text} {say('report_rate', rate=abs(growth.rate.value))}"


def _coverage_clauses(progress: UnitProgress) -> list[str]:
    """Health insurance is measured on people, social insurance on workers (domain.md S3.6, S4.5)."""
    fitting = FITTING_DENOMINATORS[Scheme(progress.scheme)]
    return [
        say(
            "report_coverage",
            share=row.rate.value,
            denominator=str(Measure(row.denominator).label).lower(),
            size=whole(row.size),
            on=row.on,
        )
        for row in progress.coverage
        if row.denominator in fitting
    ]


def _remaining_paragraphs(progress: UnitProgress, notes: Footnotes) -> list[Paragraph]:
    paragraphs = []
    for plan in progress.plans:
        if plan.kind != PlanKind.STOCK or plan.remaining is None:
            continue
        paragraphs.append(_remaining_paragraph(progress, plan, plan.remaining, notes))
    return paragraphs


def _remaining_paragraph(
    progress: UnitProgress, plan: PlanProgress, left: Explained, notes: Footnotes
) -> Paragraph:
    if left.value <= 0:
        return Paragraph(say("report_exceeded", owner=plan.owner, surplus=-whole(left)))
    values = {
        "owner": plan.owner,
        "unit": progress.unit.name,
        "scheme": scheme_name(progress.scheme),
        "remaining": whole(left),
        "deadline": plan.deadline,
    }
    number = notes.add("report_note_net", remaining=whole(left))
    if plan.pace_needed is None:
        return Paragraph(say("report_remaining_overdue", **values), (number,))
    text = say("report_remaining", pace=whole(plan.pace_needed), **values)
    return Paragraph(" ".join([text, *_pace_sentence(plan)]), (number,))


def _pace_sentence(plan: PlanProgress) -> list[str]:
    if plan.pace_achieved is None or plan.net_share is None:
        return []
    pace = whole(plan.pace_achieved)
    return [
        say(
            "report_pace_fall" if pace < 0 else "report_pace_rise",
            pace=abs(pace),
            time=plan.time_elapsed.value,
            gain=plan.net_share.value,
        )
    ]


def flow_paragraphs(progress: UnitProgress) -> list[Paragraph]:
    """One sentence a flow; its channels beside it where they are stated."""
    totals = [flow for flow in progress.flows if not flow.channel]
    return [Paragraph(_flow_text(flow, progress.flows)) for flow in totals]


def _flow_text(flow: Flow, flows: tuple[Flow, ...]) -> str:
    parts = [
        part
        for part in flows
        if part.channel and (part.measure, part.until) == (flow.measure, flow.until)
    ]
    values = {
        "measure": str(Measure(flow.measure).label).lower(),
        "from": flow.period_from,
        "until": flow.until,
        "total": whole(flow.total),
    }
    if parts and flow.total.value:
        said = "; ".join(_channel_text(part, flow) for part in parts)
        return _long_text(say("report_channels", **values, parts=""), said)
    word = word_of(flow.total)
    if flow.measure == Measure.REVENUE:
        return say("report_revenue", word=word, **values)
    return say("report_flow", word=word, **values)


def _channel_text(part: Flow, flow: Flow) -> str:
    return say(
        "report_channel_part",
        channel=str(Channel(part.channel).label),
        count=whole(part.total),
        share=part.total.value / flow.total.value,
    )


def _long_text(opening: str, parts: str) -> str:
    """Placeholders of type text are cut at 80 signs; a list of channels is set in afterwards."""
    return opening.removesuffix(".") + parts + "."
