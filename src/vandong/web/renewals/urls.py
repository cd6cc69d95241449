"""Addresses of renewals."""

from django.urls import path

from vandong.web.renewals import views

app_name = "renewals"

urlpatterns = [
    path("van-dong/dong-tiep", views.people, name="people"),
    path("van-dong/dong-tiep/lap-danh-sach", views.make_list, name="make_list"),
    path("van-dong/dong-tiep/xuat", views.export, name="export"),
]
