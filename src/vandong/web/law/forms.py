"""The form of a resolution. Rules stand in the verb; the form only reads."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vandong.administration.local_support_fields import LocalSupportFields, groups_of
from vandong.documents.models import (
    LocalSupport,
    SupportConfidence,
    SupportScheme,
)
from vandong.kernel.days import format_day
from vandong.kernel.money import parse_dong
from vandong.kernel.names import sort_key
from vandong.kernel.numbers import NumberProblem, format_count, format_decimal, parse_percent
from vandong.phrases import sentence
from vandong.phrases.law_words import local_group_words
from vandong.places.models import Unit
from vandong.web.accounts.forms import DayField, PlainForm, in_words


class RateField(forms.CharField):
    """Per cent as people write it: 20, 20%, 12,5."""

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]
        """Raises ValidationError with the sentence of the number's problem."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            share, _decimals = parse_percent(text)
        except NumberProblem as problem:
            raise forms.ValidationError(sentence(problem.code, {"text": problem.text})) from problem
        return Decimal(share.numerator) / Decimal(share.denominator)


class DongField(forms.CharField):
    """Whole đồng: 66.000, 66000 đ."""

    def to_python(self, value: object) -> int | None:  # type: ignore[override]
        """Raises ValidationError with the sentence of the number's problem."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return parse_dong(text)
        except NumberProblem as problem:
            raise forms.ValidationError(sentence(problem.code, {"text": problem.text})) from problem


class ProvinceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Provinces by name."""

    def label_from_instance(self, obj: Unit) -> str:
        """The name, with the last day of one that is no more."""
        if obj.valid_until is None:
            return obj.name
        return f"{obj.name} (→ {format_day(obj.valid_until - timedelta(days=1))})"


class SupportForm(PlainForm):
    """One value of one resolution. `valid_until` is typed as the last day, inclusive."""

    unit = ProvinceField(
        label=_("Tỉnh, thành phố"), queryset=Unit.objects.none(), empty_label=_("Chọn tỉnh")
    )
    scheme = forms.ChoiceField(
        label=_("Chế độ được hỗ trợ"), choices=[("", _("Chọn")), *in_words(SupportScheme.choices)]
    )
    group = forms.ChoiceField(label=_("Nhóm đối tượng"))
    rate = RateField(
        label=_("Tỷ lệ hỗ trợ thêm (%)"),
        required=False,
        help_text=_(
            "BHXH tự nguyện: phần trăm mức đóng tính trên chuẩn nghèo nông thôn."
            " BHYT: phần trăm mức đóng của người đó."
        ),
    )
    amount = DongField(
        label=_("Hoặc số tiền mỗi tháng (đồng)"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    valid_from = DayField(label=_("Áp dụng từ ngày"))
    valid_until = DayField(label=_("Đến hết ngày"), help_text=_("Để trống nếu không có thời hạn."))
    document_number = forms.CharField(
        label=_("Số nghị quyết"),
        max_length=100,
        required=False,
        help_text=_("Ví dụ: Nghị quyết 12/2025/NQ-HĐND"),
    )
    article = forms.CharField(label=_("Điều, khoản"), max_length=60, required=False)
    signed_on = DayField(label=_("Ngày ký"))
    confidence = forms.ChoiceField(
        label=_("Mức tin cậy"), choices=[("", _("Chọn")), *in_words(SupportConfidence.choices)]
    )
    check_by = forms.CharField(
        label=_("Người kiểm tra"),
        max_length=200,
        required=False,
        help_text=_("Cần khi chưa đọc trong văn bản chính thức."),
    )
    check_on = DayField(label=_("Kiểm tra trước ngày"))
    note = forms.CharField(label=_("Ghi chú"), max_length=500, required=False)

    def fields_of(self) -> LocalSupportFields:
        """What was filled in, as the verb takes it."""
        typed: dict[str, Any] = dict(self.cleaned_data)
        last_on: date | None = typed.pop("valid_until")
        return LocalSupportFields(
            unit_id=typed.pop("unit").pk,
            valid_until=last_on + timedelta(days=1) if last_on else None,
            **typed,
        )


class ReasonForm(PlainForm):
    """Why a proposal is refused or a value withdrawn."""

    reason = forms.CharField(label=_("Lý do"), max_length=500, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def group_choices(on: date, lang: str) -> list[tuple[str, object]]:
    """The groups a resolution may name on a day: for both schemes, then by scheme."""
    choices: list[tuple[str, object]] = [("", _("Chọn"))]
    known = {scheme: groups_of(scheme, on) for scheme in SupportScheme.values}
    shared = frozenset.intersection(*known.values())
    for title, groups in (
        (_("Cả hai chế độ"), shared),
        (SupportScheme.BHXH_TN.label, known[SupportScheme.BHXH_TN] - shared),
        (SupportScheme.BHYT_HGD.label, known[SupportScheme.BHYT_HGD] - shared),
    ):
        words = sorted(
            (sort_key(text := local_group_words(one, lang)), one, text) for one in groups
        )
        if words:
            choices.append((gettext(str(title)), [(one, text) for _key, one, text in words]))
    return choices


def filled(row: LocalSupport) -> dict[str, object]:
    """A stored value as the form shows it: the start of a proposal that replaces it."""
    last_on = row.valid_until - timedelta(days=1) if row.valid_until else None
    rate = format_decimal(Fraction(row.rate) * 100, 3).rstrip("0").rstrip(",") if row.rate else ""
    return {
        "unit": row.unit_id,
        "scheme": row.scheme,
        "group": row.group,
        "rate": rate,
        "amount": format_count(row.amount) if row.amount else "",
        "document_number": row.document_number,
        "article": row.article,
        "confidence": row.confidence,
        "check_by": row.check_by,
        "note": row.note,
        "valid_from": format_day(row.valid_from),
        "valid_until": format_day(last_on) if last_on else "",
        "signed_on": format_day(row.signed_on) if row.signed_on else "",
        "check_on": format_day(row.check_on) if row.check_on else "",
    }
