"""Addresses of kept advice."""

from django.urls import path

from vandong.web.offers import views

app_name = "offers"

urlpatterns = [
    path("tu-van/da-luu/", views.kept, name="list"),
    path("tu-van/da-luu/moi/", views.keep, name="keep"),
    path("tu-van/da-luu/<int:advice_id>/", views.one, name="one"),
    path("tu-van/da-luu/<int:advice_id>/da-noi/", views.tell, name="tell"),
]
