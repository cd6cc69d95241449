"""What is typed of a person. Numbers, address and day of birth stay covered: left empty, they stay."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vandong.accounts.queries.scope import Actor, Right, Scope, visible_units
from vandong.administration.people import PersonFields
from vandong.kernel.days import DayProblem, format_day, parse_day
from vandong.phrases import sentence
from vandong.places.models import Unit, UnitKind
from vandong.registry.models import BirthPrecision, Occupation, Person, PersonPhone, Relation
from vandong.registry.queries.masking import masked_address, masked_number, masked_phone
from vandong.rules.people import Sex
from vandong.web.accounts.forms import DayField, PlainForm, in_words

_YEAR_DIGITS = 4
_ONE_PROVINCE = 200
"""Communes that a province has at most (168 in Ho Chi Minh City since 01/07/2025)."""
_NUMBERS = ("personal_id", "si_number", "card_number")
_SEXES = [("", _("Chưa rõ")), (Sex.FEMALE.value, _("Nữ")), (Sex.MALE.value, _("Nam"))]


class BirthField(forms.CharField):
    """A day of birth, or its year alone: (first day, precision); None for nothing typed."""

    def to_python(self, value: object) -> tuple[date, str] | None:  # type: ignore[override]
        """Raises ValidationError with the sentence of the day's problem."""
        text = str(value or "").strip()
        if not text:
            return None
        if text.isdecimal() and len(text) == _YEAR_DIGITS:
            return date(int(text) or 1, 1, 1), BirthPrecision.YEAR.value
        try:
            return parse_day(text), BirthPrecision.DAY.value
        except DayProblem as wrong:
            said = sentence(wrong.code, {"text": wrong.text})
            raise forms.ValidationError(said) from wrong


class CommuneField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the reader's communes; where there are those of several provinces, with their codes."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            queryset=Unit.objects.none(), empty_label=_("Chọn xã, phường"), label=label
        )
        self.with_codes = False

    def label_from_instance(self, obj: Unit) -> str:
        """The name, and the code where names repeat."""
        return f"{obj.name} ({obj.code})" if self.with_codes else obj.name


def _text(label: Any, limit: int, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=limit, required=False, widget=widget, **more)


class PersonForm(PlainForm):
    """The fields that somebody fills in who records or corrects a person."""

    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    birth_on = BirthField(
        label=_("Ngày sinh"),
        required=False,
        help_text=_("31/05/1990, hoặc chỉ năm: 1990."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    sex = forms.ChoiceField(label=_("Giới tính"), choices=_SEXES, required=False)
    personal_id = _text(_("Số định danh (CCCD)"), 20)
    si_number = _text(_("Mã số BHXH"), 20)
    card_number = _text(_("Số thẻ BHYT"), 20)
    phones = forms.CharField(
        label=_("Điện thoại"),
        max_length=200,
        required=False,
        help_text=_("Nhiều số cách nhau bằng dấu phẩy, số gọi trước viết trước."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    unit_id = CommuneField(label=_("Xã, phường hiện nay"))
    address = _text(_("Thôn, tổ, số nhà"), 500)
    ethnicity = _text(_("Dân tộc"), 30)
    occupation = forms.ChoiceField(
        label=_("Nghề nghiệp"),
        required=False,
        choices=[("", _("Chưa rõ")), *in_words(Occupation.choices)],
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, actor: Actor, today: date, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        units = visible_units(actor, today, Scope.ACT, Right.ACT_ON_PEOPLE)
        units = units.filter(kind=UnitKind.COMMUNE).order_by("sort_key", "code")
        field = self.fields["unit_id"]
        field.queryset = units  # type: ignore[attr-defined]
        field.with_codes = units.count() > _ONE_PROVINCE  # type: ignore[attr-defined]
        field.error_messages["required"] = _("Hãy chọn xã, phường.")

    def person_fields(self) -> PersonFields:
        """What was typed, of somebody new."""
        typed = self.cleaned_data
        born = typed["birth_on"]
        return PersonFields(
            full_name=typed["full_name"],
            unit_id=typed["unit_id"].pk,
            **{name: typed[name] for name in _NUMBERS},
            birth_on=born[0] if born else None,
            birth_precision=born[1] if born else "",
            sex=typed["sex"],
            ethnicity=typed["ethnicity"],
            occupation=typed["occupation"],
            address=typed["address"],
            phones=_apart(typed["phones"]),
        )


class EditForm(PersonForm):
    """The same of somebody known: covered fields are kept when they are left empty; `gone` names those that
    were wrong altogether."""

    gone = forms.MultipleChoiceField(
        label=_("Xóa hẳn vì ghi sai"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("personal_id", _("Số định danh (CCCD)")),
            ("si_number", _("Mã số BHXH")),
            ("card_number", _("Số thẻ BHYT")),
            ("address", _("Thôn, tổ, số nhà")),
            ("birth_on", _("Ngày sinh")),
        ],
    )
    kept_phones = forms.MultipleChoiceField(
        label=_("Số điện thoại giữ lại"), required=False, widget=forms.CheckboxSelectMultiple
    )
    relation = forms.ChoiceField(
        label=_("Quan hệ với chủ hộ"),
        required=False,
        choices=[("", _("Chưa rõ")), *in_words(Relation.choices)],
    )
    household_order = forms.IntegerField(
        label=_("Thứ tự trong hộ"), required=False, min_value=1, max_value=99
    )
    deceased_on = DayField(label=_("Ngày mất"), help_text=_("Chỉ điền khi người này đã mất."))
    reason = _text(_("Lý do sửa (không bắt buộc)"), 300)

    def __init__(
        self, person: Person, actor: Actor, today: date, *given: Any, **options: Any
    ) -> None:
        super().__init__(actor, today, *given, **options)
        self.person = person
        self.known_phones: Sequence[PersonPhone] = list(person.phones.order_by("rank", "pk"))
        self._cover()
        if not person.household_id:
            del self.fields["relation"], self.fields["household_order"]
        if not self.known_phones:
            del self.fields["kept_phones"]
        self.order_fields(_ORDER)

    def _cover(self) -> None:
        """Says of each covered field what stands there, with most of it hidden."""
        said = {name: masked_number(getattr(self.person, name)) for name in _NUMBERS}
        said["address"] = masked_address(self.person.address)
        if self.person.birth_on:
            said["birth_on"] = f"••/••/{self.person.birth_on.year}"
        for name, text in said.items():
            if text:
                self.fields[name].help_text = _("Đang ghi: %(text)s. Để trống nếu không đổi.") % {
                    "text": text
                }
        self.fields["phones"].label = _("Thêm số điện thoại")
        self.fields["kept_phones"].choices = [  # type: ignore[attr-defined]
            (str(phone.pk), masked_phone(phone.number)) for phone in self.known_phones
        ]
        gone = self.fields["gone"]
        gone.choices = [one for one in gone.choices if said.get(str(one[0]))]  # type: ignore[attr-defined]
        if not gone.choices:  # type: ignore[attr-defined]
            del self.fields["gone"]

    def edited_fields(self) -> PersonFields:
        """What the person is to be: what was typed, and what stood where nothing was."""
        typed, person = self.cleaned_data, self.person
        gone = set(typed.get("gone") or ())
        kept = {
            name: typed[name] or ("" if name in gone else getattr(person, name))
            for name in (*_NUMBERS, "address")
        }
        numbers = [
            phone.number
            for phone in self.known_phones
            if str(phone.pk) in (typed.get("kept_phones") or ())
        ]
        fields = replace(
            self.person_fields(),
            personal_id=kept["personal_id"],
            si_number=kept["si_number"],
            card_number=kept["card_number"],
            address=kept["address"],
            phones=(*numbers, *_apart(typed["phones"])),
            cluster_id=person.cluster_id,
            household_id=person.household_id,
            relation=typed.get("relation", ""),
            household_order=typed.get("household_order"),
            member_id=person.member_id,
            deceased_on=typed["deceased_on"],
        )
        if typed["birth_on"] or "birth_on" in gone:
            return fields
        return replace(fields, birth_on=person.birth_on, birth_precision=person.birth_precision)


_ORDER = (
    *("full_name", "birth_on", "sex", "personal_id", "si_number", "card_number", "kept_phones"),
    *("phones", "unit_id", "address", "ethnicity", "occupation", "relation", "household_order"),
    *("deceased_on", "gone", "reason", "version"),
)


def as_stored(person: Person) -> dict[str, object]:
    """What an untouched form of a known person shows."""
    phones = [str(pk) for pk in person.phones.values_list("pk", flat=True)]
    return {
        "full_name": person.full_name,
        "sex": person.sex,
        "unit_id": person.unit_today_id,
        "ethnicity": person.ethnicity,
        "occupation": person.occupation,
        "relation": person.relation,
        "household_order": person.household_order,
        "deceased_on": format_day(person.deceased_on) if person.deceased_on else "",
        "kept_phones": phones,
        "version": person.version,
    }


def _apart(text: str) -> tuple[str, ...]:
    parts = (part.strip() for part in text.replace(";", ",").split(","))
    return tuple(part for part in parts if part)
