"""Addresses of the law's pages."""

from django.urls import path

from vandong.web.law import downloads, support_views, views

app_name = "law"

urlpatterns = [
    path("phap-ly/", views.parameters, name="parameters"),
    path("phap-ly/tham-so.csv", downloads.parameters_csv, name="csv"),
    path("phap-ly/tham-so.xlsx", downloads.parameters_xlsx, name="xlsx"),
    path("phap-ly/tham-so/<str:code>/", views.parameter, name="parameter"),
    path("phap-ly/nghi-quyet/", support_views.supports, name="supports"),
    path("phap-ly/nghi-quyet/moi/", support_views.new_support, name="support_new"),
    path("phap-ly/nghi-quyet/<int:support_id>/", support_views.support, name="support"),
    path("phap-ly/nghi-quyet/<int:support_id>/duyet/", support_views.decide, name="support_decide"),
    path(
        "phap-ly/nghi-quyet/<int:support_id>/rut/", support_views.withdraw, name="support_withdraw"
    ),
]
