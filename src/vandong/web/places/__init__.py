"""Pages of places: search, units, sets of units."""
