"""Addresses of results."""

from django.urls import path

from vandong.web.results import agreed, overview, receipts

app_name = "results"

urlpatterns = [
    path("van-dong/ket-qua", overview.results, name="overview"),
    path("van-dong/ket-qua/dong-y", agreed.agreements, name="agreed"),
    path("van-dong/ket-qua/dong-y/<int:claim_id>/thu", agreed.collect, name="collect"),
    path("van-dong/ket-qua/dong-y/<int:claim_id>/bo", agreed.reject, name="reject"),
    path("van-dong/ket-qua/mau/<str:form>", agreed.form_file, name="form"),
    path("van-dong/tien-thu", receipts.receipts, name="receipts"),
    path("van-dong/tien-thu/<int:receipt_id>/tra", receipts.returned, name="return"),
    path("van-dong/tien-thu/hoan-tac/<int:change_id>", receipts.undo, name="undo"),
]
