"""Refusals put on forms, in the language of the reader."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages

from vandong.administration.refusals import Refused
from vandong.phrases import sentence
from vandong.web.access import DoorRequest


def put_on_form(form: forms.Form, refused: Refused, language: str) -> None:
    """Each problem to its field; those of no field of the form to its head."""
    for finding in refused.findings:
        column = finding.spot.column if finding.spot else None
        text = sentence(finding.code, finding.values, language)
        form.add_error(column if column in form.fields else None, text)


def say_refused(request: DoorRequest, refused: Refused) -> None:
    """The problems as messages of the next page, for deeds of one button."""
    for finding in refused.findings:
        text = sentence(finding.code, finding.values, request.actor.language)
        messages.error(request, text)


def with_version(posted: Mapping[str, object], version: int) -> dict[str, object]:
    """What was typed, set on the version stored now: the next press of Save means it."""
    typed = {key: posted.getlist(key) for key in posted} if hasattr(posted, "getlist") else {}
    flat: dict[str, object] = {
        key: values[0] if len(values) == 1 else values for key, values in typed.items()
    }
    return {**flat, "version": version}
