"""Addresses of the reports."""

from django.urls import path

from vandong.web.reports import views

app_name = "reports"
urlpatterns = [
    path("bao-cao", views.report, name="report"),
    path("bao-cao/bao-cao.docx", views.report_docx, name="docx"),
    path("bao-cao/bao-cao.pdf", views.report_pdf, name="pdf"),
    path("bao-cao/bao-cao.xlsx", views.report_xlsx, name="xlsx"),
]
