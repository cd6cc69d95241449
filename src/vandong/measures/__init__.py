"""Arithmetic of figures: progress, pace, coverage, comparison. Pure."""
