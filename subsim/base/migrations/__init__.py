"""The versions of a base, for Alembic: each file under `versions` brings one to the next."""
