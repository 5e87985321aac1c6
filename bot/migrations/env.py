"""Run by Alembic; the connection comes from `bot.migrations.migrate`."""

from alembic import context

from bot.sql_conversations import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
