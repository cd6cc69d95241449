"""How an office calls: hours, how many at once, how long, when again. Settings, none of them law."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from vandong.accounts.queries.organisations import office_to_keep_for
from vandong.accounts.queries.scope import Right
from vandong.administration.refusals import Refused
from vandong.outreach.settings import approach_settings, save_approach_settings
from vandong.web.access import DoorRequest
from vandong.web.accounts.forms import PlainForm
from vandong.web.accounts.wording import put_on_form


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100_000)


class CallingForm(PlainForm):
    """The part of the settings that calls and their results go by; limits stand in the verb."""

    calling_from_hour = _number(gettext_lazy("Gọi từ (giờ)"))
    calling_until_hour = _number(gettext_lazy("Gọi đến hết (giờ)"))
    batch_size = _number(gettext_lazy("Mỗi lần nhận (người)"))
    hold_minutes = _number(gettext_lazy("Giữ người trong tay (phút)"))
    retry_after_days = _number(gettext_lazy("Không gặp thì thử lại sau (ngày)"))
    attempts_limit = _number(gettext_lazy("Thử nhiều nhất (lần)"))
    rest_days = _number(gettext_lazy("Không gặp lại người vừa liên hệ trong (ngày)"))
    proof_days = _number(gettext_lazy("Đồng ý mà chưa có biên lai thì nhắc sau (ngày)"))
    remit_days = _number(gettext_lazy("Tiền đã thu phải nộp trong (ngày)"))
    sign_receipt_households = _number(gettext_lazy("Dấu hiệu: một biên lai cho từ (hộ)"))
    sign_number_households = _number(gettext_lazy("Dấu hiệu: một số điện thoại cho từ (hộ)"))
    sign_short_people = _number(
        gettext_lazy("Dấu hiệu: mới tham gia 1 tháng vào cuối tháng từ (người)")
    )
    sign_late_contacts = _number(gettext_lazy("Dấu hiệu: ghi sau 23 giờ từ (lượt)"))


@require_http_methods(["GET", "HEAD", "POST"])
def calling_rules(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/quy-dinh": read and changed by who keeps the office's settings."""
    office = office_to_keep_for(request.actor, Right.MANAGE_SETTINGS)
    office_id = office.pk if office else None
    known = approach_settings(office_id)
    shown = {name: getattr(known, name) for name in CallingForm.base_fields}
    form = CallingForm(request.POST or None, initial=shown)
    if form.is_bound and form.is_valid():
        try:
            save_approach_settings(
                actor=request.actor,
                settings=replace(known, **form.cleaned_data),
                organisation_id=office_id,
                at=timezone.now(),
            )
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã lưu quy định gọi."))
            return redirect("calls:rules")
    context = {"form": form, "office": office}
    status = 422 if form.is_bound else 200
    return render(request, "web/calls/rules.html", context, status=status)
