"""Users and their grants, for administrators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vandong.accounts.models import User
from vandong.accounts.queries.organisations import open_organisations
from vandong.accounts.queries.scope import NotVisible, Right, Scope, require, visible_units
from vandong.accounts.queries.users import grant_to_manage, grants_of, user_rows, user_to_manage
from vandong.administration.grants import add_grant, create_user_with_grant, remove_grant
from vandong.administration.passwords import one_time_password, reset_password
from vandong.administration.refusals import Refused, StaleVersion
from vandong.administration.users import disable_user, edit_user, enable_user
from vandong.places.models import Unit
from vandong.places.queries.search import Hit, search_units
from vandong.web.access import DoorRequest
from vandong.web.accounts.forms import GrantForm, UserFilterForm, UserForm
from vandong.web.accounts.wording import put_on_form, say_refused, with_version

PER_PAGE = 50
MOST_CHOICES = 8


@require_safe
def users(request: DoorRequest) -> HttpResponse:
    """The list with search; for htmx only its rows."""
    form = UserFilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = user_rows(
        request.actor,
        text=str(asked.get("q", "")).strip(),
        role=asked.get("role", ""),
        state=asked.get("state", ""),
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    template = "web/accounts/users.html" + ("#rows" if request.htmx else "")
    return render(
        request, template, {"form": form, "page": page, "is_filtered": any(asked.values())}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_user(request: DoorRequest) -> HttpResponse:
    """A login with its first grant; its one-time password is shown once."""
    require(request.actor, Right.MANAGE_USERS)
    form = UserForm(request.POST or None, initial={"language": "vi"})
    grant = _grant_form(request)
    hits = _hits(request, grant)
    if request.method == "POST" and all([form.is_valid(), grant.is_valid(), _settled(grant, hits)]):
        password = one_time_password()
        try:
            user = create_user_with_grant(
                actor=request.actor,
                username=form.cleaned_data["username"],
                full_name=form.cleaned_data["full_name"],
                language=form.cleaned_data["language"],
                password=password,
                role=grant.cleaned_data["role"],
                organisation=grant.cleaned_data["organisation"],
                unit=_unit(request, grant),
                at=timezone.now(),
            )
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            return _show_password(request, user, password)
    context = {"form": form, "grant_form": grant, "hits": hits}
    return render(request, "web/accounts/new_user.html", context, status=_status(form, grant))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def user(request: DoorRequest, user_id: int) -> HttpResponse:
    """One user: name, state, grants."""
    subject = user_to_manage(request.actor, user_id)
    form = UserForm(request.POST or None, initial=_initial(subject))
    if request.method == "POST" and form.is_valid():
        try:
            edit_user(
                actor=request.actor,
                user_id=user_id,
                version=form.cleaned_data["version"] or 0,
                username=form.cleaned_data["username"],
                full_name=form.cleaned_data["full_name"],
                language=form.cleaned_data["language"],
                at=timezone.now(),
            )
        except Refused as refused:
            form = _kept(form, refused, subject)
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã lưu."))
            return _back(user_id)
    return _user_page(request, subject, form, _grant_form(None, request))


@require_POST
def disable(request: DoorRequest, user_id: int) -> HttpResponse:
    """Locks a user out at once."""
    try:
        disable_user(
            actor=request.actor,
            user_id=user_id,
            version=_version(request),
            at=timezone.now(),
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã khóa tài khoản. Quyền được giữ lại để khi mở dùng tiếp."))
    return _back(user_id)


@require_POST
def enable(request: DoorRequest, user_id: int) -> HttpResponse:
    """Lets a user in again."""
    try:
        enable_user(
            actor=request.actor, user_id=user_id, version=_version(request), at=timezone.now()
        )
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã mở khóa tài khoản."))
    return _back(user_id)


@never_cache
@require_POST
def reset(request: DoorRequest, user_id: int) -> HttpResponse:
    """A new one-time password, shown once."""
    try:
        password = reset_password(actor=request.actor, user_id=user_id, at=timezone.now())
    except Refused as refused:
        say_refused(request, refused)
        return _back(user_id)
    return _show_password(request, user_to_manage(request.actor, user_id), password)


@require_POST
def give(request: DoorRequest, user_id: int) -> HttpResponse:
    """Adds a grant; an unclear unit comes back as choices."""
    subject = user_to_manage(request.actor, user_id)
    form = _grant_form(request)
    hits = _hits(request, form)
    if all([form.is_valid(), _settled(form, hits)]):
        try:
            add_grant(
                actor=request.actor,
                user_id=user_id,
                role=form.cleaned_data["role"],
                organisation=form.cleaned_data["organisation"],
                unit=_unit(request, form),
                valid_until=form.cleaned_data["valid_until"],
                at=timezone.now(),
            )
        except Refused as refused:
            put_on_form(form, refused, request.actor.language)
        else:
            messages.success(request, _("Đã cấp quyền."))
            return _back(user_id)
    return _user_page(request, subject, UserForm(initial=_initial(subject)), form, hits)


@require_POST
def take_back(request: DoorRequest, grant_id: int) -> HttpResponse:
    """Removes a grant."""
    holder = grant_to_manage(request.actor, grant_id).user_id
    try:
        remove_grant(actor=request.actor, grant_id=grant_id, at=timezone.now())
    except Refused as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Đã thu hồi quyền."))
    return _back(holder)


@require_safe
def unit_choices(request: DoorRequest) -> HttpResponse:
    """Units to choose from while typing, as a fragment."""
    require(request.actor, Right.MANAGE_USERS)
    hits = search_units(request.GET.get("unit_text", ""), timezone.localdate(), MOST_CHOICES).hits
    return render(request, "web/accounts/unit_choices.html", {"hits": hits, "chosen": None})


def _user_page(
    request: DoorRequest,
    subject: User,
    form: UserForm,
    grant: GrantForm,
    hits: tuple[Hit, ...] = (),
) -> HttpResponse:
    stored = user_to_manage(request.actor, subject.pk)
    context = {
        "subject": stored,
        "form": form,
        "grants": grants_of(stored),
        "grant_form": grant,
        "hits": hits,
        "is_self": stored.pk == request.actor.user_id,
    }
    return render(request, "web/accounts/user.html", context, status=_status(form, grant))


def _grant_form(posted: DoorRequest | None, request: DoorRequest | None = None) -> GrantForm:
    asker = posted or request
    data = posted.POST if posted is not None and posted.method == "POST" else None
    form = GrantForm(data)
    if asker is not None:
        choices = open_organisations(asker.actor, Right.MANAGE_USERS, timezone.localdate())
        form.fields["organisation"].queryset = choices  # type: ignore[attr-defined]
    return form


def _hits(request: DoorRequest, form: GrantForm) -> tuple[Hit, ...]:
    """What the typed unit may mean."""
    text = request.POST.get("unit_text", "").strip()
    if not form.is_bound or not text:
        return ()
    return search_units(text, timezone.localdate(), MOST_CHOICES).hits


def _settled(form: GrantForm, hits: tuple[Hit, ...]) -> bool:
    """Whether no unit was typed that is still to be chosen; else says so on the form."""
    if form.cleaned_data.get("unit") or not form.cleaned_data.get("unit_text"):
        return True
    said = (
        _("Chọn một đơn vị trong danh sách bên dưới.") if hits else _("Không tìm thấy đơn vị này.")
    )
    form.add_error("unit_text", said)
    return False


def _unit(request: DoorRequest, form: GrantForm) -> Unit | None:
    chosen = form.cleaned_data.get("unit")
    if not chosen:
        return None
    unit = visible_units(request.actor, scope=Scope.ACT, right=Right.MANAGE_USERS).filter(pk=chosen)
    found = unit.first()
    if found is None:  # never fall back to "no unit": that would be everywhere
        raise NotVisible
    return found


def _initial(subject: User) -> dict[str, object]:
    return {
        "full_name": subject.full_name,
        "username": subject.username,
        "language": subject.language,
        "version": subject.version,
    }


def _kept(form: UserForm, refused: Refused, subject: User) -> UserForm:
    if not isinstance(refused, StaleVersion):
        return form
    fresh = UserForm(with_version(form.data, User.objects.get(pk=subject.pk).version))
    fresh.is_valid()
    return fresh


def _show_password(request: DoorRequest, subject: User, password: str) -> HttpResponse:
    context = {"subject": subject, "password": password}
    return render(request, "web/accounts/one_time_password.html", context)


def _version(request: DoorRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() else 0


def _status(*forms: UserForm | GrantForm) -> int:
    return 422 if any(form.is_bound and form.errors for form in forms) else 200


def _back(user_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("accounts:user", args=[user_id]))
