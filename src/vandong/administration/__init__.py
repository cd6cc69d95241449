"""Verbs over users, organisations and places."""
