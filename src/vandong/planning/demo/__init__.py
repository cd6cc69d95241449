"""What `./dev up` shows: the figures of the five articles, and a province of made-up ones."""
