"""The menu: a section shows when its page exists and the reader may open it."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Actor, Right


@dataclass(frozen=True, slots=True)
class Section:
    """One entry: its words, the name of its page, and the right without which it is not shown."""

    label: object
    url_name: str
    right: Right | None = None


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """An entry ready to print."""

    label: object
    url: str
    is_current: bool


SECTIONS = (
    Section(_("Tổng quan"), "board:board", Right.SEE_FIGURES),
    Section(_("Kế hoạch"), "figures:plans", Right.SEE_FIGURES),
    Section(_("Số liệu"), "figures:batches", Right.IMPORT_FIGURES),
    Section(_("Báo cáo"), "reports:report", Right.MAKE_REPORTS),
    Section(_("Người dân"), "people:search", Right.SEARCH_PEOPLE),
    Section(_("Vận động"), "worklists:home", Right.ACT_ON_PEOPLE),
    Section(_("Tư vấn"), "offers:list", Right.ACT_ON_PEOPLE),
    Section(_("Đơn vị"), "places:search"),
    Section(_("Pháp lý"), "law:parameters", Right.MANAGE_SETTINGS),
    Section(_("Quản trị"), "accounts:users", Right.MANAGE_USERS),
    Section(_("Nhật ký"), "audit:log", Right.SEE_AUDIT),
)


def menu_entries(actor: Actor, path: str) -> list[MenuEntry]:
    """The entries that exist and that the actor may open, in order."""
    entries = []
    for section in SECTIONS:
        if section.right is not None and not actor.can(section.right):
            continue
        try:
            url = reverse(section.url_name)
        except NoReverseMatch:
            continue
        entries.append(MenuEntry(section.label, url, path.startswith(url)))
    return entries
