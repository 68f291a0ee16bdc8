"""A simulator of faults over base, desk and portfolio, driven by a seed; see docs/desk.md."""
