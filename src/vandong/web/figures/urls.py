"""Addresses of figures and plans."""

from django.urls import path

from vandong.web.figures import columns, decisions, pages, plans

app_name = "figures"

urlpatterns = [
    path("so-lieu/", pages.batches, name="batches"),
    path("so-lieu/nap", pages.upload, name="upload"),
    path("so-lieu/<uuid:batch_id>/", pages.batch, name="batch"),
    path("so-lieu/<uuid:batch_id>/cot", columns.choose, name="columns"),
    path("so-lieu/<uuid:batch_id>/dong-sai", pages.bad_rows, name="bad_rows"),
    path("so-lieu/<uuid:batch_id>/nhan", decisions.accept, name="accept"),
    path("so-lieu/<uuid:batch_id>/bo", decisions.refuse, name="refuse"),
    path("so-lieu/<uuid:batch_id>/hoan-tac", decisions.undo, name="undo"),
    path("ke-hoach/", plans.plans, name="plans"),
]
