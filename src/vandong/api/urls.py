"""Addresses of the programming interface."""

from django.urls import path

from vandong.api.interface import api

urlpatterns = [path("api/v1/", api.urls)]
