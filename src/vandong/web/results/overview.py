"""What the approaches of a span brought, and what waits for somebody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vandong.accounts.queries.organisations import own_office
from vandong.accounts.queries.scope import Right, require
from vandong.figures.models import Scheme
from vandong.outreach.results.chain import result_chain
from vandong.outreach.results.conversion import conversion_findings, conversion_table
from vandong.outreach.results.signals import signals
from vandong.outreach.results.unproven import open_claims
from vandong.outreach.results.unremitted import kept_by_collector, unremitted
from vandong.outreach.settings import approach_settings
from vandong.phrases import finding_sentence
from vandong.registry.models import Person
from vandong.web.access import DoorRequest
from vandong.web.results.forms import BY_WORDS, SpanForm
from vandong.web.results.wording import line_words, signal_words

_SIGNALS_SHOWN = 20
_PEOPLE_SHOWN = 3


@require_safe
@never_cache
def results(request: DoorRequest) -> HttpResponse:
    """ "/van-dong/ket-qua?tu=&den=&noi=&loai=&theo=": the chain, the rates, what waits, the signs."""
    require(request.actor, Right.IMPORT_PEOPLE)
    today, lang = timezone.localdate(), request.actor.language
    form = SpanForm(request.actor, today, request.GET)
    asked = form.asked()
    table = conversion_table(request.actor, asked.span, asked.by, asked.scheme)
    office = own_office(request.actor)
    limits = approach_settings(office.pk if office else None)
    found = signals(request.actor, asked.span, limits)[:_SIGNALS_SHOWN]
    first = [one.person_ids[:_PEOPLE_SHOWN] for one in found]
    people = Person.objects.in_bulk([pk for ids in first for pk in ids])
    late_money = unremitted(request.actor, today)
    context = {
        "form": form,
        "asked": asked,
        "chain": result_chain(request.actor, asked.span),
        "table": table,
        "lines": line_words(table, lang),
        "by": BY_WORDS[asked.by],
        "scheme": _(str(Scheme(asked.scheme).label)),
        "told": [finding_sentence(one, lang) for one in conversion_findings(table)],
        "kept": [(one, one.days(today)) for one in kept_by_collector(late_money)],
        "late_claims": open_claims(request.actor, today, late=True).count(),
        "signals": [
            (one, signal_words(one, lang), [people[pk] for pk in ids if pk in people])
            for one, ids in zip(found, first, strict=True)
        ],
        "limits": limits,
        "today": today,
    }
    return render(request, "web/results/overview.html", context)
