"""The script of calls as an office edits it: words of its own, numbers of the law."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from vandong.accounts.queries.organisations import own_office
from vandong.accounts.queries.scope import Right, require
from vandong.administration.refusals import Refused
from vandong.law import law_book
from vandong.outreach.scripts import (
    CALL_WORDS,
    LAW_WORDS,
    Answer,
    ScriptText,
    law_values,
    office_script,
    save_script,
)
from vandong.phrases import sentence
from vandong.web.access import DoorRequest

_EMPTY = 2
"""Empty rows at the end, for more answers."""


@require_http_methods(["GET", "HEAD", "POST"])
def script(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/kich-ban": read and edited by offices; every save is a new version."""
    require(request.actor, Right.IMPORT_PEOPLE)
    office = own_office(request.actor)
    shown = office_script(office.pk if office else None)
    problems: list[str] = []
    if request.method == "POST":
        shown = _typed(request)
        try:
            row = save_script(
                actor=request.actor,
                opening=shown.opening,
                answers=shown.answers,
                version=shown.version,
                at=timezone.now(),
            )
        except Refused as refused:
            lang = request.actor.language
            problems = [sentence(one.code, one.values, lang) for one in refused.findings]
        else:
            messages.success(request, _("Đã lưu kịch bản, bản %s.") % row.version)
            return redirect("calls:script")
    today = timezone.localdate()
    values = law_values(law_book(), today)
    context = {
        "script": shown,
        "answers": [*shown.answers, *([Answer("", "")] * _EMPTY)],
        "law_words": [(name, values.get(name, "…")) for name in LAW_WORDS],
        "call_words": CALL_WORDS,
        "problems": problems,
        "on": today,
    }
    return render(request, "web/calls/script.html", context, status=422 if problems else 200)


def _typed(request: DoorRequest) -> ScriptText:
    version = request.POST.get("version", "")
    says, answers = request.POST.getlist("say")[:60], request.POST.getlist("answer")[:60]
    return ScriptText(
        int(version) if version.isdecimal() and len(version) < 9 else 0,
        request.POST.get("opening", ""),
        tuple(Answer(*pair) for pair in zip(says, answers, strict=False) if any(pair)),
    )
