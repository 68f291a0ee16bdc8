"""The outcomes of two systems: their shape, and their differences."""
