"""A seeded simulator of faults over base, desk and portfolio; see docs/desk.md."""
