"""Pages of lists that come in: sent, looked at, columns named, taken over, taken back."""
