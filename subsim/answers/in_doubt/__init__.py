"""Whether a member can cancel where facts are in doubt: what holds in every world, and on which facts the rest depends.

The contract answers in every possible world. The law and other readings are asked in fewer: along the doubt with the
most days, between two turning points of the answer or two other events, only the first and the last day are asked.
Where both give the same, so do the days between: each date computed from a day moves in one direction with it.
"""
