"""The advice as the texts of its sheet of paper."""

from collections.abc import Iterator
from datetime import date

from vandong.advice.documents.citizen.content import Row, Section, Told
from vandong.papers.advice_sheet import AdviceSheet, SheetBlock, SheetLine
from vandong.phrases import sentence

_COLUMNS = {
    "paying": ("gross", "state", "local", "pay", "pay_later"),
    "pension": ("pension", "begins", "missing", "paid_in", "payback"),
}
"""What stands on the sheet of a section, by the codes of its lines."""


def sheet_of(advice: Told, on: date, link: str) -> AdviceSheet:
    """The texts of the sheet; `link` gives the very result again."""
    lang = advice.lang
    mark = sentence("advice_sheet_mark", {}, lang)
    return AdviceSheet(
        lang=lang,
        kind=sentence("advice_sheet_kind", {"on": on}, lang),
        headline=advice.headline,
        summary=advice.summary,
        blocks=tuple(_blocks(advice, mark)),
        warnings=tuple(_warnings(advice)),
        must_title=sentence("advice_sheet_must", {}, lang),
        must=tuple(one.text for one in advice.must_say),
        verify_title=sentence("advice_sheet_verify", {}, lang),
        verify=tuple(
            sentence(f"advice_sheet_{name}", {}, lang) for name in ("collector", "hotline")
        ),
        link_title=sentence("advice_sheet_link", {}, lang),
        link=link,
        foot=tuple(_foot(advice)),
    )


def _blocks(advice: Told, mark: str) -> Iterator[SheetBlock]:
    for code, wanted in _COLUMNS.items():
        section = advice.section(code)
        if section is None:
            continue
        rows = [row for row in section.rows if row.code in wanted]
        said = tuple(one for one in (section.refusal, _said_first(section)) if one)
        yield SheetBlock(section.title, tuple(_line(row, mark) for row in rows), said)
    compared = [advice.section(code) for code in ("savings", "nothing")]
    leads = tuple(one.lead for one in compared if one is not None and one.lead)
    if leads:
        title = sentence("advice_sheet_compared", {}, advice.lang)
        yield SheetBlock(title, said=leads)
    if not advice.may_join:
        yield _verdict(advice.verdict)


def _said_first(section: Section) -> str:
    """What stands above the amounts a month: a period paid already. The pension's sentence is the headline."""
    return section.lead if section.code == "paying" else ""


def _verdict(section: Section) -> SheetBlock:
    return SheetBlock(section.title, said=section.says)


def _line(row: Row, mark: str) -> SheetLine:
    return SheetLine(
        label=row.label,
        amount=row.text,
        note=row.note,
        mark=mark if row.is_doubtful else "",
        is_total=row.tone == "total",
    )


def _warnings(advice: Told) -> Iterator[str]:
    """The refusal of the pension stands in its block."""
    for section in (advice.verdict, advice.section("pension"), advice.section("change")):
        if section is None:
            continue
        yield from section.amber
        if section.refusal and section.code != "pension":
            yield section.refusal


def _foot(advice: Told) -> Iterator[str]:
    yield " ".join(advice.assumed)
    if advice.doubts:
        yield sentence("advice_sheet_doubts", {"count": len(advice.doubts)}, advice.lang)
    yield sentence("advice_sheet_law", {"mark": advice.fingerprint}, advice.lang)
