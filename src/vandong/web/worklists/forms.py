"""What a new list is asked for. The form reads; what it means stands in `outreach.worklists`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Actor, Right, Scope, visible_units
from vandong.contacts.models import Aim, Way
from vandong.outreach.priority import Weights, weight_limits, weights_of
from vandong.outreach.segments.ready_made import ready_made
from vandong.outreach.segments.saved import visible_segments
from vandong.outreach.worklists import LONGEST_NAME, Wanted
from vandong.phrases import sentence
from vandong.places.models import Unit, UnitKind
from vandong.web.accounts.forms import PlainForm, in_words

_SPANS = {
    "points": _("Điểm"),
    "days": _("Trong (ngày)"),
    "months": _("Trong (tháng)"),
    "least": _("Từ tuổi"),
    "most": _("Đến hết tuổi"),
}
_AIMS = {"payment_due": Aim.RENEW_SI, "card_expiring": Aim.RENEW_CARD}
VOLUNTARY_ONLY = frozenset({"bhxh_bb"})
"""Segments that are about compulsory insurance are checked, not approached for voluntary insurance."""


@dataclass(frozen=True, slots=True)
class FactorFields:
    """One factor of the points: its name in words, its fields."""

    name: str
    fields: tuple[forms.BoundField, ...]


def aim_of(segment: str) -> Aim:
    """What a ready-made segment is most often approached for."""
    return _AIMS.get(segment, Aim.JOIN_SI)


def office_units(actor: Actor, on: date) -> QuerySet[Unit]:
    """Where the actor's office may make lists: provinces, then communes."""
    units = visible_units(actor, on, Scope.ACT, Right.IMPORT_PEOPLE)
    kinds = (UnitKind.PROVINCE, UnitKind.COMMUNE)
    return units.filter(kind__in=kinds).order_by("-kind", "sort_key", "code")


class SegmentSelect(forms.Select):
    """Names that an office typed are Vietnamese on every page."""

    def create_option(self, *given: Any, **named: Any) -> dict[str, Any]:
        """Kept segments have numbers for values."""
        option: dict[str, Any] = super().create_option(*given, **named)
        if str(option["value"]).isdecimal():
            option["attrs"]["lang"] = "vi"
        return option


class WorklistForm(PlainForm):
    """Whom, for what, how, where, in which order."""

    segment = forms.ChoiceField(label=_("Nhóm người"), widget=SegmentSelect)
    unit = forms.ModelChoiceField(label=_("Nơi"), queryset=Unit.objects.none(), empty_label=None)
    aim = forms.ChoiceField(label=_("Vận động để"), choices=in_words(list(Aim.choices)))
    way = forms.ChoiceField(label=_("Cách liên hệ"), choices=in_words(list(Way.choices)))
    rest_days = forms.IntegerField(
        label=_("Không gặp lại người vừa liên hệ trong (ngày)"), min_value=0, max_value=365
    )
    keeps_overlap = forms.BooleanField(
        label=_("Lấy cả người đang ở danh sách khác còn mở"), required=False
    )

    def __init__(self, actor: Actor, on: date, weights: Weights, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.language = actor.language
        self.weights = weights
        self.fields["unit"].queryset = office_units(actor, on)  # type: ignore[attr-defined]
        self.fields["segment"].choices = _segments(actor)  # type: ignore[attr-defined]
        for code, parts in weights.plain().items():
            for name, value in parts.items():
                low, high = weight_limits(name)
                self.fields[f"{code}-{name}"] = forms.IntegerField(
                    label=_SPANS[name], min_value=low, max_value=high, initial=value
                )

    def factors(self) -> list[FactorFields]:
        """The fields of the points, a factor each."""
        return [
            FactorFields(
                sentence(f"factor_{code}", {}, self.language),
                tuple(self[f"{code}-{name}"] for name in parts),
            )
            for code, parts in self.weights.plain().items()
        ]

    def chosen_weights(self) -> Weights:
        """The points as typed. Only for a form that is valid."""
        data: Mapping[str, Any] = self.cleaned_data
        return weights_of(
            {
                code: {name: data[f"{code}-{name}"] for name in parts}
                for code, parts in self.weights.plain().items()
            }
        )

    def wanted(self, name: str = "") -> Wanted:
        """The list as asked for. Only for a form that is valid."""
        data = self.cleaned_data
        return Wanted(
            segment=data["segment"],
            aim=data["aim"],
            way=data["way"],
            unit_id=data["unit"].pk,
            name=name[: LONGEST_NAME + 1],
            weights=self.chosen_weights(),
            rest_days=data["rest_days"],
            keeps_overlap=data["keeps_overlap"],
        )


def _segments(actor: Actor) -> list[tuple[object, list[tuple[str, str]]]]:
    made = [
        (code, sentence(f"segment_{code}", {}, actor.language))
        for code, one in ready_made().items()
        if one.aim not in VOLUNTARY_ONLY
    ]
    kept = [(str(one.pk), one.name) for one in visible_segments(actor)[:200]]
    groups: list[tuple[object, list[tuple[str, str]]]] = [(_("Nhóm có sẵn"), made)]
    return [*groups, (_("Nhóm đã lưu"), kept)] if kept else groups
