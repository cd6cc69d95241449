"""Reports for a unit and a day."""
