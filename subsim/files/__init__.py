"""Scenario files: from text to facts and expectations, every fault in its place, and back."""
