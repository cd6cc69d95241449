"""Organisations, members, users and their grants."""
