"""What came of the approaches: proven results, money on its way, words without proof, signs to look at."""
