"""Administrative and working units over time."""
