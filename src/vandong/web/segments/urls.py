"""Addresses of segments."""

from django.urls import path

from vandong.web.segments import builder, views

app_name = "segments"

urlpatterns = [
    path("nguoi-dan/nhom", views.segments, name="list"),
    path("nguoi-dan/nhom/moi", builder.new_segment, name="new"),
    path("nguoi-dan/nhom/moi/dem", builder.preview, name="preview"),
    path("nguoi-dan/nhom/<str:code>", views.people, name="people"),
    path("nguoi-dan/nhom/<str:code>/dem", views.count, name="count"),
    path("nguoi-dan/nhom/<str:code>/xuat", views.export, name="export"),
    path("nguoi-dan/nhom/<int:segment_id>/bo", views.retire, name="retire"),
]
