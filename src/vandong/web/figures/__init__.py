"""Files of figures and plans: sent in, checked, previewed, taken over, taken back; the list of plans."""
