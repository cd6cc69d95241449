"""Addresses of the citizen's advice."""

from django.urls import path

from vandong.web.advice import views

app_name = "advice"
urlpatterns = [
    path("tu-van", views.questions, name="questions"),
    path("tu-van/ket-qua", views.result, name="result"),
    path("tu-van/phieu.pdf", views.sheet, name="sheet"),
]
