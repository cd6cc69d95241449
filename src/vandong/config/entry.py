"""The entry of the command line `vandong`: sets up Django, then hands over to `command_line`."""

import os
import sys
from importlib import import_module

import django

from vandong.config.environment import EnvironmentProblem


def main() -> None:
    """`vandong …`. Exit code 1 when the database cannot serve, 2 for a wrong variable of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vandong.config.settings")
    try:
        django.setup()
    except EnvironmentProblem as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(2)
    # Records can be imported only now.
    import_module("vandong.config.command_line").run()


if __name__ == "__main__":
    main()
