"""Addresses of files that the agency sent back."""

from django.urls import path

from vandong.web.returned import views

app_name = "returned"

urlpatterns = [
    path("nguoi-dan/ho-so-tra-lai", views.returned, name="list"),
    path("nguoi-dan/ho-so-tra-lai/<int:receipt_id>", views.resubmit, name="resubmit"),
    path("nguoi-dan/ho-so-tra-lai/hoan-tac/<int:change_id>", views.undo, name="undo"),
]
