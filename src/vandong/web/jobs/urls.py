"""Addresses of background jobs."""

from django.urls import path

from vandong.web.jobs import views

app_name = "jobs"

urlpatterns = [
    path("cong-viec/", views.job_list, name="list"),
    path("cong-viec/<uuid:job_id>/", views.job_page, name="job"),
    path("cong-viec/<uuid:job_id>/dung/", views.stop_job, name="cancel"),
]
