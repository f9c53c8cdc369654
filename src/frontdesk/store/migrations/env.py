"""What Alembic runs: the migrations, on the connection and in the transaction that `migrate` opened."""

from alembic import context

from frontdesk.store import mirror_tables

context.configure(connection=context.config.attributes["connection"], target_metadata=mirror_tables.metadata)
context.run_migrations()
