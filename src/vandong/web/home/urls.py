"""Address of the gallery of parts."""

from django.urls import path

from vandong.web.home import gallery

urlpatterns = [path("ui/mau", gallery.gallery, name="gallery")]
