"""What alembic runs for each of its commands. The connection and the tables are given by sync/store/migrate.py."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    transactional_ddl=True,  # we are inside a transaction already, on SQLite too
    render_as_batch=True,  # SQLite can't change a column: the table is copied
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
