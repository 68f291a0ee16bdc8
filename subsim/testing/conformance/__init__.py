"""Conformance of another system to the terms, by clause."""
