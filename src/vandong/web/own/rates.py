"""An office's rates of remuneration by day, and what was paid."""

from datetime import date
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vandong.accounts.models import Organisation
from vandong.accounts.queries.scope import Actor, Right, require, visible_organisations
from vandong.administration.refusals import Refused
from vandong.kernel.days import DayProblem, parse_day
from vandong.outreach.own_view import viewed_member
from vandong.outreach.remuneration import RATE_NAMES, office_rates, record_paid, save_rates
from vandong.web.access import DoorRequest
from vandong.web.accounts.forms import DayField, PlainForm
from vandong.web.accounts.wording import put_on_form, say_refused

RATE_WORDS = {
    "si_new_1": gettext_lazy("BHXH tự nguyện, mới, dưới 3 tháng (%)"),
    "si_new_3": gettext_lazy("BHXH tự nguyện, mới, 3 đến 5 tháng (%)"),
    "si_new_6": gettext_lazy("BHXH tự nguyện, mới, 6 đến 11 tháng (%)"),
    "si_new_12": gettext_lazy("BHXH tự nguyện, mới, từ 12 tháng (%)"),
    "si_renew": gettext_lazy("BHXH tự nguyện, đóng tiếp (%)"),
    "card_new": gettext_lazy("BHYT hộ gia đình, mới (%)"),
    "card_renew": gettext_lazy("BHYT hộ gia đình, gia hạn (%)"),
}
BASE_WORDS = {
    "participant": gettext_lazy("Số tiền người tham gia đóng"),
    "total": gettext_lazy("Tổng số tiền đóng, cả phần hỗ trợ"),
}


class RatesForm(PlainForm):
    """Rates of an office from a day on, per cent as people write them."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Tổ chức"), queryset=Organisation.objects.none(), empty_label=None
    )
    valid_from = DayField(label=gettext_lazy("Áp dụng từ ngày"))
    base = forms.ChoiceField(label=gettext_lazy("Tính trên"), choices=list(BASE_WORDS.items()))

    def __init__(self, actor: Actor, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        field = self.fields["organisation"]
        field.queryset = rated_offices(actor)  # type: ignore[attr-defined]
        for name, words in RATE_WORDS.items():
            self.fields[name] = forms.CharField(
                label=words,
                required=False,
                max_length=10,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )

    def clean_valid_from(self) -> date:
        """A day must be there."""
        day: date | None = self.cleaned_data["valid_from"]
        if day is None:
            raise forms.ValidationError(_("Chưa có ngày áp dụng."))
        return day


def rated_offices(actor: Actor):  # type: ignore[no-untyped-def]
    """The organisations whose settings the actor keeps, by name."""
    return visible_organisations(actor, right=Right.MANAGE_SETTINGS).order_by("name", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def remuneration(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/thu-lao": the rates of each office and a form for the next ones."""
    require(request.actor, Right.MANAGE_SETTINGS)
    form = RatesForm(request.actor, request.POST or None)
    if form.is_bound and form.is_valid() and _saved(request, form):
        return redirect("own:rates")
    offices = list(rated_offices(request.actor)[:200])
    known = [(one, _shown(one.pk)) for one in offices]
    context = {
        "form": form,
        "known": [pair for pair in known if pair[1]],
        "heads": list(RATE_WORDS.values()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/own/rates.html", context, status=status)


def _shown(organisation_id: int) -> list[tuple[date, object, list[str]]]:
    return [
        (
            rates.valid_from,
            BASE_WORDS[rates.base],
            [_percent(getattr(rates, name)) for name in RATE_NAMES],
        )
        for rates in office_rates(organisation_id)
    ]


def _percent(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}".replace(".", ",")


def _saved(request: DoorRequest, form: RatesForm) -> bool:
    data = form.cleaned_data
    try:
        save_rates(
            actor=request.actor,
            organisation_id=data["organisation"].pk,
            valid_from=data["valid_from"],
            base=data["base"],
            shares={name: data[name] for name in RATE_NAMES},
            at=timezone.now(),
        )
    except Refused as refused:
        put_on_form(form, refused, request.actor.language)
        return False
    messages.success(request, _("Đã lưu mức thù lao của %s.") % data["organisation"].name)
    return True


@require_POST
def paid(request: DoorRequest, member_id: int) -> HttpResponse:
    """What the office has paid a collector for a month."""
    at = timezone.now()
    today = timezone.localdate(at)
    member = viewed_member(request.actor, member_id, today)
    back = f"{reverse('own:mine')}?nguoi={member.pk}&thang={request.POST.get('month', '')[:7]}"
    digits = "".join(sign for sign in request.POST.get("amount", "") if sign not in " .,đ")
    try:
        month = parse_day(f"{request.POST.get('month', '')}-01")
        day = parse_day(request.POST.get("day", "") or f"{today:%d/%m/%Y}")
    except DayProblem:
        messages.error(request, _("Ghi ngày như 31/05/2026."))
        return redirect(back)
    if not digits.isdecimal() or len(digits) > 12:
        messages.error(request, _("Ghi số tiền bằng chữ số, ví dụ 1.500.000."))
        return redirect(back)
    try:
        record_paid(
            actor=request.actor,
            member_id=member.pk,
            month=month,
            amount=int(digits),
            paid_on=day,
            at=at,
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã ghi thù lao đã trả."))
    return redirect(back)
