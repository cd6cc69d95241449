"""From door to door: the sheet in the order of the street, the filled sheet typed in, what was covered."""
