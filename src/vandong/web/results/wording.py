"""Results in the reader's words."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from vandong.accounts.queries.scope import Actor, NotVisible
from vandong.contacts.models import ContactWay
from vandong.kernel.days import format_day
from vandong.outreach.results.conversion import By, ConversionLine, ConversionTable
from vandong.outreach.results.signals import Signal
from vandong.outreach.segments.saved import chosen_segment
from vandong.phrases import sentence
from vandong.web.segments.wording import segment_name


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line of the table; `is_typed`: a name that somebody typed (Vietnamese on every page)."""

    label: str
    is_typed: bool
    line: ConversionLine


def line_words(table: ConversionTable, lang: str) -> list[LineWords]:
    """The lines under their names."""
    return [LineWords(_label(table.by, line, lang), bool(line.name), line) for line in table.lines]


def _label(by: By, line: ConversionLine, lang: str) -> str:
    if line.name:
        return line.name
    if by is By.DAY:
        return format_day(date.fromisoformat(line.key))
    if by is By.WAY:
        return _(str(ContactWay(line.key).label))
    if by is By.SCRIPT:
        return _("Bản %s") % line.key if line.key else _("Không theo kịch bản")
    if by is By.SEGMENT:
        return _segment(line.key, lang)
    return _("Cán bộ nhập") if by is By.COLLECTOR else _("Chưa rõ")


def _segment(code: str, lang: str) -> str:
    try:
        return segment_name(chosen_segment(Actor.system("tên nhóm"), code), lang)
    except NotVisible:
        return code


def signal_words(signal: Signal, lang: str) -> str:
    """What was seen, with its numbers."""
    values = {"count": signal.count, "whole": signal.whole, "on": signal.on}
    return sentence(f"sign_{signal.sign.value}", values, lang)
