"""What the audit trail is narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from vandong.web.accounts.forms import DayField


class TrailForm(forms.Form):
    """Empty parts match all."""

    actor = forms.CharField(label=_("Người làm"), required=False)
    name = forms.CharField(label=_("Đối tượng"), required=False)
    action = forms.ChoiceField(label=_("Việc"), required=False)
    day_from = DayField(label=_("Từ ngày"))
    day_until = DayField(label=_("Đến hết ngày"))
