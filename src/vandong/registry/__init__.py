"""Records of people: persons, households, establishments, participation, receipts, consent; each with its past."""
