"""The database engine of the embedded server: a connection starts the server when it is not there.

So every door starts it alike, commands that need no database never do, and a site whose server was killed
finds it again with the next request. With `DATABASE_URL` Django's own engine is used.
"""

import sys
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base

from vandong.config.embedded import process
from vandong.config.embedded.place import place_of
from vandong.config.embedded.starter import ensure_server
from vandong.phrases import sentence


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects to the embedded server of VANDONG_HOME."""

    _is_ensured = False

    def get_connection_params(self) -> dict[str, Any]:
        """The socket is looked up anew: a start may have chosen another folder."""
        self.settings_dict["HOST"] = str(place_of(_home()).socket)
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Makes sure of the server before the first connection of a process, and whenever one fails."""
        if not DatabaseWrapper._is_ensured:
            conn_params = self._ensured()
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            return super().get_new_connection(self._ensured())

    def is_usable(self) -> bool:
        """Not without a postmaster: when it is killed, its backends answer for a moment more, then die."""
        return process.postmaster(place_of(_home()).data) is not None and super().is_usable()

    def _ensured(self) -> dict[str, Any]:
        ensure_server(_home(), tell)
        DatabaseWrapper._is_ensured = True
        return self.get_connection_params()


def tell(code: str, values: dict[str, object]) -> None:
    """What is waited for, to one who waits at a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(sentence(code, values, settings.ENVIRONMENT.lang) + "\n")


def _home() -> Path:
    home: Path = settings.ENVIRONMENT.home
    return home
