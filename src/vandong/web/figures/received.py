"""An upload's bytes as a file on the disk, and the refusal of what is far too large before it is read."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vandong.sheets import SIZE_LIMIT

_AROUND = 1_000_000
"""Bytes that the other fields of a form may take."""


class RefusesLargeBodies:
    """Answers 413 from the length that the browser announces; the body is not read, nothing is kept.

    Stands after `ClosedByDefault` (the page needs its reader) and answers before the check of the form's
    token would read the body.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isdecimal() else 0
        if request.method == "GET" or size <= SIZE_LIMIT + _AROUND:
            return self.get_response(request)
        context = {"size": -(-size // 1_000_000), "limit": SIZE_LIMIT // 1_000_000}
        return render(request, "web/figures/too_large.html", context, status=413)


@contextmanager
def on_disk(file: Any) -> Iterator[Path]:
    """Where the bytes lie; small files are in memory and are laid down for as long as it takes."""
    if hasattr(file, "temporary_file_path"):
        yield Path(file.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile() as aside:
        for piece in file.chunks():
            aside.write(piece)
        aside.flush()
        yield Path(aside.name)
