"""Addresses of the door."""

from django.urls import path

from vandong.web.door import views

app_name = "door"

urlpatterns = [
    path("van-dong/phu-dia-ban", views.coverage, name="coverage"),
    path("van-dong/danh-sach/<int:worklist_id>/den-nha", views.clusters, name="clusters"),
    path("van-dong/danh-sach/<int:worklist_id>/phieu", views.sheet, name="sheet"),
    path("van-dong/danh-sach/<int:worklist_id>/nhap-phieu", views.typing, name="typing"),
    path("van-dong/danh-sach/<int:worklist_id>/them-nguoi", views.add_met, name="add"),
]
