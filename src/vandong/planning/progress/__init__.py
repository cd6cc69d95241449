"""Progress of units against their plans."""
