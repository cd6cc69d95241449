"""Addresses of people."""

from django.urls import path

from vandong.web.people import editing, households, merging, views

app_name = "people"

urlpatterns = [
    path("nguoi-dan", views.search, name="search"),
    path("nguoi-dan/moi", editing.new, name="new"),
    path("nguoi-dan/<int:person_id>/sua", editing.edit, name="edit"),
    path("nguoi-dan/<int:person_id>", views.person, name="person"),
    path("nguoi-dan/<int:person_id>/ho", households.household, name="household"),
    path("nguoi-dan/<int:person_id>/ho/ghep", households.join, name="join"),
    path("nguoi-dan/<int:person_id>/ho/ra", households.leave, name="leave"),
    path("nguoi-dan/<int:person_id>/ho/chu-ho", households.head, name="head"),
    path("nguoi-dan/<int:person_id>/gop", merging.twin, name="twin"),
    path("nguoi-dan/<int:person_id>/gop/xac-nhan", merging.merge, name="merge"),
    path("nguoi-dan/<int:person_id>/tach", merging.part, name="part"),
    path("nguoi-dan/<int:person_id>/hien", views.reveal, name="reveal"),
    path("nguoi-dan/<int:person_id>/dong-y", views.consent, name="consent"),
    path("nguoi-dan/<int:person_id>/dong-y/rut", views.withdraw, name="withdraw"),
]
