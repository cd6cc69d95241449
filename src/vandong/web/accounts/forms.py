"""Forms of sign-in, users, organisations and members. Rules stand in the verbs; forms only read."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vandong.accounts.models import Channel, Organisation, OrganisationKind, Role
from vandong.kernel.days import DayProblem, parse_day
from vandong.phrases import sentence


def in_words(choices: list[tuple[str, str]]) -> list[tuple[str, object]]:
    """Choices of records with their labels in the reader's language."""
    return [(value, _(label)) for value, label in choices]


class DayField(forms.CharField):
    """A day in any of the forms people type; shown as 31/05/2023."""

    def __init__(self, **options: object) -> None:
        shape = {"inputmode": "numeric", "placeholder": "31/12/2026", "data-day": ""}
        widget = forms.TextInput(attrs={**shape, "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **options)  # type: ignore[arg-type]

    def to_python(self, value: object) -> date | None:  # type: ignore[override]
        """Raises ValidationError with the sentence of the day's problem."""
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return parse_day(text)
        except DayProblem as problem:
            said = sentence(problem.code, {"text": problem.text}, get_language() or "vi")
            raise forms.ValidationError(said) from problem


class PlainForm(forms.Form):
    """A form that names the field that was left empty."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for field in self.fields.values():
            field.error_messages["required"] = _("Chưa có: %(label)s.") % {"label": field.label}


class SignInForm(PlainForm):
    """User name and password."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class OwnPasswordForm(PlainForm):
    """One's own new password, typed twice."""

    old = forms.CharField(
        label=_("Mật khẩu hiện tại"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("Mật khẩu mới"),
        strip=False,
        help_text=_("Ít nhất 10 ký tự, không chỉ gồm chữ số, không giống tên của bạn."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Nhập lại mật khẩu mới"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """Both new passwords are the same."""
        typed = super().clean() or {}
        if typed.get("new") and typed.get("again") and typed["new"] != typed["again"]:
            self.add_error("again", _("Hai lần nhập mật khẩu mới không giống nhau."))
        return typed


class UserFilterForm(forms.Form):
    """What the list of users is narrowed to."""

    q = forms.CharField(label=_("Tìm theo tên"), required=False)
    role = forms.ChoiceField(
        label=_("Vai trò"),
        required=False,
        choices=[("", _("Mọi vai trò")), *in_words(Role.choices)],
    )
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[("", _("Mọi trạng thái")), ("active", _("Đang dùng")), ("disabled", _("Đã khóa"))],
    )


class UserForm(PlainForm):
    """A login. `version` is the one that was read."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=200)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm, gạch ngang; ví dụ: nguyen.van.a"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    language = forms.ChoiceField(
        label=_("Ngôn ngữ"), choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class GrantForm(PlainForm):
    """A role, and where. The unit comes from the choices that the search offers."""

    role = forms.ChoiceField(
        label=_("Vai trò"), choices=[("", _("Chọn vai trò")), *in_words(Role.choices)]
    )
    organisation = forms.ModelChoiceField(
        label=_("Tổ chức"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("Chưa chọn"),
    )
    unit_text = forms.CharField(
        label=_("Đơn vị hành chính"),
        required=False,
        help_text=_("Gõ tên hoặc mã rồi chọn trong danh sách."),
    )
    unit = forms.IntegerField(required=False, widget=forms.HiddenInput)
    everywhere = forms.BooleanField(label=_("Toàn hệ thống, không giới hạn"), required=False)
    valid_until = DayField(
        label=_("Hết hiệu lực từ ngày"), help_text=_("Để trống nếu không có thời hạn.")
    )

    def clean(self) -> dict[str, object]:
        """A grant without a place is everywhere: that is ticked, never forgotten."""
        typed = super().clean() or {}
        placed = typed.get("organisation") or typed.get("unit") or typed.get("unit_text")
        if not placed and not typed.get("everywhere"):
            said = _(
                "Chọn đơn vị hoặc tổ chức; nếu đúng là không giới hạn, đánh dấu Toàn hệ thống."
            )
            self.add_error("everywhere", said)
        if placed and typed.get("everywhere"):
            said = _(
                "Đã chọn đơn vị hoặc tổ chức: bỏ dấu Toàn hệ thống, hoặc bỏ đơn vị và tổ chức."
            )
            self.add_error("everywhere", said)
        return typed


class OrganisationFilterForm(forms.Form):
    """What the list of organisations is narrowed to."""

    q = forms.CharField(label=_("Tìm theo tên hoặc mã"), required=False)
    kind = forms.ChoiceField(
        label=_("Loại"),
        required=False,
        choices=[("", _("Mọi loại")), *in_words(OrganisationKind.choices)],
    )
    closed = forms.BooleanField(label=_("Cả tổ chức đã kết thúc"), required=False)


class OrganisationForm(PlainForm):
    """An organisation; the units it covers come as ids beside the form."""

    name = forms.CharField(label=_("Tên tổ chức"), max_length=200)
    kind = forms.ChoiceField(label=_("Loại"), choices=in_words(OrganisationKind.choices))
    channel = forms.ChoiceField(
        label=_("Kênh thu"),
        required=False,
        choices=[("", _("Không thu")), *in_words(Channel.choices)],
    )
    code = forms.CharField(label=_("Mã"), required=False, max_length=30)
    parent = forms.ModelChoiceField(
        label=_("Tổ chức cấp trên"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("Không có"),
    )
    valid_from = DayField(label=_("Hoạt động từ ngày"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ClosingForm(PlainForm):
    """The end of an organisation, and who goes on with its work."""

    closed_on = DayField(label=_("Kết thúc từ ngày"))
    successor = forms.ModelChoiceField(
        label=_("Tổ chức kế tục"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("Không có"),
        help_text=_("Quyền của người dùng trên tổ chức này sẽ được nối sang tổ chức kế tục."),
    )
    reason = forms.CharField(label=_("Lý do, văn bản"), required=False, max_length=500)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_closed_on(self) -> date:
        """The day may not be left empty."""
        day: date | None = self.cleaned_data["closed_on"]
        if day is None:
            raise forms.ValidationError(_("Ghi ngày kết thúc, ví dụ 01/07/2026."))
        return day


class MemberFilterForm(forms.Form):
    """What the list of members is narrowed to."""

    q = forms.CharField(label=_("Tìm theo tên hoặc mã"), required=False)
    organisation = forms.ModelChoiceField(
        label=_("Tổ chức"),
        required=False,
        queryset=Organisation.objects.none(),
        empty_label=_("Mọi tổ chức"),
    )


class MemberForm(PlainForm):
    """A person at work."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=200)
    staff_code = forms.CharField(label=_("Mã nhân viên"), max_length=30)
    organisation = forms.ModelChoiceField(
        label=_("Tổ chức"), queryset=Organisation.objects.none(), empty_label=None
    )
    rank = forms.CharField(
        label=_("Chức danh"),
        required=False,
        max_length=60,
        help_text=_("Ví dụ: Giám đốc, Chuyên viên, Nhân viên thu."),
    )
    username = forms.CharField(
        label=_("Tài khoản"),
        required=False,
        max_length=60,
        help_text=_("Tên đăng nhập, nếu người này có tài khoản."),
    )
    valid_from = DayField(label=_("Làm việc từ ngày"))
    valid_until = DayField(label=_("Thôi việc từ ngày"))
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
