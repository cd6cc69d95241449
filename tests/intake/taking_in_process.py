"""One intake of a list in a process of its own, so that a test may kill it: `… DATABASE FILES LIST UNIT`.

Says "ready" when Django stands, then takes the list in from its file to the register, and says "done".
"""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import django


def take_in(database: str, files: str, path: Path, unit_id: int) -> None:
    os.environ["VANDONG_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vandong.config.settings")
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES["default"] = {"BACKEND": backend, "OPTIONS": {"location": files}}
    django.setup()
    from vandong.accounts.queries.scope import Actor
    from vandong.intake.kinds import ListKind
    from vandong.intake.lists import check_received, commit_list, receive_list
    from vandong.intake.shapes import ListUpload
    from vandong.law import law_book

    book = law_book()
    _say("ready")
    actor, at = Actor.system("test"), datetime(2026, 3, 2, 8, tzinfo=UTC)
    upload = ListUpload(ListKind.BHYT_HGD, path, path.name, date(2026, 3, 2), unit_id=unit_id)
    batch = receive_list(actor=actor, upload=upload, at=at, enqueues=False)
    counts = check_received(actor=actor, batch_id=batch.pk, book=book, at=at)
    if counts.new + counts.changed:
        commit_list(actor=actor, batch_id=batch.pk, at=at)
    _say("done")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    take_in(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
