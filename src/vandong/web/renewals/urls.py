"""Addresses of renewals."""

from django.urls import path

from vandong.web.renewals import funnel, views

app_name = "renewals"

urlpatterns = [
    path("van-dong/dong-tiep", views.people, name="people"),
    path("van-dong/dong-tiep/pheu", funnel.funnel, name="funnel"),
    path("van-dong/dong-tiep/thay-doi", funnel.rises, name="rises"),
    path("van-dong/dong-tiep/lap-danh-sach", views.make_list, name="make_list"),
    path("van-dong/dong-tiep/xuat", views.export, name="export"),
]
