"""Addresses of lists."""

from django.urls import path

from vandong.web.lists import columns, views

app_name = "lists"

urlpatterns = [
    path("nguoi-dan/danh-sach", views.lists, name="list"),
    path("nguoi-dan/danh-sach/gui", views.send, name="send"),
    path("nguoi-dan/danh-sach/<uuid:batch_id>", views.one, name="one"),
    path("nguoi-dan/danh-sach/<uuid:batch_id>/nhan", views.accept, name="accept"),
    path("nguoi-dan/danh-sach/<uuid:batch_id>/can-cu", views.basis, name="basis"),
    path("nguoi-dan/danh-sach/<uuid:batch_id>/bo", views.give_up, name="give_up"),
    path("nguoi-dan/danh-sach/<uuid:batch_id>/hoan-tac", views.undo, name="undo"),
    path("nguoi-dan/danh-sach/<uuid:batch_id>/dong-loi", views.refused_rows, name="refused_rows"),
    path("nguoi-dan/danh-sach/<uuid:batch_id>/ghep-cot", columns.choose, name="columns"),
]
