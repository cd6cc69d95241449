"""Fixtures of the places tests."""

from tests.official_units import official_units

__all__ = ["official_units"]
