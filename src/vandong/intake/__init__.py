"""Lists in: read, checked, matched, committed, undone; and made-up lists to try all of it on."""
