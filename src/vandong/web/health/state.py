"""What is well and what is not."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateWorker

from vandong.web.health.schema import unapplied_migrations

WORKER_SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Health:
    """Each part: `ok`, or a word for what is wrong. `is_serving`: pages can be answered."""

    database: str
    migrations: str
    worker: str

    @property
    def is_serving(self) -> bool:
        return self.database == "ok" and self.migrations == "ok"

    @property
    def status(self) -> str:
        """`ok`, `degraded` (pages are answered, background work waits) or `down`."""
        if not self.is_serving:
            return "down"
        return "ok" if self.worker == "ok" else "degraded"


def health_at(at: datetime) -> Health:
    """Asks the database; without one everything else is unknown."""
    try:
        migrations = "missing" if unapplied_migrations() else "ok"
        worker = "unknown" if migrations == "missing" else _worker(at)
    except DatabaseError:
        return Health(database="unreachable", migrations="unknown", worker="unknown")
    return Health(database="ok", migrations=migrations, worker=worker)


def _worker(at: datetime) -> str:
    beat = ProcrastinateWorker.objects.aggregate(beat=Max("last_heartbeat"))["beat"]
    if beat is None:
        return "absent"
    return "ok" if at - beat <= WORKER_SILENT_AFTER else "silent"
