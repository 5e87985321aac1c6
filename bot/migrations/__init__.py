"""Bring the database to the tables of this release with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.errors import DatabaseError


def migrate(engine: Engine) -> None:
    """Apply every migration that is missing; does nothing on an up-to-date database.

    Raises:
        DatabaseError: The database cannot be reached or refuses.
    """
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise DatabaseError(reason=reason) from error
