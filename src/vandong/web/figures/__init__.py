"""Figures and plans from files: uploads, their check, their undoing; the list of plans."""
