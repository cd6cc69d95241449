"""Signing in and out, and one's own password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.queries.scope import actor_for
from vandong.administration.passwords import change_own_password
from vandong.administration.refusals import Refused
from vandong.administration.users import LANGUAGES, keep_language, note_sign_in, username_key
from vandong.ui.menu import menu_entries
from vandong.web.access import DoorRequest
from vandong.web.accounts.forms import OwnPasswordForm, SignInForm
from vandong.web.accounts.wording import put_on_form


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page. Wrong name, wrong password and disabled account are answered alike."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(_onward(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _signed_in(request, form):
            return HttpResponseRedirect(_onward(request))
        form.add_error(None, _("Tên đăng nhập hoặc mật khẩu chưa đúng. Kiểm tra rồi nhập lại."))
    status = 422 if form.errors else 200
    context = {"form": form, "onward": request.GET.get("tiep", ""), "is_demo": settings.DEMO}
    return render(request, "web/accounts/sign_in.html", context, status=status)


@require_POST
def sign_out(request: DoorRequest) -> HttpResponse:
    """Ends the session of this browser."""
    logout(request)
    messages.success(request, _("Bạn đã đăng xuất."))
    return HttpResponseRedirect(settings.LOGIN_URL)


@require_safe
def home(request: DoorRequest) -> HttpResponse:
    """The first page of the reader's menu; without any, what is missing and whom to ask."""
    entries = menu_entries(request.actor, request.path)
    if entries and request.actor.grants:
        return HttpResponseRedirect(entries[0].url)
    return render(request, "web/accounts/no_rights.html")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Vietnamese or English, kept in this browser and with the user."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(_safe(request, request.POST.get("next", "")))
    if language in LANGUAGES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 3600,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        if request.user.is_authenticated:
            actor = actor_for(request.user, timezone.localdate())
            keep_language(actor=actor, language=language)
    return response


@never_cache
@sensitive_post_parameters("old", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: DoorRequest) -> HttpResponse:
    """Changing one's password: this browser stays signed in, all others are signed out."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = change_own_password(
                actor=request.actor,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
                at=timezone.now(),
            )
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _("Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."))
            return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    context = {"form": form, "is_forced": request.user.must_change_password}
    status = 422 if form.errors else 200
    return render(request, "web/accounts/own_password.html", context, status=status)


def _signed_in(request: HttpRequest, form: SignInForm) -> bool:
    username = username_key(form.cleaned_data["username"])
    user = authenticate(request, username=username, password=form.cleaned_data["password"])
    if user is None:
        return False
    login(request, user)
    note_sign_in(actor=actor_for(user, timezone.localdate()), at=timezone.now())
    return True


def _onward(request: HttpRequest) -> str:
    """Where the visitor wanted to go, when that lies on this site."""
    return _safe(request, request.GET.get("tiep", ""))


def _safe(request: HttpRequest, wanted: str) -> str:
    """The wanted address when it lies on this site, else the first page."""
    if url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return wanted
    return settings.LOGIN_REDIRECT_URL
