"""All addresses of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("vandong.web.accounts.urls")),
    path("", include("vandong.web.audit.urls")),
    path("", include("vandong.web.board.urls")),
    path("", include("vandong.web.jobs.urls")),
    path("", include("vandong.web.places.urls")),
]
