"""Runs a command of `vandong.console`, with the database behind it.

The embedded server starts with the first connection that a command makes, so a command that works on files
alone never starts it. The same connection is the moment to see whether the tables are behind the code.
"""

import subprocess
import sys
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

from vandong.config.embedded.problems import ServerProblem
from vandong.config.postgresql.base import tell
from vandong.config.schema import bring_up_to_date
from vandong.config.serve import up
from vandong.console.app import app
from vandong.phrases import sentence

NEEDS_DATABASE_AT_ONCE = ("worker",)
"""Commands that reach the database past Django's connection."""
_ONCE = "vandong.schema"


def run() -> None:
    """Runs what the arguments say. Ends the process with the exit code of the command.

    `up` sees to the tables itself, and says so.
    """
    if not settings.ENVIRONMENT.is_owner and sys.argv[1:2] != ["up"]:
        connection_created.connect(_bring_up_to_date, dispatch_uid=_ONCE)
    app.command()(up)
    try:
        if sys.argv[1:2] and sys.argv[1] in NEEDS_DATABASE_AT_ONCE and "--help" not in sys.argv:
            connection.ensure_connection()
        app(prog_name="vandong")
    except subprocess.CalledProcessError:
        _end("schema_not_migrated", {})
    except (OperationalError, ServerProblem) as problem:
        cause = problem.__cause__ if isinstance(problem, OperationalError) else problem
        if not isinstance(cause, ServerProblem):
            raise
        _end(cause.code, cause.values)


def _bring_up_to_date(**_: Any) -> None:
    connection_created.disconnect(dispatch_uid=_ONCE)
    bring_up_to_date(tell)


def _end(code: str, values: dict[str, object]) -> None:
    sys.stderr.write(sentence(code, values, settings.ENVIRONMENT.lang) + "\n")
    sys.exit(1)
