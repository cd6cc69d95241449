"""Pages on which somebody settles whom the doubtful rows of lists mean."""
