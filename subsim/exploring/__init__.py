"""Exhaustive exploration of small timelines: what can be reached, where there is no way out, what is contradicted."""
