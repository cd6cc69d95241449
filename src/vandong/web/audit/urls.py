"""Addresses of the audit trail."""

from django.urls import path

from vandong.web.audit import views

app_name = "audit"
urlpatterns = [path("nhat-ky", views.log, name="log")]
