"""Runs the migrations on the connection that `subsim.base.database` hands over, within its transaction."""

from alembic import context

from subsim.base.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
context.run_migrations()
