"""Segments in the reader's words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vandong.contacts.models import Segment
from vandong.outreach.segments.band_codes import band_rule
from vandong.outreach.segments.ready_made import ready_made
from vandong.outreach.segments.saved import Chosen
from vandong.phrases import sentence


@dataclass(frozen=True, slots=True)
class Card:
    """A ready-made segment."""

    code: str
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Segments with one purpose."""

    heading: str
    cards: tuple[Card, ...]


def card_groups(lang: str) -> list[CardGroup]:
    """The ready-made segments by what they are for, in the order of their file."""
    headings = {
        "bhxh_tn": _("Vận động BHXH tự nguyện"),
        "bhyt_hgd": _("Gia hạn thẻ BHYT hộ gia đình"),
        "bhxh_bb": _("Kiểm tra diện BHXH bắt buộc"),
        "": _("Bổ sung thông tin"),
    }
    return [
        CardGroup(
            heading,
            tuple(_card(code, lang) for code, one in ready_made().items() if one.aim == aim),
        )
        for aim, heading in headings.items()
    ]


def _card(code: str, lang: str) -> Card:
    name = sentence(f"segment_{code}", {}, lang)
    return Card(code, name, sentence(f"segment_{code}_about", {}, lang))


def segment_name(chosen: Chosen, lang: str) -> str:
    """A ready-made one's name in the reader's language, a kept one's own."""
    kept: Segment | None = chosen.saved
    if kept is not None:
        return kept.name
    return sentence(f"segment_{chosen.code.partition('-')[0]}", {}, lang)


def segment_about(chosen: Chosen, lang: str) -> str:
    """What a ready-made one holds; empty for a kept one, whose conditions are shown."""
    if chosen.saved:
        return ""
    if band_rule(chosen.code) is not None:
        name = chosen.code.partition("-")[0].removeprefix("due_")
        return sentence(f"renewal_band_{name}", {}, lang)
    return sentence(f"segment_{chosen.code}_about", {}, lang)
