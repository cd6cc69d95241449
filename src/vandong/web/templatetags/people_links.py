"""The pages under "Người dân" that exist and that the reader may open."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Right

register = template.Library()

_PAGES = (
    (_("Tìm người"), "people:search", Right.SEARCH_PEOPLE),
    (_("Danh sách vào"), "lists:list", Right.IMPORT_PEOPLE),
    (_("Đối chiếu"), "matching:queue", Right.IMPORT_PEOPLE),
    (_("Hồ sơ trả lại"), "returned:list", Right.ACT_ON_PEOPLE),
    (_("Nhóm"), "segments:list", Right.ACT_ON_PEOPLE),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One entry, ready to print."""

    label: object
    url: str
    is_current: bool


@register.simple_tag(takes_context=True)
def people_links(context: Mapping[str, Any]) -> list[Link]:
    """The entries in order."""
    request = context["request"]
    links = []
    for label, name, right in _PAGES:
        if not request.actor.can(right):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        here = request.path == url or (name != "people:search" and request.path.startswith(url))
        links.append(Link(label, url, here))
    return links
