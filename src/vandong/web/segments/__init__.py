"""Pages of segments: ready-made groups with their counts, an office's own filters, who is in them and why."""
