"""The form of keeping an advice. Rules stand in the verb; the form only reads."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Actor, Right, Scope, visible_units
from vandong.advice.keeping import LONGEST_LABEL
from vandong.places.models import Unit, UnitKind
from vandong.web.accounts.forms import PlainForm


class KeepForm(PlainForm):
    """For whom, and where."""

    label = forms.CharField(
        label=_("Tên gợi nhớ"),
        required=False,
        max_length=LONGEST_LABEL,
        help_text=_("Để tìm lại, ví dụ: chị Hoà, thôn Đồng. Không ghi số giấy tờ, số điện thoại."),
    )
    unit = forms.ModelChoiceField(label=_("Xã, phường, đặc khu"), queryset=Unit.objects.none())

    def __init__(self, actor: Actor, on: date, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        communes = own_communes(actor, on)
        field = self.fields["unit"]
        field.queryset = communes  # type: ignore[attr-defined]
        only = communes[:2]
        if len(only) == 1:
            field.initial = only[0].pk


def own_communes(actor: Actor, on: date) -> QuerySet[Unit]:
    """Where the actor may advise on a day, in alphabetical order."""
    units = visible_units(actor, on, Scope.ACT, Right.ACT_ON_PEOPLE)
    return units.filter(kind=UnitKind.COMMUNE).order_by("sort_key", "code")
