"""All addresses of the site."""

from django.urls import URLPattern, URLResolver, include, path

from vandong.web.accounts import sessions

urlpatterns: list[URLPattern | URLResolver] = [
    path("", sessions.home, name="home"),
    path("ngon-ngu", sessions.choose_language, name="language"),
    path("", include("vandong.web.health.urls")),
    path("", include("vandong.api.urls")),
    path("", include("vandong.web.home.urls")),
    path("", include("vandong.web.accounts.urls")),
    path("", include("vandong.web.advice.urls")),
    path("", include("vandong.web.offers.urls")),
    path("", include("vandong.web.audit.urls")),
    path("", include("vandong.web.board.urls")),
    path("", include("vandong.web.figures.urls")),
    path("", include("vandong.web.reports.urls")),
    path("", include("vandong.web.jobs.urls")),
    path("", include("vandong.web.places.urls")),
    path("", include("vandong.web.segments.urls")),
    path("", include("vandong.web.people.urls")),
    path("", include("vandong.web.worklists.urls")),
    path("", include("vandong.web.results.urls")),
    path("", include("vandong.web.own.urls")),
    path("", include("vandong.web.door.urls")),
    path("", include("vandong.web.calls.urls")),
    path("", include("vandong.web.renewals.urls")),
    path("", include("vandong.web.matching.urls")),
    path("", include("vandong.web.returned.urls")),
    path("", include("vandong.web.lists.urls")),
    path("", include("vandong.web.law.urls")),
]

handler400 = "vandong.web.home.errors.bad_request"
handler403 = "vandong.web.home.errors.forbidden"
handler404 = "vandong.web.home.errors.not_found"
handler500 = "vandong.web.home.errors.server_error"
