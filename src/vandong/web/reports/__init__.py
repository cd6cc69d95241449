"""The report of a unit on a day: looked at on screen, taken away as docx, pdf or xlsx."""
