"""The data held about a member: until when, and by when a request must be answered. One evaluator for every policy.

`schedule` gives the rules of a policy under chosen readings, `facts` turns a timeline into neutral facts, `days`
computes dates, `life` applies the facts to each holding, and `retention` answers. The code names no policy.
"""
