"""Money, rates, periods, Vietnamese text and numbers, identifiers, findings. Pure."""
