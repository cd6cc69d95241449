"""Advice that a collector keeps for a person: list, keeping, the advice again, what was said."""
