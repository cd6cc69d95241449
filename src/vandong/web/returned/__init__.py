"""Pages of files that the agency sent back."""
