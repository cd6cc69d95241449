"""Pages of renewals."""
