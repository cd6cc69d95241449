"""Advice pages of the citizen: open to everybody, without a statement of the database once warm."""
