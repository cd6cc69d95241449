"""Signing in, one's own password, users, organisations and members."""
