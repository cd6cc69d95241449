"""Pages made for a query, kept in the memory of the process: strangers cost no database and little time.

What is kept is compressed: a page is asked for by phones, nearly all of which take gzip.
"""

import gzip
import threading
from collections import OrderedDict
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

MOST = 600
"""About 15 kB each."""


@dataclass(frozen=True, slots=True)
class MadePage:
    """An answer as it is sent."""

    status: int
    content: bytes
    kind: str = "text/html; charset=utf-8"
    is_gzip: bool = True


class Memory:
    """The pages asked for last."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, threading.Lock()
        self._pages: OrderedDict[tuple[object, ...], MadePage] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> MadePage | None:
        """The page of a key, if it is still kept."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[object, ...], page: MadePage) -> MadePage:
        """Keeps a page; the one asked for longest ago goes."""
        with self._lock:
            self._pages[key] = page
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return page

    def clear(self) -> None:
        """Forgets all."""
        with self._lock:
            self._pages.clear()


def compressed(html: str, status: int = 200) -> MadePage:
    """A page of HTML."""
    return MadePage(status, gzip.compress(html.encode(), 6, mtime=0))


def answer(request: HttpRequest, page: MadePage) -> HttpResponse:
    """The page as this browser takes it."""
    takes_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    content = page.content
    if page.is_gzip and not takes_gzip:
        content = gzip.decompress(content)
    made = HttpResponse(content, content_type=page.kind, status=page.status)
    if page.is_gzip:
        made["Vary"] = "Accept-Encoding, Cookie"
        if takes_gzip:
            made["Content-Encoding"] = "gzip"
    return made
