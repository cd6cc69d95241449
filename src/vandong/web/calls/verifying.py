"""The public check of a collector's code: whoever was called asks here before trusting the caller."""

import time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from vandong.accounts.queries.collectors import KnownCollector, collector_by_code
from vandong.web.advice.limits import Limit

CHECKS = Limit(30)
LONGEST = 30


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """ "/xac-minh?ma=": whether the code is of a collector at work today, and of which office."""
    code = request.GET.get("ma", "").strip()[:LONGEST]
    found: tuple[KnownCollector, ...] = ()
    wait = 0
    if code:
        wait = CHECKS.seconds_to_wait(request.META.get("REMOTE_ADDR", ""), time.monotonic())
        found = () if wait else collector_by_code(code, timezone.localdate())
    lang = "en" if request.GET.get("lang") == "en" else "vi"
    english = urlencode({"ma": code, "lang": "vi" if lang == "en" else "en"})
    context = {
        "lang": lang,
        "other_query": english,
        "code": code,
        "found": found,
        "wait": wait,
        "on": timezone.localdate(),
    }
    with translation.override(lang):
        answer = render(request, "web/calls/verify.html", context, status=429 if wait else 200)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer
