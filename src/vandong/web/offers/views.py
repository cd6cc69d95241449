"""Pages of kept advice: one's own, and for officers those of their ground."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.queries.scope import Right, is_allowed, require
from vandong.administration.refusals import Refused
from vandong.advice.asking import AskedWrongly
from vandong.advice.citizen import LANGUAGE, answers_query, citizen_advice, read_answers
from vandong.advice.documents.citizen import Told, told
from vandong.advice.keeping import keep_advice, law_for, shown_advice, tell_advice
from vandong.contacts.models import Advice
from vandong.contacts.queries.advice import searched_advice
from vandong.law import law_book
from vandong.phrases import sentence
from vandong.places.models import Unit
from vandong.web.access import DoorRequest
from vandong.web.accounts.wording import put_on_form, say_refused
from vandong.web.offers.forms import KeepForm

_ON_A_PAGE = 50
_QUERY = "cau-tra-loi"


@dataclass(frozen=True, slots=True)
class Line:
    """One advice in the list."""

    row: Advice
    amount: str
    told_count: int


@require_safe
def kept(request: DoorRequest) -> HttpResponse:
    """ "/tu-van/da-luu/?tim=": the youngest first, found by name without diacritics."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    text = request.GET.get("tim", "")[:200]
    pages = Paginator(searched_advice(request.actor, text), _ON_A_PAGE)
    page = pages.get_page(request.GET.get("trang"))
    lang = request.actor.language
    context = {"page": page, "lines": [_line(row, lang) for row in page], "text": text}
    return render(request, "web/offers/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: DoorRequest) -> HttpResponse:
    """ "/tu-van/da-luu/moi/?<answers>": the advice of a questionnaire is kept for somebody."""
    require(request.actor, Right.ACT_ON_PEOPLE)
    today = timezone.localdate()
    given = QueryDict(request.POST.get(_QUERY) or request.META.get("QUERY_STRING", ""))
    texts = {name: [str(one) for one in values] for name, values in given.lists()}
    try:
        answers = read_answers(law_book(), texts, today=today)
    except AskedWrongly:
        return redirect(f"{reverse('advice:questions')}?{given.urlencode()}")
    form = KeepForm(request.actor, today, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            row = _keep(request, form, texts)
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã lưu phiếu tư vấn."))
            return redirect("offers:one", row.pk)
    advice = told(citizen_advice(law_book(), answers), request.actor.language)
    context = {"form": form, "told": advice, "query": answers_query(answers), "on": answers.on}
    return render(request, "web/offers/keep.html", context, status=422 if form.is_bound else 200)


@require_safe
def one(request: DoorRequest, advice_id: int) -> HttpResponse:
    """ "/tu-van/da-luu/<id>/": the advice by the law it was made by, and what was said."""
    shown = shown_advice(request.actor, advice_id)
    row = shown.row
    advice = told(shown.found, request.actor.language) if shown.found else None
    query = QueryDict(row.inputs["query"], mutable=True)
    query["luat"] = row.edition_id
    if request.actor.language == "en":
        query[LANGUAGE] = "en"
    again = law_for(row.unit, row.on).fingerprint != row.edition_id
    context = {
        "row": row,
        "told": advice,
        "is_same": shown.is_same,
        "law_changed": again,
        "query": query.urlencode(),
        "told_codes": row.told,
        "may_tell": is_allowed(request.actor, Right.ACT_ON_PEOPLE, unit=row.unit),
        "all_told": advice is not None and _all_told(advice, row),
    }
    return render(request, "web/offers/one.html", context)


@require_POST
def tell(request: DoorRequest, advice_id: int) -> HttpResponse:
    """The ticks "đã nói"."""
    version = request.POST.get("version", "")
    try:
        tell_advice(
            actor=request.actor,
            advice_id=advice_id,
            version=int(version) if version.isdecimal() else 0,
            told=request.POST.getlist("told"),
            at=timezone.now(),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã lưu những nội dung đã nói."))
    return redirect("offers:one", advice_id)


def _keep(request: DoorRequest, form: KeepForm, texts: dict[str, list[str]]) -> Advice:
    unit: Unit = form.cleaned_data["unit"]
    return keep_advice(
        actor=request.actor,
        unit=unit,
        given=texts,
        at=timezone.now(),
        on=timezone.localdate(),
        label=form.cleaned_data["label"],
    )


def _line(row: Advice, lang: str) -> Line:
    amount = row.result.get("pay_amount")
    text = "" if amount is None else sentence("quote_amount", {"amount": amount}, lang)
    return Line(row, text, len(row.told))


def _all_told(advice: Told, row: Advice) -> bool:
    return {said.code for said in advice.must_say} <= set(row.told)
