"""Clause mutation: changes each number and comparison of the rules, one at a time, and finds the scenario that fails.

`python -m tools.mutation` tries them all; the sources are never written.
"""
