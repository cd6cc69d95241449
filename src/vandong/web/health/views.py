"""`/healthz`: one JSON document, open to all, telling nobody more than which part is down."""

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vandong.web.health.state import health_at


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while pages can be answered, 503 otherwise."""
    health = health_at(timezone.now())
    document = {
        "status": health.status,
        "database": health.database,
        "migrations": health.migrations,
        "worker": health.worker,
    }
    return JsonResponse(document, status=200 if health.is_serving else 503)
