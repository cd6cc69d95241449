"""How doors know who asks. Everything is closed unless its address stands in `PUBLIC_NAMES`.

A page gets its objects from queries that take `request.actor`; what those raise becomes a page here:
`NotAllowed` 403 with its reason, `NotVisible` 404, the same whether the thing exists or not.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import get_resolver
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from vandong.accounts.models import User
from vandong.accounts.queries.scope import Actor, NotAllowed, NotVisible, actor_for
from vandong.phrases import sentence

API_NAMES = frozenset(
    f"api:{name}"
    for name in (
        "api-root",
        "nowhere",
        "openapi-json",
        "quote_bhxh",
        "quote_bhyt",
        "pension",
        "lump_sum",
        "retirement_age",
    )
)
"""The programming interface answers with documents, asks nobody to sign in, and counts requests itself."""

PUBLIC_NAMES = (
    frozenset(
        {
            *("accounts:sign_in", "language", "healthz"),
            *("advice:questions", "advice:result", "advice:sheet"),
            "calls:verify",
        }
    )
    | API_NAMES
)
"""Names of addresses open without signing in. The permission matrix test holds each against its line."""

WITH_OLD_PASSWORD = frozenset({"accounts:sign_out", "accounts:own_password"}) | PUBLIC_NAMES
"""What a user may reach who must first choose a password."""

SAFE = frozenset({"GET", "HEAD"})

NOBODY = Actor(user_id=None, name="")


class DoorRequest(HttpRequest):
    """A request behind the door: somebody is signed in, and `actor` says who and what may be done."""

    actor: Actor
    user: User
    htmx: HtmxDetails


Answer = Callable[[HttpRequest], HttpResponse]


class ClosedByDefault:
    """Puts the actor on each request, sends strangers to the sign-in page, turns refusals into pages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = cast(DoorRequest, request)
        actor = NOBODY
        if request.user.is_authenticated:
            actor = actor_for(request.user, timezone.localdate())
        door.actor = _in_language(door, actor)
        return self.get_response(request)

    def process_view(
        self, request: DoorRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Before a page is made: signed in, and not with a password that must be changed."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not request.user.is_authenticated:
            return None if name in PUBLIC_NAMES else _to_sign_in(request)
        if request.user.must_change_password and name not in WITH_OLD_PASSWORD:
            return _redirect(request, resolve_url("accounts:own_password"))
        return None

    def process_exception(self, request: DoorRequest, problem: Exception) -> HttpResponse | None:
        """403 and 404 for the two refusals of the floors below; all else goes its way."""
        if isinstance(problem, NotAllowed):
            return forbidden(request, problem)
        if isinstance(problem, NotVisible):
            return _not_found(request, problem)
        return None


def forbidden(request: DoorRequest, problem: NotAllowed) -> HttpResponse:
    """The page that says which right is missing and whom to ask."""
    reason = sentence(
        problem.code, _worded(problem, request.actor.language), request.actor.language
    )
    return render(request, "web/accounts/forbidden.html", {"reason": reason}, status=403)


def _worded(problem: NotAllowed, language: str) -> dict[str, object]:
    if "right" not in problem.values:
        return dict(problem.values)
    right = sentence(f"right_{problem.values['right']}", {}, language)
    return {**problem.values, "right": right}


def _not_found(request: HttpRequest, problem: Exception) -> HttpResponse:
    handler = cast(Callable[..., HttpResponse], get_resolver().resolve_error_handler(404))
    return handler(request, exception=problem)


def _in_language(request: DoorRequest, actor: Actor) -> Actor:
    """The language chosen in this browser, else the one kept with the user; pages and sentences agree.

    What the browser itself prefers does not count: offices with an English Windows read Vietnamese.
    """
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(actor.language)
        request.LANGUAGE_CODE = actor.language
        return actor
    english = (translation.get_language() or "").startswith("en")
    return replace(actor, language="en" if english else "vi")


def _to_sign_in(request: DoorRequest) -> HttpResponse:
    if request.method not in SAFE:
        messages.warning(
            request,
            _("Phiên đăng nhập đã hết nên chưa ghi gì. Đăng nhập lại, rồi điền và gửi lại."),
        )
    here = _page_seen(request)
    query = "" if here == "/" else "?" + urlencode({"tiep": here})
    return _redirect(request, f"{settings.LOGIN_URL}{query}")


def _page_seen(request: DoorRequest) -> str:
    """The page before the reader's eyes: for a form or a part of a page, the one it was on."""
    if request.htmx:
        return request.htmx.current_url_abs_path or "/"
    if request.method in SAFE:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        return "/"
    parts = urlsplit(came_from)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _redirect(request: DoorRequest, url: str) -> HttpResponse:
    """A fragment cannot stand in for a whole page: htmx is told to go there itself."""
    if request.htmx:
        return cast(HttpResponse, HttpResponseClientRedirect(url))
    return HttpResponseRedirect(url)
