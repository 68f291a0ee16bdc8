"""The questions that can be asked of a scenario under its terms, and their answers."""
