"""Addresses of worklists."""

from django.urls import path

from vandong.web.worklists import assigning, making, views

app_name = "worklists"

urlpatterns = [
    path("van-dong", views.home, name="home"),
    path("van-dong/danh-sach", views.lists, name="list"),
    path("van-dong/danh-sach/moi", making.new_list, name="new"),
    path("van-dong/danh-sach/moi/xem", making.preview, name="preview"),
    path("van-dong/danh-sach/diem", making.keep_weights, name="weights"),
    path("van-dong/danh-sach/<int:worklist_id>", views.one, name="one"),
    path("van-dong/danh-sach/<int:worklist_id>/nguoi", views.people, name="people"),
    path("van-dong/danh-sach/<int:worklist_id>/tai", views.download, name="download"),
    path("van-dong/ban-giao", assigning.handing_over, name="hand_over"),
    path("van-dong/danh-sach/<int:worklist_id>/giao", assigning.assign, name="assign"),
    path("van-dong/danh-sach/<int:worklist_id>/giao/xem", assigning.preview, name="shares"),
    path("van-dong/danh-sach/<int:worklist_id>/lay-lai", assigning.free, name="free"),
    path("van-dong/danh-sach/<int:worklist_id>/luot-hai", views.again, name="again"),
    path("van-dong/danh-sach/<int:worklist_id>/dong", views.close, name="close"),
    path("van-dong/danh-sach/<int:worklist_id>/mo", views.reopen, name="reopen"),
    path("van-dong/danh-sach/<int:worklist_id>/cach", views.way, name="way"),
]
