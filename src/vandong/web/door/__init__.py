"""Pages for going from door to door: sheets to print, filled sheets to type in, coverage."""
