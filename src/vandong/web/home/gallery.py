"""`/ui/mau`: every component as pages use it, for those who build pages. Only where VANDONG_DEBUG is on."""

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


class SampleForm(forms.Form):
    """One field of each kind."""

    full_name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ.")
    plan = forms.ChoiceField(label="Chế độ", choices=[("tn", "BHXH tự nguyện"), ("yt", "BHYT")])
    on = forms.DateField(label="Ngày", widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(
        label="Cách gửi", widget=forms.RadioSelect, choices=[("mail", "Thư"), ("hand", "Tận tay")]
    )
    agreed = forms.BooleanField(label="Đã đối chiếu", required=False)


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """The parts with made-up content. Raises Http404 outside development."""
    if not settings.DEBUG:
        raise Http404
    refused = SampleForm({"full_name": "", "plan": "tn", "on": "31/02/1980", "way": "mail"})
    pages = Paginator(range(1, 1251), 25)
    context = {"form": SampleForm(), "refused": refused, "pages": pages.page(2)}
    return render(request, "web/home/gallery.html", context)
