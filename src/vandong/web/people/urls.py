"""Addresses of people."""

from django.urls import path

from vandong.web.people import views

app_name = "people"

urlpatterns = [
    path("nguoi-dan", views.search, name="search"),
    path("nguoi-dan/<int:person_id>", views.person, name="person"),
    path("nguoi-dan/<int:person_id>/hien", views.reveal, name="reveal"),
    path("nguoi-dan/<int:person_id>/dong-y", views.consent, name="consent"),
    path("nguoi-dan/<int:person_id>/dong-y/rut", views.withdraw, name="withdraw"),
]
