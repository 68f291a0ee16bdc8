"""Random timelines for property tests: their events, days and values."""
