"""What was said and offered to people: kept advice, and the editions of the law it rests on."""
