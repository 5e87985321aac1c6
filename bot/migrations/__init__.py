"""Bring the database to the tables of this release with Alembic."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DatabaseError


def migrate(engine: Engine) -> None:
    """Apply every migration that is missing; does nothing on an up-to-date database.

    Several processes may start at once: one migrates, the others wait and find it done.

    Raises:
        DatabaseError: The database cannot be reached or refuses.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    try:
        with _alone(engine), engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise DatabaseError(reason=reason) from error


@contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Hold a lock that every process that opens this database respects."""
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            # Any number does, as long as nothing else in the database takes it; the connection's
            # end gives it back.
            connection.execute(text("SELECT pg_advisory_lock(20261123)"))
            yield
            connection.execute(text("SELECT pg_advisory_unlock(20261123)"))
        return
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or file == ":memory:":
        yield
        return
    try:
        with Path(f"{file}.lock").open("a", encoding="utf-8") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield
    except OSError as error:
        raise DatabaseError(reason=error.strerror or type(error).__name__) from error
