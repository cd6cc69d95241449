"""Renewals: who is due, what the next payment costs, what came of it."""
