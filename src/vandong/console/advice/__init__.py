"""Commands that advise: what a contribution costs, what it brings."""
