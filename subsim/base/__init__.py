"""The member base: members and what was recorded of them, in SQLite or PostgreSQL; needs the extra `base`.

Nothing is overwritten. A fact is an event with an id. It has records, each with its event, its instant and its writer.
So every question can be asked by what was recorded up to an instant.
"""
