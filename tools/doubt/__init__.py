"""Checks answers in doubt by every world."""
