"""Reading csv, xlsx and xls safely. No Django."""
