"""Alembic's environment: runs on the open connection the store hands over, so the key never reaches a URL."""

from __future__ import annotations

from alembic import context

from regional_desk.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
