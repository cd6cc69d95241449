"""Plans from files: one target a row, read → checked (all problems) → compared → committed in one step."""
