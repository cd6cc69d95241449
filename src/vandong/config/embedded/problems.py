"""What can stop the embedded server from serving, as codes of `phrases` (texts/server.yaml)."""

from collections.abc import Callable

import psycopg

Say = Callable[[str, dict[str, object]], None]
"""Tells the one who waits what is waited for: a code of `phrases` and its values."""


def say_nothing(code: str, values: dict[str, object]) -> None:
    """For callers that show no progress."""


class ServerProblem(psycopg.OperationalError):
    """The embedded server cannot serve; `code` and `values` make the sentence.

    An OperationalError, because a caller asked for a connection and there is none.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(f"{code}: {values}")
        self.code = code
        self.values = values
