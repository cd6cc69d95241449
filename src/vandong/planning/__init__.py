"""Verbs over plans and figures: imports, progress."""
