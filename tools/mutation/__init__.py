"""Clause mutation: every number and comparison of the rules changed, one at a time, to see which scenario notices.

`python -m tools.mutation` changes them all; nothing is ever written into the sources.
"""
