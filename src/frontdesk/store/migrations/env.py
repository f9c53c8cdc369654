"""What Alembic runs: the migrations, on the connection and in the transaction that `migrate` opened."""

from alembic import context

from frontdesk.store.mirror_tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
