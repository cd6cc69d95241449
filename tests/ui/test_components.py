"""What the components draw: the parts that readers of screens, keyboards and other languages depend on."""

from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Engine, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation
from django_cotton.compiler_regex import CottonCompiler


def drawn(source: str, **given: Any) -> str:
    """A piece of a page with components in it, spaces made single."""
    engine: Engine = get_template("ui/base_public.html").template.engine  # type: ignore[attr-defined]
    template = Template(CottonCompiler().process(source), engine=engine)
    return " ".join(template.render(Context(given)).split())


class Named(forms.Form):
    name = forms.CharField(label="Họ tên", help_text="Như trên giấy tờ")
    way = forms.ChoiceField(
        label="Cách gửi", widget=forms.RadioSelect, choices=[("mail", "Thư"), ("hand", "Tận tay")]
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def test_a_figure_opens_its_explanation_only_where_there_is_one() -> None:
    with_page = drawn('<c-figure label="Đang tham gia" value="44.134" href="/giai-thich" />')
    assert '<a class="explain" href="/giai-thich">44.134</a>' in with_page
    assert "explain" not in drawn('<c-figure label="Đang tham gia" value="44.134" />')


@pytest.mark.parametrize(
    ("code", "vi", "en"),
    [
        ("on_pace", "Đúng tiến độ", "On pace"),
        ("attention", "Cần chú ý", "Needs attention"),
        ("needs_help", "Cần hỗ trợ", "Needs help"),
        ("unknown", "Chưa đủ số liệu", "Not enough figures"),
    ],
)
def test_a_light_has_a_word_in_both_languages(code: str, vi: str, en: str) -> None:
    source = f'<c-light code="{code}" />'
    assert drawn(source) == f'<span class="light {code}">{vi}</span>'
    with translation.override("en"):
        assert drawn(source) == f'<span class="light {code}">{en}</span>'


def test_a_finding_says_in_words_what_its_colour_says() -> None:
    shapes = set()
    for tone, word in (("amber", "Lưu ý:"), ("red", "Cần sửa:"), ("green", "Đã xong:")):
        text = drawn(f'<c-finding tone="{tone}">Có việc</c-finding>')
        assert word in text
        shapes.add(text.partition("<path")[2].partition("/>")[0])
    assert len(shapes) == 3
    own = drawn('<c-finding word="Giảm dài.">Có việc</c-finding>')
    assert "<strong>Giảm dài.</strong>" in own
    assert "Lưu ý:" not in own


def test_a_field_ties_label_hint_and_error_to_its_control() -> None:
    text = drawn('<c-field :field="form.name" />', form=Named({"name": ""}))
    assert '<label for="id_name">Họ tên</label>' in text
    assert 'id="id_name_helptext"' in text
    assert '<div id="id_name_error">' in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text


def test_radios_stand_in_a_fieldset_with_a_legend() -> None:
    text = drawn('<c-field :field="form.way" />', form=Named())
    assert "<fieldset" in text
    assert "<legend>Cách gửi</legend>" in text
    assert 'for="id_way"' not in text


def test_a_form_lists_its_problems_with_links_and_keeps_hidden_fields() -> None:
    text = drawn('<c-form :form="form" button="Lưu" />', form=Named({"version": "3"}))
    assert 'role="alert" tabindex="-1"' in text
    assert '<a href="#id_name">Họ tên</a>' in text
    assert '<input type="hidden" name="version" value="3"' in text
    assert "error-summary" not in drawn('<c-form :form="form" button="Lưu" />', form=Named())


def test_a_pager_keeps_what_was_asked() -> None:
    request = RequestFactory().get("/", {"q": "yên thế", "trang": "2"})
    page = Paginator(range(75), 25).page(2)
    text = drawn('<c-pager :page="page" />', page=page, request=request)
    assert 'href="?q=y%C3%AAn+th%E1%BA%BF&amp;trang=1" rel="prev"' in text
    assert 'trang=3" rel="next"' in text
    assert "Trang 2 trên 3" in text
    alone = Paginator(range(5), 25).page(1)
    assert drawn('<c-pager :page="page" />', page=alone, request=request) == ""


def test_a_table_that_scrolls_is_a_named_region_in_the_way_of_tab() -> None:
    text = drawn('<c-table label="Đơn vị"><tbody></tbody></c-table>')
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="Đơn vị">' in text
    assert '<caption class="visually-hidden">Đơn vị</caption>' in text


def test_progress_without_a_value_is_of_unknown_length() -> None:
    assert 'value="40"' in drawn('<c-progress label="Nạp" value="40" />')
    assert "value=" not in drawn('<c-progress label="Nạp" />')


def test_a_button_passes_its_attributes_on() -> None:
    assert drawn('<c-button type="button" data-opens="#d">Mở</c-button>') == (
        '<button class="button" type="button" data-opens="#d">Mở</button>'
    )
    assert 'class="button danger" href="/xoa"' in drawn(
        '<c-button href="/xoa" kind="danger">Xóa</c-button>'
    )


def test_what_is_typed_is_never_markup() -> None:
    text = drawn('<c-card :heading="given" id="a">{{ given }}</c-card>', given="<script>")
    assert "<script>" not in text
    assert text.count("&lt;script&gt;") == 2
