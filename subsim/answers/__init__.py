"""What can be asked of a scenario under its terms, and what comes out."""
