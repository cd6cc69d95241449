"""Codes and values to Vietnamese and English. No Django."""
