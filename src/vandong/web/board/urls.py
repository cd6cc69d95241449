"""Addresses of the board."""

from django.urls import path

from vandong.web.board import downloads, reconciliation, views

app_name = "board"
urlpatterns = [
    path("tong-quan", views.board, name="board"),
    path("tong-quan/giai-thich", views.explanation, name="explanation"),
    path("tong-quan/dien-bien", views.trend_chart_fragment, name="trend"),
    path("tong-quan/doi-chieu", reconciliation.reconciliation, name="reconciliation"),
    path("tong-quan/bang.xlsx", downloads.board_xlsx, name="xlsx"),
    path("tong-quan/bang.csv", downloads.board_csv, name="csv"),
    path("tong-quan/anh.png", downloads.board_picture, name="picture"),
]
