"""Groups of people to approach: ready-made ones from the articles, and an office's own filters."""
