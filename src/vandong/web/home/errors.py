"""What a reader sees when a page cannot be given: what happened, what was kept, what to do now.

400, 403, 404 and a form that came too late wear the house's frame in the reader's language. 500 and 503 are
pages that need nothing: no database, no session, no template of the frame; both languages stand on them.
"""

import sys

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static

from vandong.kernel.disk import is_disk_full

RETRY_AFTER_SECONDS = 30
_STYLES = ("ui/fonts.css", "ui/app.css", "ui/parts.css")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the browser asked for something that cannot be read."""
    return _page(request, "bad_request", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 of Django itself; a right that is missing has its own page (`web/access.py`)."""
    return _page(request, "forbidden", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lies here, or nothing that this reader may see. The same page for both."""
    return _page(request, "not_found", 404)


def too_late(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the CSRF check: the form was opened before another signing in, or cookies are off."""
    return _page(request, "too_late", 403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; 503 with Retry-After when it is the database that cannot be reached, 507 when a disk is full."""
    problem = sys.exc_info()[1]
    full = is_disk_full(problem)
    away = not full and (isinstance(problem, InterfaceError) or _is_connection_lost(problem))
    context = {"is_away": away, "is_full": full, "styles": _styles()}
    html = render_to_string("web/home/broken.html", context)
    response = HttpResponse(html, status=507 if full else 503 if away else 500)
    if away:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    return render(request, f"web/home/{name}.html", status=status)


def _is_connection_lost(problem: BaseException | None) -> bool:
    """PostgreSQL's class 08 and 57P (shutting down, starting up), or no connection at all."""
    if not isinstance(problem, DatabaseError):
        return False
    code = getattr(problem.__cause__, "sqlstate", None)
    lost = type(problem).__name__ == "OperationalError" and code is None
    return lost or str(code or "").startswith(("08", "57P"))


def _styles() -> list[str]:
    """Addresses of the stylesheets; none when the manifest is missing, as the page must come all the same."""
    try:
        return [static(name) for name in _STYLES]
    except ValueError:
        return []
