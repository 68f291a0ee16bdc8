"""Checks of the expectations of scenarios, and the coverage of the model by scenarios."""
