"""The answer to too many wrong passwords, and whose attempts are counted together."""

from datetime import timedelta
from math import ceil

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from vandong.administration.users import username_key


def client_address(request: HttpRequest) -> str:
    """The address attempts are counted for.

    The header X-Forwarded-For is believed only for the `PROXY_COUNT` proxies that the installation
    names: everything further left in it was written by the visitor.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop]
    count: int = settings.PROXY_COUNT
    if count and len(hops) >= count:
        return str(hops[-count])
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, str] | None
) -> HttpResponse:
    """The page shown while attempts are refused, with the minutes left. The same for unknown names."""
    typed = (credentials or {}).get("username") or request.POST.get("username", "")
    context = {"minutes": minutes_left(username_key(typed), client_address(request))}
    return render(request, "web/accounts/locked_out.html", context, status=429)


def minutes_left(username: str, address: str) -> int:
    """Whole minutes, at least 1, until the next attempt is listened to."""
    last = (
        AccessAttempt.objects.filter(username=username, ip_address=address)
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    pause = get_cool_off()
    if last is None or pause is None:
        return 1
    wait = last + pause - timezone.now()
    return max(1, ceil(wait / timedelta(minutes=1)))
