"""Addresses of figures, of plans and of their files."""

from django.urls import path

from vandong.web.figures import batch_views, mapping_views, plan_views, upload_views

app_name = "figures"

urlpatterns = [
    path("so-lieu/", batch_views.batch_list, name="batches"),
    path("so-lieu/nap/", upload_views.upload_figures, name="upload"),
    path("so-lieu/mau.xlsx", upload_views.figures_sample, name="sample"),
    path("so-lieu/<uuid:batch_id>/", batch_views.batch_page, name="batch"),
    path("so-lieu/<uuid:batch_id>/ghep-cot/", mapping_views.choose, name="mapping"),
    path("so-lieu/<uuid:batch_id>/nhan/", batch_views.accept, name="accept"),
    path("so-lieu/<uuid:batch_id>/bo/", batch_views.give_up, name="give_up"),
    path("so-lieu/<uuid:batch_id>/hoan-tac/", batch_views.undo, name="undo"),
    path("so-lieu/<uuid:batch_id>/dong-can-sua.xlsx", batch_views.bad_rows, name="bad_rows"),
    path("ke-hoach/", plan_views.plan_list, name="plans"),
    path("ke-hoach/nap/", upload_views.upload_plans, name="upload_plans"),
    path("ke-hoach/mau.xlsx", upload_views.plans_sample, name="plans_sample"),
    path("ke-hoach/chi-tieu/<int:target_id>/", plan_views.target_page, name="target"),
]
