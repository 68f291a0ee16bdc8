"""The member base: members and what was recorded of them, in SQLite or PostgreSQL; needs the extra `base`.

Nothing is ever overwritten. A fact is an event with an id; its records, each with the instant at which it was written,
say what it was taken to be, when and by whom. So every question can be asked on what was recorded by an instant.
"""
