"""The filters of an own segment. The form reads; what a filter means stands in `outreach.segments`."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vandong.accounts.models import Member
from vandong.accounts.queries.scope import Actor
from vandong.outreach.segments.conditions import (
    LONGEST_SPAN,
    OLDEST,
    Aged,
    Condition,
    DueWithin,
    EndedWithin,
    ExpiresWithin,
    HasPersonalId,
    HasPhone,
    HasStatus,
    HouseholdHas,
    IsCompulsory,
    IsCounted,
    Listed,
    LivesIn,
    LookedAfter,
    Named,
    OfSex,
    OwnsBusiness,
    Rule,
    Works,
)
from vandong.places.models import Unit
from vandong.registry.models import ListedGroup, Occupation
from vandong.web.accounts.forms import in_words
from vandong.web.segments.asked import own_communes

ANY = ("", _("Không lọc"))
STANDING = [
    ANY,
    ("in", _("Đang tham gia")),
    ("out", _("Không tham gia")),
    ("never", _("Chưa từng tham gia")),
    ("left", _("Đã dừng")),
]
HAS = [ANY, ("yes", _("Có")), ("no", _("Chưa có"))]
TN, CARD, COMPULSORY = "bhxh_tn", "bhyt_hgd", "bhxh_bb"


def _choice(label: Any, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _number(label: Any, most: int) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=most, required=False)


class FilterForm(forms.Form):
    """Everything that can be asked of a person. Nothing is required; what is empty is not asked."""

    tn = _choice(_("BHXH tự nguyện"), STANDING)
    card = _choice(_("BHYT hộ gia đình"), STANDING)
    due = _number(_("Đến kỳ đóng BHXH tự nguyện trong (ngày)"), LONGEST_SPAN)
    expires = _number(_("Thẻ BHYT hết hạn trong (ngày)"), LONGEST_SPAN)
    ended = _number(_("Dừng BHXH bắt buộc trong (tháng)"), 120)
    not_compulsory = forms.BooleanField(label=_("Không thuộc diện BHXH bắt buộc"), required=False)
    least = _number(_("Từ tuổi"), OLDEST)
    most = _number(_("Đến hết tuổi"), OLDEST)
    sex = _choice(_("Giới tính"), [ANY, ("F", _("Nữ")), ("M", _("Nam"))])
    occupation = forms.MultipleChoiceField(
        label=_("Nghề nghiệp"),
        choices=in_words(list(Occupation.choices)),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    listed = _choice(_("Trong danh sách"), [ANY, *in_words(list(ListedGroup.choices))])
    least_workers = _number(_("Có cơ sở từ (lao động)"), OLDEST)
    most_workers = _number(_("Có cơ sở đến hết (lao động)"), OLDEST)
    phone = _choice(_("Số điện thoại"), HAS)
    personal_id = _choice(_("Số định danh"), HAS)
    household = _choice(
        _("Trong hộ"),
        [
            ANY,
            ("in", _("Có người đóng BHXH tự nguyện")),
            ("out", _("Chưa ai đóng BHXH tự nguyện")),
        ],
    )
    unit = forms.ModelChoiceField(
        label=_("Xã, phường, đặc khu"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Mọi nơi phụ trách"),
    )
    member = _choice(_("Người phụ trách"), [ANY, ("own", _("Tôi")), ("none", _("Chưa có ai"))])
    text = forms.CharField(label=_("Họ tên có chữ"), max_length=80, required=False)

    def __init__(self, actor: Actor, on: date, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.actor = actor
        self.fields["unit"].queryset = own_communes(actor, on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ends the wrong way round are told at the later one."""
        data: dict[str, Any] = super().clean() or {}
        for low, high in (("least", "most"), ("least_workers", "most_workers")):
            ends = data.get(low), data.get(high)
            if ends[0] is not None and ends[1] is not None and ends[0] > ends[1]:
                self.add_error(high, str(_("Số sau phải không nhỏ hơn số trước.")))
        return data

    def rule(self) -> Rule:
        """The conditions chosen. Only for a form that is valid."""
        data = self.cleaned_data
        found: list[Condition | None] = [
            _standing(TN, data["tn"]),
            _standing(CARD, data["card"]),
            None if data["due"] is None else DueWithin(TN, data["due"]),
            None if data["expires"] is None else ExpiresWithin(CARD, data["expires"]),
            None if data["ended"] is None else EndedWithin(COMPULSORY, data["ended"]),
            IsCompulsory(is_not=True) if data["not_compulsory"] else None,
            *self._of_the_person(),
        ]
        return Rule(tuple(one for one in found if one is not None))

    def _of_the_person(self) -> list[Condition | None]:
        data = self.cleaned_data
        least, most = data["least"], data["most"]
        workers = data["least_workers"], data["most_workers"]
        asks_workers = any(end is not None for end in workers)
        return [
            Aged(least, most) if least is not None or most is not None else None,
            OfSex(data["sex"]) if data["sex"] else None,
            Works(tuple(sorted(data["occupation"]))) if data["occupation"] else None,
            Listed(data["listed"]) if data["listed"] else None,
            OwnsBusiness(*workers) if asks_workers else None,
            HasPhone(data["phone"] == "no") if data["phone"] else None,
            HasPersonalId(data["personal_id"] == "no") if data["personal_id"] else None,
            HouseholdHas(TN, data["household"] == "out") if data["household"] else None,
            LivesIn(data["unit"].pk) if data["unit"] else None,
            self._looked_after(data["member"]),
            Named(data["text"]) if data["text"].strip() else None,
        ]

    def _looked_after(self, who: str) -> Condition | None:
        if not who:
            return None
        if who == "none":
            return LookedAfter()
        own = Member.objects.filter(user_id=self.actor.user_id or 0).values_list("pk", flat=True)
        return LookedAfter(own.first() or 0)


def _standing(scheme: str, chosen: str) -> Condition | None:
    if chosen in {"in", "out"}:
        return IsCounted(scheme, is_not=chosen == "out")
    if chosen == "never":
        return HasStatus(scheme, ("never",))
    return HasStatus(scheme, ("ended", "lapsed")) if chosen == "left" else None
