"""Pages of worklists: made from a segment, followed, given out."""
