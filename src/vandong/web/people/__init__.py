"""Pages of people: looked up as one types, one person with all that is known, a household."""
