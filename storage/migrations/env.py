"""Alembic's entry: runs the migrations on the connection it is handed."""

from typing import Any

from alembic import context

from storage.tables import metadata


def _include(_object: Any, name: str | None, type_: str, _reflected: bool, _compare_to: Any) -> bool:  # noqa: ANN401
    return not (type_ == "table" and name == "sqlite_sequence")


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    include_object=_include,
    compare_type=True,
    compare_server_default=False,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
