"""Decisions and dispatches, source files, batches, approvals."""
