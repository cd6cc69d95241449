"""Shared by all tests: a real PostgreSQL, as the owner of the tables."""

import os

os.environ["VANDONG_DB_ROLE"] = "owner"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
