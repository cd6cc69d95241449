"""The form of a file that comes in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Actor
from vandong.planning.undoing import FIGURES, PLANS, RIGHTS

_CONTROL = {"class": "form-control"}
_KINDS = ((FIGURES, _("Số liệu")), (PLANS, _("Kế hoạch, chỉ tiêu")))


class UploadForm(forms.Form):
    """What the file holds, the file, and the source that is told with each of its figures."""

    kind = forms.ChoiceField(
        label=_("Tệp này chứa gì"),
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": _("Chọn tệp chứa số liệu hay kế hoạch.")},
    )
    file = forms.FileField(
        label=_("Tệp"),
        help_text=_("Tệp Excel (xlsx, xls) hoặc csv, tối đa 200 MB."),
        widget=forms.FileInput(
            attrs=_CONTROL | {"accept": ".csv,.xlsx,.xls,.txt", "data-limit": "200000000"}
        ),
        error_messages={
            "required": _("Chưa chọn tệp. Chọn tệp cần nạp rồi bấm “Nạp và kiểm tra”."),
            "empty": _("Tệp rỗng, không có dòng nào. Mở tệp xem lại rồi nạp tệp khác."),
        },
    )
    source = forms.CharField(
        label=_("Nguồn"),
        required=False,
        max_length=500,
        help_text=_("Ghi kèm mỗi số, ví dụ “Báo cáo 123/BC-BHXH”. Để trống thì lấy tên tệp."),
        widget=forms.TextInput(attrs=_CONTROL),
    )

    def __init__(self, *given: Any, actor: Actor, **named: Any) -> None:
        super().__init__(*given, **named)
        choices = [(code, label) for code, label in _KINDS if actor.can(RIGHTS[code])]
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label,
            choices=choices,
            widget=self.fields["kind"].widget,
            error_messages=self.fields["kind"].error_messages,
        )
