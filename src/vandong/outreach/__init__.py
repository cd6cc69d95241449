"""Verbs of the approach: worklists, people in hand, what was said, what was proven."""
