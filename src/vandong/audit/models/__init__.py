"""Tables of the audit floor."""

from vandong.audit.models.event import AuditEvent

__all__ = ["AuditEvent"]
