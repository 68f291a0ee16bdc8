"""Outcomes of two systems side by side: their shape, and where they part."""
