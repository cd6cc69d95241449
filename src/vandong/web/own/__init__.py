"""A collector's own view, and the office's rates of remuneration."""
