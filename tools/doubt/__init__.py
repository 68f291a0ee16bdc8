"""Facts in doubt, checked by every world of its own."""
