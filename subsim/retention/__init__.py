"""What is held about a member, until when, and by when a request must be answered: one evaluator for every policy.

`schedule` puts a policy under chosen readings, `facts` tells the story of a member in neutral words, `days` reckons,
`life` carries each holding through the story, and `retention` answers. No policy is named in here.
"""
