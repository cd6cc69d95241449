"""Static files with their fingerprint in the name, gathered again only when one of them changed."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def gather_static_files() -> bool:
    """Fills STATIC_ROOT; False when it holds these files already."""
    root = Path(settings.STATIC_ROOT)
    marker = root.with_name("static.fingerprint")
    now = fingerprint()
    if (root / "staticfiles.json").exists() and marker.exists():
        if marker.read_text(encoding="ascii") == now:
            return False
        marker.unlink()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    marker.write_text(now, encoding="ascii")
    return True


def fingerprint() -> str:
    """A hash over names, sizes and times of change of all static files."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}|{state.st_size}|{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
