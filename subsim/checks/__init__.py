"""Whether a scenario's expectations hold, and what scenarios exercise of the model."""
