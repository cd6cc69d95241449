"""Sending a list: what it is about, of which day, of which unit."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Actor, Right, Scope, visible_units
from vandong.intake.kinds import KINDS
from vandong.kernel.days import DayProblem, parse_day
from vandong.phrases import sentence
from vandong.places.models import Unit, UnitKind
from vandong.registry.models import Basis, Purpose
from vandong.web.accounts.forms import DayField, in_words

WHERE = (UnitKind.PROVINCE, UnitKind.COMMUNE)


class BasisForm(forms.Form):
    """Why a list may be used for a purpose. `valid_until` is typed as the last day, inclusive."""

    purpose = forms.ChoiceField(label=_("Dùng để"), choices=in_words(Purpose.choices))
    basis = forms.ChoiceField(label=_("Căn cứ"), choices=in_words(Basis.choices))
    document = forms.CharField(
        label=_("Văn bản, điều khoản"),
        max_length=500,
        required=False,
        help_text=_(
            "Ví dụ: Quyết định 12/QĐ-BHXH, Điều 3; biên bản bàn giao danh sách ngày 31/05/2026."
        ),
    )
    valid_from = DayField(label=_("Từ ngày"))
    valid_until = DayField(label=_("Đến hết ngày"), help_text=_("Để trống nếu không có thời hạn."))


class SendForm(forms.Form):
    """A list as it is sent. The unit is that of the whole list: its rows need not name it."""

    file = forms.FileField(
        label=_("Tệp danh sách"),
        help_text=_("Excel (xlsx, xls) hoặc csv, như cơ quan vẫn gửi. Không cần sửa tiêu đề."),
        error_messages={"required": _("Hãy chọn tệp."), "empty": _("Tệp này trống.")},
    )
    kind = forms.ChoiceField(label=_("Danh sách về"), choices=[])
    unit = forms.ModelChoiceField(
        label=_("Của đơn vị"),
        queryset=Unit.objects.none(),
        empty_label=None,
        help_text=_("Dòng không ghi xã, phường được tính cho xã, phường này."),
    )
    as_of = forms.CharField(
        label=_("Đúng tại ngày"), max_length=10, help_text=_("Ngày mà danh sách được lập.")
    )
    source = forms.CharField(label=_("Nguồn"), max_length=300, required=False)

    def __init__(self, actor: Actor, today: date, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        units = visible_units(actor, today, Scope.ACT, Right.IMPORT_PEOPLE)
        units = units.filter(kind__in=WHERE).order_by("-kind", "sort_key", "code")
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.value, sentence(f"list_kind_{kind.value}", {}, actor.language)) for kind in KINDS
        ]
        self.fields["as_of"].widget.attrs |= {"data-day": "", "inputmode": "numeric"}
        self.today = today

    def clean_as_of(self) -> date:
        """A day, not to come."""
        try:
            day = parse_day(self.cleaned_data["as_of"])
        except DayProblem as wrong:
            raise forms.ValidationError(_now("Không đọc được ngày. Ghi như 31/05/2026.")) from wrong
        if day > self.today:
            raise forms.ValidationError(_now("Ngày của danh sách không thể sau hôm nay."))
        return day
