"""Blocks on the law beside the contract: one sentence, a table route by route, open points, notes, and provisions.

They never say that a clause is void. They say what the contract gives, what mandatory law gives at least as read here,
and what a tenable reading may give, each with its provision.
"""
