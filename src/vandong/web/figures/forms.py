"""Forms of uploads and of column mappings."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vandong.kernel.days import DayProblem, parse_day

_CONTROL = {"class": "form-control"}


class UploadForm(forms.Form):
    """A file and, if one wants, where its figures come from."""

    file = forms.FileField(
        label=_("Tệp csv, xlsx hoặc xls"),
        widget=forms.FileInput(attrs=_CONTROL | {"accept": ".csv,.txt,.xlsx,.xls"}),
        allow_empty_file=True,
        error_messages={"required": _("Chưa chọn tệp.")},
    )
    source = forms.CharField(
        label=_("Nguồn số liệu"),
        required=False,
        max_length=500,
        help_text=_("Ví dụ: Báo cáo tháng 5/2026 của BHXH huyện. Để trống thì ghi tên tệp."),
        widget=forms.TextInput(attrs=_CONTROL),
    )


class DayField(forms.CharField):
    """A day in any form that people write."""

    def clean(self, value: Any) -> date:
        text = super().clean(value)
        try:
            return parse_day(text)
        except DayProblem as problem:
            raise ValidationError(
                _("“%(text)s” không phải là ngày. Viết ngày như 31/05/2023."),
                params={"text": text},
            ) from problem


class ChoiceForm(forms.Form):
    """Around the columns of a wide table: its day, the unit it is about, the name of the mapping."""

    as_of = DayField(
        label=_("Số liệu đến ngày"),
        error_messages={"required": _("Chưa ghi ngày của số liệu.")},
        widget=forms.TextInput(attrs=_CONTROL | {"inputmode": "numeric", "data-day": ""}),
    )
    whole = forms.CharField(
        label=_("Bảng của đơn vị"),
        required=False,
        max_length=200,
        help_text=_(
            "Ví dụ: Thành phố Hà Nội. Tên trong bảng được tìm dưới đơn vị này; dòng tổng là số của đơn vị này."
            " Để trống thì dòng tổng chỉ dùng để đối chiếu."
        ),
        widget=forms.TextInput(attrs=_CONTROL),
    )
    name = forms.CharField(
        label=_("Tên cách ghép cột"),
        max_length=200,
        help_text=_("Lần sau, bảng có cùng tiêu đề sẽ được ghép sẵn."),
        error_messages={"required": _("Chưa đặt tên cho cách ghép cột.")},
        widget=forms.TextInput(attrs=_CONTROL),
    )
