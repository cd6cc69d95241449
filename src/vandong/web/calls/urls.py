"""Addresses of a collector's day, the call, the script, and the check of a collector's code."""

from django.urls import path

from vandong.web.calls import rules, script, verifying, views

app_name = "calls"

urlpatterns = [
    path("van-dong/hom-nay", views.today, name="today"),
    path("van-dong/hom-nay/nhan", views.take, name="take"),
    path("van-dong/hom-nay/tra", views.release, name="release"),
    path("van-dong/goi/<int:task_id>", views.call, name="call"),
    path("van-dong/goi/<int:task_id>/so", views.numbers, name="numbers"),
    path("van-dong/goi/<int:task_id>/ket-qua", views.outcome, name="outcome"),
    path("van-dong/goi/hoan-tac/<int:contact_id>", views.undo, name="undo"),
    path("van-dong/kich-ban", script.script, name="script"),
    path("van-dong/quy-dinh", rules.calling_rules, name="rules"),
    path("xac-minh", verifying.verify, name="verify"),
]
