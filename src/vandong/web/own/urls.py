"""Addresses of a collector's own view and of remuneration."""

from django.urls import path

from vandong.web.own import rates, views

app_name = "own"

urlpatterns = [
    path("van-dong/cua-toi", views.mine, name="mine"),
    path("van-dong/thu-lao", rates.remuneration, name="rates"),
    path("van-dong/thu-lao/<int:member_id>/da-tra", rates.paid, name="paid"),
]
