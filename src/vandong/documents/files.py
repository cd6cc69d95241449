"""Files as they came in, kept under VANDONG_HOME/files by the fingerprint (SHA-256) of their bytes.

The same bytes are kept once, whatever their names. A file is whole or not there: it is written aside,
flushed to the disk and then named. A kept file whose row was rolled back harms nothing: the next one with
the same bytes finds it. Files that were taken over are kept for good, also after an undo; the bytes of a file
that was given up go at once.
"""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.core.files.storage import default_storage

from vandong.documents.models import Batch, BatchState, SourceFile

FOLDER = "source_files"
_STEP = 1 << 20
_LONGEST_NAME = 300


class FileLost(Exception):
    """The bytes of a source file are no longer where they were put; the message names the file."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """SHA-256 of a file's bytes in hexadecimal, and their number."""

    sha256: str
    size: int


def fingerprint(path: Path) -> Fingerprint:
    """The fingerprint of a file, read in pieces."""
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(path):
        digest.update(piece)
        size += len(piece)
    return Fingerprint(digest.hexdigest(), size)


def keep_file(path: Path, name: str, at: datetime) -> SourceFile:
    """Keeps the bytes at `path` and gives their row, in the caller's transaction.

    Bytes that came before give the row they have, under its first name.
    """
    mark = fingerprint(path)
    stored_as = f"{mark.sha256[:2]}/{mark.sha256}"
    kept, _ = SourceFile.objects.get_or_create(
        fingerprint=mark.sha256,
        defaults={
            "name": Path(name).name[-_LONGEST_NAME:],
            "size": mark.size,
            "stored_as": stored_as,
            "received_at": at,
        },
    )
    # Whoever drops the same bytes now holds the row: they are laid down after that, never before.
    SourceFile.objects.select_for_update().get(pk=kept.pk)
    _lay_down(path, _folder() / stored_as)
    return kept


def drop_file(source_file: SourceFile) -> None:
    """Removes the bytes of a file that nobody took over; its row stays and says what came in.

    Bytes that a batch which is not given up still needs are left alone. Call it last in the transaction that
    gives the file up.
    """
    SourceFile.objects.select_for_update().get(pk=source_file.pk)
    needed = Batch.objects.filter(source_file=source_file).exclude(state=BatchState.REFUSED)
    if not needed.exists():
        (_folder() / source_file.stored_as).unlink(missing_ok=True)


def kept_path(source_file: SourceFile) -> Path:
    """Where the bytes lie. Raises FileLost."""
    path = _folder() / source_file.stored_as
    if not path.is_file():
        raise FileLost(source_file.name)
    return path


def _folder() -> Path:
    return Path(default_storage.path(FOLDER))


def _lay_down(path: Path, target: Path) -> None:
    if target.is_file() and target.stat().st_size == path.stat().st_size:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{target.name}.{uuid4().hex}")
    try:
        with aside.open("wb") as file:
            for piece in _pieces(path):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(target)
    except OSError:
        # A full disk is not filled further with half a file.
        aside.unlink(missing_ok=True)
        raise


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_STEP):
            yield piece
