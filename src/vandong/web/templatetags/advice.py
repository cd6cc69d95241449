"""Explanations of the citizen's advice: many on one page, so they are written without templates."""

from functools import lru_cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vandong.advice.documents.citizen import Cited, Why
from vandong.ui.templatetags.vandong import reader_language

register = template.Library()


@register.filter
def explained(why: Why | None) -> SafeString:
    """Steps, the law with its certainty, notes; empty where there is nothing to explain."""
    if why is None or not (why.steps or why.law or why.notes):
        return SafeString()
    lang, parts = reader_language(), ['<div class="why">']
    if why.steps:
        items = "".join(f"<li>{escape(step)}</li>" for step in why.steps)
        parts.append(f'<p class="why-head">{escape(_("Cách tính"))}</p><ol>{items}</ol>')
    if why.law:
        items = "".join(_cited(one, lang) for one in why.law)
        parts.append(f'<p class="why-head">{escape(_("Căn cứ"))}</p><ul>{items}</ul>')
    parts += [f"<p>{escape(note)}</p>" for note in why.notes]
    return SafeString("".join([*parts, "</div>"]))


@lru_cache(maxsize=2000)
def _cited(one: Cited, lang: str) -> str:
    """A value of the law; documents keep their Vietnamese names on English pages."""
    source = escape(one.source)
    if lang == "en":
        source = f'<cite lang="vi" translate="no">{source}</cite>'
    said = f"{escape(one.name)}: {escape(one.value)}, {escape(one.span)}. {source} – "
    if one.is_verified:
        return f"<li>{said}{escape(one.certainty)}</li>"
    confirm = escape(_("BHXH cơ sở xác nhận trước khi nộp tiền"))
    return f'<li>{said}<strong class="doubt">{escape(one.certainty)}</strong>, {confirm}</li>'
