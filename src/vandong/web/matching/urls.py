"""Addresses of the doubtful rows."""

from django.urls import path

from vandong.web.matching import views

app_name = "matching"

urlpatterns = [
    path("nguoi-dan/doi-chieu", views.queue, name="queue"),
    path("nguoi-dan/doi-chieu/<int:pending_id>", views.decide, name="decide"),
    path("nguoi-dan/doi-chieu/<int:pending_id>/hoan-tac", views.undo, name="undo"),
]
