"""Advice to citizens: results of the rules as documents, with every source and every doubt."""
