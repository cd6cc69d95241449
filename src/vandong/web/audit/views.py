"""The page of the audit trail."""

from datetime import date, datetime, time, timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vandong.accounts.queries.scope import Right, require
from vandong.accounts.queries.trail import trail
from vandong.audit.queries.events import TrailFilter, actions
from vandong.web.access import DoorRequest
from vandong.web.audit.forms import TrailForm
from vandong.web.audit.wording import action_words, event_line

PER_PAGE = 50


@require_safe
def log(request: DoorRequest) -> HttpResponse:
    """Who did what, the latest first; for htmx only the rows."""
    require(request.actor, Right.SEE_AUDIT)
    language = request.actor.language
    form = TrailForm(request.GET)
    words = [(code, action_words(code, language)) for code in actions()]
    form.fields["action"].choices = [("", _("Mọi việc")), *words]  # type: ignore[attr-defined]
    wanted = _filter(request, form)
    page = Paginator(trail(request.actor, wanted), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "form": form,
        "page": page,
        "lines": [event_line(event, language) for event in page.object_list],
        "is_filtered": wanted != TrailFilter(),
        "subject_key": request.GET.get("subject", ""),
    }
    template = "web/audit/log.html" + ("#rows" if request.htmx else "")
    return render(request, template, context)


def _filter(request: DoorRequest, form: TrailForm) -> TrailFilter:
    """A part that cannot be read is said on the form and left out."""
    form.is_valid()
    asked = form.cleaned_data
    kind, _colon, key = request.GET.get("subject", "").partition(":")
    last: date | None = asked.get("day_until")
    return TrailFilter(
        actor_text=asked.get("actor", ""),
        subject_text=asked.get("name", ""),
        subject_type=kind,
        subject_id=key,
        action=asked.get("action", ""),
        begun_at=_midnight(asked.get("day_from")),
        ended_at=_midnight(last + timedelta(days=1) if last else None),
    )


def _midnight(day: date | None) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
