"""Records of people: persons, households, spells, receipts, consent; each row with its past."""
