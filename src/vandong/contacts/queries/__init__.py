"""Reads of kept advice; the ones doors use take the actor."""
