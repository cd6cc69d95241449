"""Handlers of background jobs, a module a noun, each registering its functions with `handles("name")`.

`load` imports every module here, so a new file is found by itself.
"""

from importlib import import_module
from pkgutil import iter_modules


def load() -> list[str]:
    """Imports every module of handlers; their names."""
    names = sorted(module.name for module in iter_modules(__path__))
    for name in names:
        import_module(f"{__name__}.{name}")
    return names
