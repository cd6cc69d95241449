"""The board as text and as a picture, for the messages by which offices talk to each other."""

from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Scheme
from vandong.papers.card import Card, CardFigure
from vandong.phrases import finding_sentence, sentence
from vandong.phrases.forms import FORMS
from vandong.planning.progress.shapes import Baseline, Growth, PlanProgress, UnitProgress
from vandong.reporting.paragraphs import Footnotes, result_paragraphs
from vandong.reporting.wording import month_text, say, whole
from vandong.web.board.page import BoardPage

MOST_FINDINGS = 3


def share_text(page: BoardPage) -> str:
    """The canonical sentences and the weightiest findings, in Vietnamese, as one message."""
    progress = page.progress
    lines = [paragraph.text for paragraph in result_paragraphs(progress, Footnotes())]
    lines += [f"- {finding_sentence(one, 'vi')}" for one in progress.findings[:MOST_FINDINGS]]
    if page.is_made_up:
        lines.append(say("report_sample"))
    return "\n".join(lines)


def share_card(page: BoardPage, actor: Actor) -> Card:
    """The picture's content, in the reader's language."""
    lang = actor.language
    progress = page.progress
    figures = [*_stock_figures(progress, lang)]
    if progress.plan:
        figures += _plan_figures(progress.plan, lang)
    findings = [finding_sentence(one, lang) for one in progress.findings[:1]]
    return Card(
        place=f"{page.unit.name} · {Scheme(page.query.scheme).label} · {FORMS['day'](page.on, lang)}",
        heading=page.heading,
        figures=tuple(figures),
        note=" ".join(findings),
        sample_note=sentence("report_sample", {}, lang) if page.is_made_up else "",
    )


def _stock_figures(progress: UnitProgress, lang: str) -> list[CardFigure]:
    if progress.stock is None:
        return []
    growths = [progress.growth_since(one) for one in Baseline]
    note = " · ".join(
        f"{FORMS['signed'](whole(growth.change), lang)} ({_short(growth)})"
        for growth in growths
        if growth
    )
    label = sentence("board_card_stock", {}, lang)
    return [CardFigure(label, FORMS["count"](whole(progress.stock), lang), note)]


def _short(growth: Growth) -> str:
    """04/2023, or the day of the same period."""
    same = growth.baseline is Baseline.SAME_PERIOD
    return FORMS["day"](growth.on, "vi") if same else month_text(growth.on)


def _plan_figures(plan: PlanProgress, lang: str) -> list[CardFigure]:
    figures = []
    if plan.share:
        values: dict[str, object] = {"owner": plan.owner}
        label = sentence("board_card_share", values, lang)
        figures.append(CardFigure(label, FORMS["percent"](plan.share.value, lang)))
    if plan.remaining and plan.pace_needed:
        note = sentence(
            "board_card_pace",
            {"deadline": plan.deadline, "pace": whole(plan.pace_needed)},
            lang,
        )
        label = sentence("board_card_remaining", {}, lang)
        figures.append(CardFigure(label, FORMS["count"](whole(plan.remaining), lang), note))
    return figures
