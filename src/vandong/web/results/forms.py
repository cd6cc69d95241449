"""What pages of results are asked, and what is typed of a payment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Actor
from vandong.figures.models import Scheme
from vandong.kernel.days import DayProblem, parse_day
from vandong.law import LawBook
from vandong.outreach.pricing import Collected
from vandong.outreach.results.conversion import SCHEMES, By
from vandong.outreach.results.span import Span, month_of
from vandong.phrases.law_words import row_words
from vandong.places.models import Unit
from vandong.rules.household_card.support import HOUSEHOLD, groups_supported
from vandong.rules.people import SupportGroup
from vandong.web.accounts.forms import DayField, PlainForm, in_words
from vandong.web.worklists.forms import office_units

BY_WORDS: Mapping[By, Any] = {
    By.SEGMENT: _("Nhóm người"),
    By.WORKLIST: _("Danh sách"),
    By.COLLECTOR: _("Người liên hệ"),
    By.SCRIPT: _("Bản kịch bản"),
    By.WAY: _("Cách liên hệ"),
    By.UNIT: _("Xã, phường"),
    By.DAY: _("Ngày"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page of results is asked for."""

    span: Span
    by: By
    scheme: str


class SpanForm(PlainForm):
    """Days, place, scheme, dimension."""

    tu = DayField(label=_("Từ ngày"))
    den = DayField(label=_("Đến ngày"))
    noi = forms.ModelChoiceField(
        label=_("Nơi"), queryset=Unit.objects.none(), required=False, empty_label=_("Mọi nơi")
    )
    loai = forms.ChoiceField(
        label=_("Chế độ"),
        choices=in_words([(code, str(Scheme(code).label)) for code in SCHEMES]),
        required=False,
    )
    theo = forms.ChoiceField(
        label=_("Chia theo"),
        choices=[(one.value, words) for one, words in BY_WORDS.items()],
        required=False,
    )

    def __init__(self, actor: Actor, today: date, given: Mapping[str, Any]) -> None:
        usual = month_of(today)
        shown = {
            "tu": given.get("tu") or f"{usual.first_on:%d/%m/%Y}",
            "den": given.get("den") or f"{usual.last_on:%d/%m/%Y}",
            "noi": given.get("noi", ""),
            "loai": given.get("loai") or SCHEMES[0],
            "theo": given.get("theo") or By.SEGMENT.value,
        }
        super().__init__(shown)
        self.today = today
        self.fields["noi"].queryset = office_units(actor, today)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both days there, in order."""
        data = super().clean() or {}
        if not self.errors and (data["tu"] or self.today) > (data["den"] or self.today):
            self.add_error("den", _("Ngày sau phải không sớm hơn ngày trước."))
        return data

    def span(self) -> Span:
        """As asked; where something cannot be read, the month so far."""
        if not self.is_valid():
            return month_of(self.today)
        data = self.cleaned_data
        return Span(data["tu"] or self.today, data["den"] or self.today, data["noi"])

    def asked(self) -> Asked:
        """The span with its scheme and dimension; the first of both where something cannot be read."""
        span = self.span()
        if not self.is_valid():
            return Asked(span, By.SEGMENT, SCHEMES[0])
        return Asked(span, By(self.cleaned_data["theo"]), self.cleaned_data["loai"])


class PaymentForm(PlainForm):
    """A receipt as it is in the hand. Which fields there are depends on the scheme."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    collected_on = DayField(label=_("Ngày thu"))
    book = forms.CharField(label=_("Quyển số (nếu có)"), required=False, max_length=60)
    number = forms.CharField(label=_("Số biên lai"), max_length=60)
    income_amount = forms.CharField(label=_("Mức thu nhập chọn đóng (đồng)"))
    method = forms.ChoiceField(label=_("Đóng mỗi lần"))
    covered_from = forms.CharField(label=_("Từ tháng hoặc từ ngày"))
    group = forms.ChoiceField(label=_("Đối tượng hỗ trợ"))
    order = forms.IntegerField(label=_("Người thứ mấy trong hộ"), min_value=1, max_value=50)
    stated_amount = forms.CharField(
        label=_("Số tiền ghi trên biên lai (đồng)"),
        required=False,
        help_text=_("Không bắt buộc; nếu ghi, số này được so với mức theo luật."),
    )

    def __init__(
        self, book: LawBook, on: date, scheme: str, lang: str, *given: Any, **named: Any
    ) -> None:
        super().__init__(*given, **named)
        self.is_card = scheme == Scheme.BHYT_HGD
        for name in ("income_amount",) if self.is_card else ("order",):
            del self.fields[name]
        self.fields["method"].choices = _methods(book, on, self.is_card)  # type: ignore[attr-defined]
        self.fields["group"].choices = _groups(book, on, lang, self.is_card)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The first day covered (a month stands for its first day) and amounts as people write them."""
        data = super().clean() or {}
        if not data.get("collected_on") and "collected_on" not in self.errors:
            self.add_error("collected_on", _("Chưa có ngày thu. Ghi ngày in trên biên lai."))
        if data.get("covered_from"):
            self._read_start(data)
        for name in ("income_amount", "stated_amount"):
            if data.get(name):
                self._read_amount(data, name)
        return data

    def _read_start(self, data: dict[str, Any]) -> None:
        text = str(data["covered_from"]).strip()
        try:
            data["covered_from"] = parse_day(f"01/{text}" if text.count("/") == 1 else text)
        except DayProblem:
            self.add_error("covered_from", _("Ghi tháng như 05/2026 hoặc ngày như 31/05/2026."))

    def _read_amount(self, data: dict[str, Any], name: str) -> None:
        digits = "".join(sign for sign in str(data[name]) if sign not in " .,đ")
        if not digits.isdecimal() or len(digits) > 12:
            self.add_error(name, _("Ghi số tiền bằng chữ số, ví dụ 1.500.000."))
        else:
            data[name] = int(digits)

    def paid(self) -> Collected:
        """What was typed. Only for a form that is valid."""
        data = self.cleaned_data
        return Collected(
            collected_on=data["collected_on"],
            covered_from=data["covered_from"],
            method=data["method"],
            group=data["group"],
            number=data["number"],
            book=data["book"],
            income_amount=data.get("income_amount"),
            order=data.get("order") or 1,
            stated_amount=data["stated_amount"] or None,
        )


def _methods(book: LawBook, on: date, is_card: bool) -> list[tuple[str, Any]]:
    """The ways that the law of the day knows; paying for missing years needs a file of its own."""
    table = "card_period_months" if is_card else "method_months"
    months = sorted(book.fact(table, on, key).whole for key in book.keys(table, on))
    found: list[tuple[str, Any]] = [(str(one), _("%s tháng") % one) for one in months]
    if not is_card and book.has("years_ahead", on, "most"):
        first, last = (book.fact("years_ahead", on, key).whole for key in ("fewest", "most"))
        found += [(f"ahead:{one}", _("%s năm về sau") % one) for one in range(first, last + 1)]
    return found


def _groups(book: LawBook, on: date, lang: str, is_card: bool) -> list[tuple[str, Any]]:
    if is_card:
        supported = [(one, row_words(one, lang)) for one in groups_supported(book, on)]
        return [(HOUSEHOLD, _("Hộ gia đình")), *supported]
    first = [SupportGroup.OTHER, *(one for one in SupportGroup if one is not SupportGroup.OTHER)]
    return [(one.value, row_words(one.value, lang)) for one in first]
