"""A collector's own pages: the day, one call with its outcome; the script; the public check of a code."""
