"""Figures from files: read → staged → checked (all problems) → compared → committed in one step → undone.

A *line* is one figure as somebody wrote it, all text; the long form has one a row, a wide table several.
"""
