"""Pages of the house itself: what went wrong, and the parts that pages are made of."""
