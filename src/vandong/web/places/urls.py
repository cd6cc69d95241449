"""Addresses of the places pages."""

from django.urls import path

from vandong.web.places import set_views, views

app_name = "places"

urlpatterns = [
    path("don-vi/", views.search, name="search"),
    path("don-vi/<int:unit_id>/", views.unit, name="unit"),
    path("bo-don-vi/", set_views.unit_sets, name="sets"),
    path("bo-don-vi/moi/", set_views.new_unit_set, name="set_new"),
    path("bo-don-vi/<int:unit_set_id>/", set_views.unit_set, name="set"),
    path("bo-don-vi/<int:unit_set_id>/sua/", set_views.edit_unit_set, name="set_edit"),
    path("bo-don-vi/<int:unit_set_id>/xoa/", set_views.remove_unit_set, name="set_remove"),
]
