"""The site with four addresses that break. They borrow the one public name, so that strangers reach them."""

import errno

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

from vandong.config.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def fault(request: HttpRequest) -> HttpResponse:
    """A fault of the software."""
    raise ZeroDivisionError


def away(request: HttpRequest) -> HttpResponse:
    """A database that nobody answers for: port 1 of this machine."""
    nowhere = {**connection.settings_dict, "HOST": "127.0.0.1", "PORT": "1"}
    ConnectionHandler({"default": nowhere})["default"].ensure_connection()
    return HttpResponse()


def full(request: HttpRequest) -> HttpResponse:
    """A disk without room."""
    raise OSError(errno.ENOSPC, "No space left on device")


def refused(request: HttpRequest) -> HttpResponse:
    """A request that Django finds suspicious."""
    raise SuspiciousOperation


urlpatterns = [
    path("loi", fault, name="healthz"),
    path("mat-ket-noi", away, name="healthz"),
    path("dia-day", full, name="healthz"),
    path("dang-ngo", refused, name="healthz"),
    *urlpatterns,
]
