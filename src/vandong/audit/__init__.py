"""Who did what, append-only in the database."""
