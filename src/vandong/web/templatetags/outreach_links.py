"""The pages under "Danh sách vận động" that exist and that the reader may open."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Right
from vandong.web.templatetags.people_links import Link

register = template.Library()

_PAGES = (
    (_("Danh sách"), "worklists:list", Right.IMPORT_PEOPLE),
    (_("Hôm nay"), "calls:today", Right.ACT_ON_PEOPLE),
    (_("Đến kỳ"), "renewals:people", Right.ACT_ON_PEOPLE),
    (_("Kết quả"), "results:overview", Right.IMPORT_PEOPLE),
    (_("Tiền thu"), "results:receipts", Right.ACT_ON_PEOPLE),
    (_("Của tôi"), "own:mine", Right.ACT_ON_PEOPLE),
    (_("Thù lao"), "own:rates", Right.MANAGE_SETTINGS),
    (_("Bàn giao"), "worklists:hand_over", Right.IMPORT_PEOPLE),
    (_("Kịch bản"), "calls:script", Right.IMPORT_PEOPLE),
    (_("Quy định gọi"), "calls:rules", Right.MANAGE_SETTINGS),
)


@register.simple_tag(takes_context=True)
def outreach_links(context: Mapping[str, Any]) -> list[Link]:
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
        links.append(Link(label, url, request.path.startswith(url)))
    return links
