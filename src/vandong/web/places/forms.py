"""The form of a unit set: a name, a day, and one unit a line."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vandong.kernel.days import DayProblem, format_day, parse_day
from vandong.phrases import finding_sentence
from vandong.places.models import UnitSet
from vandong.places.queries import UnitProblem, UnitResolver, unit_lines

_MOST_LINES = 2000
_CONTROL = {"class": "form-control"}


class DayField(forms.CharField):
    """A day in any of the forms that `parse_day` reads; shown as 31/05/2023."""

    def clean(self, value: Any) -> date:
        text = super().clean(value)
        try:
            return parse_day(text)
        except DayProblem as problem:
            raise ValidationError(
                _("“%(text)s” không phải là ngày. Viết ngày như 31/05/2023."),
                params={"text": text},
            ) from problem


class UnitSetForm(forms.Form):
    """Units are codes ("00070") or full names ("Xã Phú Cường, Huyện Sóc Sơn") of the set's own day."""

    name = forms.CharField(
        label=_("Tên bộ đơn vị"), max_length=200, widget=forms.TextInput(attrs=_CONTROL)
    )
    on = DayField(
        label=_("Tại ngày"),
        help_text=_("Mã và tên đơn vị được hiểu theo ngày này."),
        widget=forms.TextInput(attrs=_CONTROL),
    )
    units = forms.CharField(
        label=_("Đơn vị, mỗi dòng một mã hoặc tên đầy đủ"),
        help_text=_("Tên trùng thì ghi thêm đơn vị cấp trên sau dấu phẩy."),
        widget=forms.Textarea(attrs=_CONTROL | {"rows": 12}),
    )
    note = forms.CharField(
        label=_("Ghi chú"), required=False, widget=forms.Textarea(attrs=_CONTROL | {"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """Adds `unit_ids`; every line that names no single unit is a problem of its own."""
        cleaned = super().clean() or self.cleaned_data
        if "on" in cleaned and "units" in cleaned:
            cleaned["unit_ids"] = self._resolved(cleaned["units"], cleaned["on"])
        return cleaned

    def _resolved(self, text: str, day: date) -> list[int]:
        lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) > _MOST_LINES:
            self.add_error("units", _("Quá nhiều dòng, một bộ nhận tối đa 2.000 đơn vị."))
            return []
        resolver = UnitResolver()
        found: dict[int, int] = {}
        for number, line in lines:
            try:
                found.setdefault(resolver.resolve(line, day), number)
            except UnitProblem as problem:
                said = finding_sentence(problem.finding, (get_language() or "vi")[:2])
                self.add_error(
                    "units",
                    ValidationError(
                        _("Dòng %(number)s: %(said)s"), params={"number": number, "said": said}
                    ),
                )
        return list(found)


def filled_form(unit_set: UnitSet) -> UnitSetForm:
    """The form as it shows a stored set."""
    lines = unit_lines(unit_set.units.order_by("sort_key", "code"), unit_set.on)
    return UnitSetForm(
        initial={
            "name": unit_set.name,
            "on": format_day(unit_set.on),
            "note": unit_set.note,
            "version": unit_set.version,
            "units": "\n".join(", ".join((line.name, *line.parents)) for line in lines),
        }
    )
